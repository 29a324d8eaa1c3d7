import { basename, extname } from "node:path";
import { readSource, sourceOf } from "../files/read.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Source } from "../text/source.js";
import { UsageError } from "./exit-code.js";
import type { Terminal } from "./terminal.js";

/** A netlist that the command line names. */
export interface Deck {
  /** As it was given; `-` is standard input. */
  readonly path: string;
  /** What its results are called by: the file's name without folder and ending; `stdin` for standard input. */
  readonly stem: string;
}

/** The decks of a command line. Throws `UsageError` where the results of two would have one name. */
export function decksOf(paths: readonly string[]): readonly Deck[] {
  const decks = paths.map((path) => ({ path, stem: stemOf(path) }));
  for (const [k, { path, stem }] of decks.entries()) {
    const first = decks.findIndex((deck) => deck.stem === stem);
    if (first === k) continue;
    throw new UsageError(
      `\`${decks[first]!.path}\` and \`${path}\` would both write results called \`${stem}\`.`,
      "run them one after the other with different `-o` folders, or rename one.",
    );
  }
  return decks;
}

export const stemOf = (path: string): string => (path === "-" ? "stdin" : basename(path, extname(path)));

/** The text of a deck. Throws `FileError`. */
export function readDeck(path: string, terminal: Terminal, note: (diagnostic: Diagnostic) => void): Source {
  return path === "-" ? sourceOf("stdin", terminal.input(), note) : readSource(path, note);
}
