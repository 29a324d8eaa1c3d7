import { workerData } from "node:worker_threads";
import { fileReader } from "../files/read.js";
import { type Job, type JobDone, type PlainDeck, runsOf } from "../index.js";
import { type PackedDiagnostic, packed } from "../text/packed.js";

// The thread's side of `threads.ts`.

/** What came of a job, and what was come upon. */
export interface ThreadDone {
  readonly done: JobDone;
  readonly noticed: Noticed;
}

export interface Noticed {
  /** The real paths of files that were read. */
  readonly inputs: readonly string[];
  /** What is odd about them. */
  readonly notes: readonly PackedDiagnostic[];
}

/** Reads the deck that the thread was begun with; gives what does its jobs. */
export function workerOf(deck: PlainDeck): (job: Job) => ThreadDone {
  const notes: PackedDiagnostic[] = [];
  const inputs = new Set<string>();
  const read = fileReader((diagnostic) => notes.push(packed(diagnostic, [])), inputs);
  const work = runsOf(deck, read);
  return (job) => {
    const done = work(job);
    return { done, noticed: { inputs: [...inputs], notes: notes.splice(0) } };
  };
}

let work: ReturnType<typeof workerOf> | undefined;

/** Does a job of the deck that this thread was begun with. */
export function doHere(job: Job): ThreadDone {
  work ??= workerOf(workerData as PlainDeck);
  return work(job);
}
