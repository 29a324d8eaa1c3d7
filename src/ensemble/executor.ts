import type { Draw } from "../circuit/runs/runs.js";
import type { PackedDiagnostic } from "../text/packed.js";
import type { Unread } from "../text/read.js";
import type { Outcome } from "./ran.js";

// What threads, and whatever else computes beside the one that asks, have to do with each other. All of it is plain
// data, as `postMessage` takes it.

/** A netlist and what is wanted of its runs. */
export interface PlainDeck {
  readonly name: string;
  readonly text: string;
  /** The files that were looked for so far; undefined: nothing can be read. */
  readonly files: readonly PlainFile[] | undefined;
  readonly include: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  readonly seed: number | undefined;
  readonly plots: readonly string[];
  readonly pictures: boolean;
}

/** What came of looking for a file. */
export interface PlainFile {
  readonly path: string;
  readonly from: string;
  readonly found: { readonly name: string; readonly text: string } | { readonly unread: Unread } | undefined;
}

/** Runs `first`, `first + 1`, …, so many. */
export interface Job {
  readonly first: number;
  readonly count: number;
  /** Its number among all jobs, from 0: where on the board it says how far it is. */
  readonly slot: number;
  readonly board: SharedArrayBuffer;
}

/** What came of a job: of fewer runs, if it was stopped. */
export interface JobDone {
  readonly ran: readonly PackedRan[];
}

/** A run and what came of it, without what its number says already. */
export interface PackedRan {
  readonly number: number;
  readonly draws: readonly Draw[];
  readonly diagnostics: readonly PackedDiagnostic[];
  readonly simulation: PackedOutcome | undefined;
}

export interface PackedOutcome extends Omit<Outcome, "failedAsserts"> {
  readonly failedAsserts: readonly PackedDiagnostic[];
}

/** Those who do jobs for a deck. */
export interface Workers {
  /** Jobs are done in the order in which they are asked for, several at a time. */
  work(job: Job): Promise<JobDone>;
  /** Nothing is asked for any more; what is not done yet is given up. */
  close(): Promise<void>;
}

/** Where runs are made, if not by the one that asks for them. */
export interface Executor {
  /** How many jobs it does at a time. */
  readonly threads: number;
  /** Finds so many workers, at most `threads`; each uses `runsOf(deck)`. */
  open(deck: PlainDeck, workers: number): Promise<Workers>;
}
