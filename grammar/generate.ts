import { writeFileSync } from "node:fs";
import { generateCstDts } from "chevrotain";
import { NetlistParser } from "./netlist.js";

const parser = new NetlistParser();

/** What is derived from the grammar: file name → text. `npm run grammar` writes them. */
export const derived: Readonly<Record<string, string>> = {
  "cst.ts": generateCstDts(parser.getGAstProductions()),
};

if (import.meta.filename === process.argv[1]) {
  for (const [name, text] of Object.entries(derived)) writeFileSync(new URL(name, import.meta.url), text);
}
