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

/** What came of looking for a file. */
export interface Found {
  readonly path: string;
  readonly from: string;
  readonly found: Source | Unread | undefined;
}

/**
 * Reads each file once: a deck that is made ready for a thousand runs finds the same in each, whatever becomes of the
 * file meanwhile, and says once what is odd about it. `known` are files that were read already.
 */
export class FilesRead {
  readonly #found = new Map<string, Found>();

  constructor(
    readonly source: ReadFile | undefined,
    known: readonly Found[] = [],
  ) {
    for (const it of known) this.#found.set(keyOf(it.path, it.from), it);
  }

  get all(): readonly Found[] {
    return [...this.#found.values()];
  }

  /** Undefined where nothing can be read. */
  get read(): ReadFile | undefined {
    const { source } = this;
    return source && ((path, from) => this.#look(path, from, source));
  }

  #look(path: string, from: string, source: ReadFile): Found["found"] {
    const known = this.#found.get(keyOf(path, from)) ?? { path, from, found: source(path, from) };
    this.#found.set(keyOf(path, from), known);
    return known.found;
  }
}

const keyOf = (path: string, from: string): string => `${from}\n${path}`;
