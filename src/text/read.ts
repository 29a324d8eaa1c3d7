import type { Source } from "./source.js";

/** Gives the text of a file that a netlist names, or undefined if there is none. `from` is the file that names it. */
export type ReadFile = (path: string, from: string) => Source | undefined;
