import type { Checkpoint } from "../checkpoint.js";
import type { Trained } from "../ideal.js";
import { noWrites } from "../task.js";
import { type Ensemble, type Realisation, Sweeps, startsOf } from "./ensemble.js";

export interface EnsembleTask {
  readonly iterations: number;
  /** Ends a realisation early: its cost falls below. */
  readonly stopBelow: number | undefined;
  /** What its checkpoints are of. */
  readonly task: string;
  readonly from: Checkpoint | undefined;
}

export interface EnsembleTrained {
  readonly trained: Trained;
  readonly realisations: readonly Realisation[];
  readonly evaluations: number;
}

/** Products of numbers between two words about how far it is: some milliseconds. */
const betweenWords = 4e6;

/**
 * Takes all realisations of an ensemble down together, an iteration of each after the other, so that what is stopped has whole
 * iterations of all. Row 0 of its history is the start. Yields the fraction that is done.
 */
export function* trainEnsemble(
  ensemble: Ensemble,
  task: EnsembleTask,
  interrupted: () => boolean,
): Generator<number, EnsembleTrained> {
  const record = new Record(ensemble, task);
  let sinceWord = 0;
  for (let done = record.iterations; done < task.iterations && !record.learned && !interrupted(); done++) {
    for (let run = 0; run < ensemble.runs; run++) {
      record.advance(run);
      sinceWord += ensemble.trainable.effort;
      if (sinceWord < betweenWords) continue;
      sinceWord = 0;
      yield (done + run / ensemble.runs) / task.iterations;
    }
  }
  return record.trained();
}

/** The realisations with their histories. */
class Record {
  readonly realisations: readonly Realisation[];
  readonly #sweeps: Sweeps;
  readonly #cost: number[][];
  readonly #right: number[][];

  constructor(
    readonly ensemble: Ensemble,
    readonly task: EnsembleTask,
  ) {
    this.#sweeps = new Sweeps(ensemble);
    this.realisations = startsOf(ensemble);
    const { from } = task;
    if (from !== undefined) {
      this.#cost = from.error.map((costs) => [...costs]);
      this.#right = from.correct.map((right) => [...right]);
      resume(this.realisations, from.weights);
      return;
    }
    const scores = this.realisations.map((realisation) => this.#sweeps.look(realisation));
    this.#cost = scores.map(({ cost }) => [cost]);
    this.#right = scores.map(({ right }) => [right]);
  }

  get iterations(): number {
    return this.#cost[0]!.length - 1;
  }

  /** Whether all realisations have come below what ends them. */
  get learned(): boolean {
    return this.#cost.every((_, run) => this.#hasLearned(run));
  }

  #hasLearned(run: number): boolean {
    return this.task.stopBelow !== undefined && this.#cost[run]!.at(-1)! < this.task.stopBelow;
  }

  advance(run: number): void {
    const [costs, rights] = [this.#cost[run]!, this.#right[run]!];
    const stays = this.#hasLearned(run);
    const score = stays ? undefined : this.#sweeps.advance(this.realisations[run]!);
    costs.push(score?.cost ?? costs.at(-1)!);
    rights.push(score?.right ?? rights.at(-1)!);
  }

  trained(): EnsembleTrained {
    const { runs } = this.ensemble;
    const epochs = this.iterations + 1;
    const table = (of: readonly (readonly number[])[]): Float64Array =>
      Float64Array.from({ length: epochs * runs }, (_, k) => of[k % runs]![Math.floor(k / runs)]!);
    const checkpoint = () => this.#checkpoint();
    const trained: Trained = {
      epochs,
      first: 0,
      stopped: this.iterations < this.task.iterations && !this.learned,
      runs,
      error: table(this.#cost),
      correct: table(this.#right),
      diverged: new Int32Array(runs),
      weights: new Float64Array(0),
      writes: noWrites,
      // Only what is stopped needs it, and it holds all numbers once more.
      get checkpoint() {
        return checkpoint();
      },
    };
    return {
      trained,
      realisations: this.realisations,
      evaluations: this.#sweeps.evaluations,
    };
  }

  #checkpoint(): Checkpoint {
    return {
      task: this.task.task,
      epochs: this.realisations.map(() => this.iterations),
      ended: this.realisations.map((_, run) => (this.#hasLearned(run) ? "learned" : null)),
      weights: this.realisations.flatMap(numbersOf),
      error: this.#cost,
      correct: this.#right,
      writes: { ...noWrites, largestValue: [] },
    };
  }
}

/** All that a realisation goes on from, as numbers. */
const numbersOf = ({ points, paces, along }: Realisation): readonly number[] => [
  ...[...points, ...(along ?? [])].flatMap(({ re, im }) => [...re, ...im]),
  ...paces.flatMap(({ cost, step, slope }) => [cost, step, slope]),
];

function resume(realisations: readonly Realisation[], numbers: readonly number[]): void {
  let at = 0;
  for (const { points, paces, along } of realisations) {
    for (const { re, im } of [...points, ...(along ?? [])]) {
      for (const plane of [re, im]) {
        plane.set(numbers.slice(at, at + plane.length));
        at += plane.length;
      }
    }
    for (const pace of paces) {
      [pace.cost, pace.step, pace.slope] = [numbers[at]!, numbers[at + 1]!, numbers[at + 2]!];
      at += 3;
    }
  }
}
