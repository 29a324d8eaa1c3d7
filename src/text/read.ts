import type { Source } from "./source.js";

/** A file that cannot be had, and what is known about it. */
export interface Unread {
  /** What stands against reading it, as the end of a sentence; absent where there is no such file. */
  readonly reason?: string;
  /** A file that is there and is called nearly so. */
  readonly near?: string;
}

/**
 * Gives the text of a file that a netlist names, or says why not; undefined if there is none. `from` is the file that
 * names it, empty for the command line.
 */
export type ReadFile = (path: string, from: string) => Source | Unread | undefined;
