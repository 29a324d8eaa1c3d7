import { basename, extname } from "node:path";
import { readBytes, sourceOf } from "../files/read.js";
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

/** What files of subcircuits and models end with. */
const libraryEndings: readonly string[] = [".sub", ".subckt", ".lib", ".mod", ".inc"];

/** What a command line names: decks, and the libraries that are read before each of them. */
export interface Named {
  readonly decks: readonly string[];
  readonly libraries: readonly string[];
}

/**
 * Parts what a command line names: a file with the ending of a library that stands beside a deck is one, as
 * `pinched run bench.cir memristor.sub` has it. Alone it is a deck like any other.
 */
export function partedByEnding(paths: readonly string[]): Named {
  const isLibrary = (path: string): boolean => libraryEndings.includes(extname(path).toLowerCase());
  const decks = paths.filter((path) => !isLibrary(path));
  return decks.length === 0 ? { decks: paths, libraries: [] } : { decks, libraries: paths.filter(isLibrary) };
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

/** The text of a deck. Throws `FileError`, and `UsageError` for a file that holds results. */
export function readDeck(path: string, terminal: Terminal, note: (diagnostic: Diagnostic) => void): Source {
  const bytes = path === "-" ? terminal.input() : readBytes(path);
  if (isResult(bytes))
    throw new UsageError(`\`${path}\` holds results, not a netlist.`, `to draw them: \`pinched plot ${path}\`.`);
  return sourceOf(path === "-" ? "stdin" : path, bytes, note);
}

/** What pinched writes: JSON with a version, raw files, and tables of numbers with commas below a line of names. */
function isResult(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  const numbers = /^[^\n]*,[^\n]*\n-?\d[-+.\deE]*(,-?[-+.\deE]*)+\r?(\n|$)/;
  return [/^\{"schemaVersion":/, /^Title:.*\n(.*\n){0,2}Plotname:/, numbers].some((form) => form.test(beginning));
}
