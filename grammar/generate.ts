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
  "cst.ts": typesOf(parser),
  "netlist.ebnf": ebnf(rules),
  "diagrams.html": diagrams(rules),
};

if (import.meta.filename === process.argv[1]) {
  for (const [name, text] of Object.entries(derived)) writeFileSync(new URL(name, import.meta.url), text);
}

/** The types of the tree; the import of a visitor's type is left out with the visitor. */
function typesOf(it: NetlistParser): string {
  const types = generateCstDts(it.getGAstProductions(), { includeVisitorInterface: false });
  return types.replace(" ICstVisitor,", "");
}
