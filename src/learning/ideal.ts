import { Random } from "../numerics/random.js";
import type { Cells } from "./cells.js";
import { belongsTo, type Checkpoint, fingerprint } from "./checkpoint.js";
import { diverged, type Epoch, type EpochPlan, newTally, type Outcome, planOf, type Tally } from "./epoch.js";
import type { Network } from "./network.js";
import { cellsOf, keysOf, samplesOf, startWeights } from "./start.js";
import type { History, Task, WriteStatistics } from "./task.js";
import { writtenEpoch } from "./written.js";

/** What a training did, and from where it can go on. */
export interface Trained extends History {
  readonly checkpoint: Checkpoint;
}

/** After how many updates of weights, about, a training says how far it is. */
const updatesBetweenWords = 1e6;

/**
 * Trains by the rules `delta` and `backprop`, with pulses in closed form unless the engine is another. It yields the fraction that is done, and stops
 * at "stop" with what it has. All realisations advance together, so that a training that is stopped has whole epochs of
 * all of them.
 *
 * @param from goes on from there; its task may have had another number of epochs
 * @param engine what an epoch does
 * @param effort how many updates of the closed form one of the engine's takes
 * @throws RangeError if the checkpoint belongs to another training
 */
export function* trainIdeal(
  task: Task,
  from?: Checkpoint,
  engine = writtenEpoch,
  effort = 1,
): Generator<number, Trained, "go on" | "stop"> {
  const plan = planOf(task);
  const all = new Realisations(task, plan, from);
  const epoch = engine(plan);
  const work = effort * Math.max(1, all.samples * Math.max(1, task.network.weights.length));
  const stretch = Math.max(1, Math.floor(updatesBetweenWords / (work * task.runs)));
  let sinceWord = 0;
  for (let until = all.behind(); until < task.epochs && all.going > 0; ) {
    until = Math.min(task.epochs, until + stretch);
    for (const runs of inTwos(all.goingUntil(until))) {
      sinceWord += work * all.advance(runs, until, epoch);
      if (sinceWord < updatesBetweenWords) continue;
      sinceWord = 0;
      if ((yield all.fraction()) === "stop") return all.history(true);
    }
  }
  return all.history(false);
}

function inTwos(runs: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(runs.length / 2) }, (_, k) => runs.slice(2 * k, 2 * k + 2));
}

type Ended = Checkpoint["ended"][number];

/** All realisations of a training, each with its epochs so far. */
class Realisations {
  readonly samples: number;
  readonly #rows: Int32Array[];
  readonly #orders: readonly [Int32Array, Int32Array];
  readonly #shuffles: Random[];
  readonly #cells: Cells[];
  readonly #weights: Float64Array[];
  readonly #done: number[];
  readonly #ended: Ended[];
  readonly #error: number[][];
  readonly #correct: number[][];
  readonly #tally: Tally;

  constructor(
    readonly task: Task,
    plan: EpochPlan,
    from: Checkpoint | undefined,
  ) {
    if (from !== undefined && !belongsTo(from, task)) throw new RangeError("The checkpoint is of another training.");
    const runs = Array.from({ length: task.runs }, (_, run) => run);
    const count = task.network.weights.length;
    this.#rows = runs.map((run) => samplesOf(task, run));
    this.samples = this.#rows[0]?.length ?? 0;
    this.#orders = [new Int32Array(this.samples), new Int32Array(this.samples)];
    this.#shuffles = runs.map((run) => new Random(...keysOf(task, "order", run)));
    this.#cells = runs.map((run) => cellsOf(task, run));
    this.#weights = runs.map((run) =>
      from === undefined
        ? startWeights(task, run, this.#cells[run]!)
        : Float64Array.from(from.weights.slice(run * count, (run + 1) * count)),
    );
    this.#done = runs.map((run) => from?.epochs[run] ?? 0);
    this.#ended = runs.map((run) => from?.ended[run] ?? null);
    this.#error = runs.map((run) => [...(from?.error[run] ?? [])]);
    this.#correct = runs.map((run) => [...(from?.correct[run] ?? [])]);
    this.#tally = newTally(plan, this.#rows);
    if (from !== undefined) resume(this.#tally, from);
  }

  get going(): number {
    return this.#ended.filter((ended) => ended === null).length;
  }

  /** The epochs that all that still learn have behind them. */
  behind(): number {
    return Math.min(this.task.epochs, ...this.#done.filter((_, run) => this.#ended[run] === null));
  }

  goingUntil(epoch: number): number[] {
    return [...this.#done.keys()].filter((run) => this.goesOn(run, epoch));
  }

  goesOn(run: number, until: number): boolean {
    return this.#ended[run] === null && this.#done[run]! < until;
  }

  fraction(): number {
    const done = this.#done.reduce(
      (sum, epochs, run) => sum + (this.#ended[run] === null ? epochs : this.task.epochs),
      0,
    );
    return done / (this.task.epochs * this.task.runs);
  }

  /** Takes one or two realisations through their epochs until there are so many; returns how many it took them through. */
  advance(runs: readonly number[], until: number, epoch: Epoch): number {
    const [run, other] = runs;
    let shown = 0;
    if (epoch.two !== undefined && run !== undefined && other !== undefined)
      for (; this.goesOn(run, until) && this.goesOn(other, until); shown += 2) this.#showTwo(run, other, epoch);
    for (const run of runs) for (; this.goesOn(run, until); shown++) this.#show(run, epoch);
    return shown;
  }

  #show(run: number, epoch: Epoch): void {
    const [order] = this.#orders;
    this.#begin(run, order);
    epoch(this.#weights[run]!, order, this.#cells[run]!, this.#tally);
    this.#note(run, this.#tally);
  }

  #showTwo(run: number, other: number, epoch: Epoch): void {
    const [weights, cells] = [this.#weights, this.#cells];
    const [order, otherOrder] = this.#orders;
    const outcome = { error: 0, right: 0 };
    this.#begin(run, order);
    this.#begin(other, otherOrder);
    const [mine, its] = [cells[run]!, cells[other]!];
    if (epoch.two?.(weights[run]!, order, mine, this.#tally, weights[other]!, otherOrder, its, outcome)) {
      this.#note(run, this.#tally);
      this.#note(other, outcome);
    } else {
      this.#show(run, epoch);
      this.#show(other, epoch);
    }
  }

  /** Puts the samples of the realisation's next epoch in their order. */
  #begin(run: number, order: Int32Array): void {
    const number = this.#done[run]! + 1;
    order.set(this.#rows[run]!);
    if (this.task.shuffle) this.#shuffles[run]!.at(number).shuffle(order);
    this.#cells[run]!.noise.at(number);
  }

  /** Keeps what an epoch came to. */
  #note(run: number, { error, right }: Outcome): void {
    const { stopBelow } = this.task;
    this.#done[run]!++;
    if (!(error <= diverged)) {
      this.#ended[run] = "diverged";
      return;
    }
    this.#error[run]!.push(error);
    this.#correct[run]!.push(right / this.samples);
    if (stopBelow !== undefined && error < stopBelow) this.#ended[run] = "learned";
  }

  history(stopped: boolean): Trained {
    // Where none goes on, the rows end with the last that any has a value in.
    const epochs = this.going > 0 ? this.behind() : Math.max(0, ...this.#error.map(({ length }) => length));
    const { runs } = this.task;
    return {
      epochs,
      stopped: stopped && this.going > 0 && epochs < this.task.epochs,
      runs,
      error: this.#table(this.#error, epochs),
      correct: this.#table(this.#correct, epochs),
      diverged: Int32Array.from(this.#ended, (ended, run) => (ended === "diverged" ? this.#done[run]! : 0)),
      weights: Float64Array.from(this.#weights.flatMap((weights) => [...weights])),
      writes: writesOf(this.task.network, this.#tally),
      checkpoint: this.#checkpoint(),
    };
  }

  /** Row-major, epochs × runs. One that has learned stays as it is, one that diverged has no values any more. */
  #table(values: readonly (readonly number[])[], epochs: number): Float64Array {
    const { runs } = this.task;
    const table = new Float64Array(epochs * runs);
    for (const [run, column] of values.entries()) {
      const after = this.#ended[run] === "learned" ? column.at(-1)! : NaN;
      for (let epoch = 0; epoch < epochs; epoch++) table[epoch * runs + run] = column[epoch] ?? after;
    }
    return table;
  }

  #checkpoint(): Checkpoint {
    const { error: _, right: __, largestValue, ...counts } = this.#tally;
    return {
      task: fingerprint(this.task),
      epochs: [...this.#done],
      ended: [...this.#ended],
      weights: this.#weights.flatMap((weights) => [...weights]),
      error: this.#error.map((errors) => [...errors]),
      correct: this.#correct.map((fractions) => [...fractions]),
      writes: { ...counts, largestValue: [...largestValue] },
    };
  }
}

function resume(tally: Tally, { writes: { largestValue, ...counts } }: Checkpoint): void {
  Object.assign(tally, counts);
  tally.largestValue.set(largestValue);
}

/** The read current of a synapse's memristor is the value that it reads, in weight units. */
function writesOf(network: Network, tally: Tally): WriteStatistics {
  const { error: _, right: __, largestValue, ...counts } = tally;
  const ratios = network.synapses.map(({ from, weight, drive = 1 }) => {
    if (network.weights[weight]!.shared === true) return 0;
    const current = Math.abs(drive) * largestValue[from]!;
    return current === 0 ? 0 : current / network.weights[weight]!.law.ith;
  });
  return { ...counts, readOverThreshold: Math.max(0, ...ratios) };
}
