import type { Progress, Simulation } from "../analysis/simulation.js";
import type { Circuit } from "../circuit/circuit.js";
import { unpacked } from "../text/packed.js";
import type { Source } from "../text/source.js";
import { Board } from "./board.js";
import type { Executor, Job, JobDone, PackedRan, PlainDeck, Workers } from "./executor.js";
import { gathered } from "./gather.js";
import { togetherIn } from "./lanes.js";
import { countOf, pointOf } from "./plan.js";
import type { Ran } from "./ran.js";

/** Who is told of the runs while they are made. */
export interface Watcher {
  readonly signal: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Called now and then; where it gives a promise, it is waited for. */
  pause?: (() => Promise<void> | undefined) | undefined;
}

/** So many jobs for each thread: one that is quicker takes more of them. */
const jobsPerThread = 8;
/** How often is looked whether to stop, and how far the runs are, ms. */
const pace = 50;

/**
 * All runs that a deck asks for, made by an executor, as one simulation: the same as `simulateRuns` gives, bit for bit, for
 * a run depends on the deck and its number alone, and what came of the runs is put together in their order. `sources`
 * are the deck and its files, in the order in which those who make the runs have them.
 */
export async function simulateElsewhere(
  nominal: Circuit,
  deck: PlainDeck,
  sources: readonly Source[],
  executor: Executor,
  watcher: Watcher,
): Promise<Simulation> {
  const of = countOf(nominal);
  const size = sizeOf(nominal, of, executor.threads);
  const board = Board.for(Math.ceil(of / size));
  const workers = await executor.open(deck, Math.min(executor.threads, Math.ceil(of / size)));
  try {
    const done = await watched(allJobs(of, size, board, workers), of, board, watcher);
    const ran = done.flatMap((job) => job.ran.map((it) => unpackedRan(it, nominal, sources)));
    return gathered(nominal, ran, of, deck.pictures);
  } finally {
    await workers.close();
  }
}

/** Runs of a job: those that are made together go into one. */
function sizeOf(nominal: Circuit, of: number, threads: number): number {
  const together = togetherIn(nominal);
  return together * Math.max(1, Math.floor(of / (together * jobsPerThread * threads)));
}

function allJobs(of: number, size: number, board: Board, workers: Workers): Promise<readonly JobDone[]> {
  const jobs: Job[] = [];
  for (let first = 1; first <= of; first += size) {
    jobs.push({ first, count: Math.min(size, of + 1 - first), slot: jobs.length, board: board.memory });
  }
  return Promise.all(jobs.map((job) => workers.work(job)));
}

/** Waits for what is done elsewhere; hands a wish to stop on, and tells how far it is. */
async function watched<Done>(working: Promise<Done>, of: number, board: Board, watcher: Watcher): Promise<Done> {
  const { signal, onProgress, pause } = watcher;
  let isOver = false;
  const over = working.then(
    () => {
      isOver = true;
    },
    () => {
      isOver = true;
    },
  );
  while (!isOver) {
    const analysis = Math.min(of - 1, Math.floor(board.done));
    onProgress?.({ analysis, of, fraction: Math.min(1, board.done - analysis) });
    const rest = pause?.();
    if (rest) await rest;
    if (signal?.aborted) board.stop();
    await withinPace(over);
  }
  return working;
}

/** Ends with what is waited for, or before. */
async function withinPace(over: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = new Promise<void>((resume) => {
    timer = setTimeout(resume, pace);
  });
  await Promise.race([over, tick]);
  clearTimeout(timer);
}

function unpackedRan(
  { number, draws, diagnostics, simulation }: PackedRan,
  nominal: Circuit,
  sources: readonly Source[],
): Ran {
  const all = (list: PackedRan["diagnostics"]) => list.map((it) => unpacked(it, sources));
  return {
    number,
    point: pointOf(nominal, number),
    draws,
    diagnostics: all(diagnostics),
    simulation: simulation && { ...simulation, failedAsserts: all(simulation.failedAsserts) },
  };
}
