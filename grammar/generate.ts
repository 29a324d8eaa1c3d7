import { writeFileSync } from "node:fs";
import { generateCstDts } from "chevrotain";
import { ebnf } from "./ebnf.js";
import { NetlistParser } from "./netlist.js";
import { diagrams } from "./railroad.js";
import { productions } from "./shapes.js";

const parser = new NetlistParser();
const rules = productions(parser.getSerializedGastProductions());

/** What is derived from the grammar: file name → text. `npm run grammar` writes them. */
export const derived: Readonly<Record<string, string>> = {
  "cst.ts": generateCstDts(parser.getGAstProductions(), { includeVisitorInterface: false }),
  "netlist.ebnf": ebnf(rules),
  "diagrams.html": diagrams(rules),
};

if (import.meta.filename === process.argv[1]) {
  for (const [name, text] of Object.entries(derived)) writeFileSync(new URL(name, import.meta.url), text);
}
