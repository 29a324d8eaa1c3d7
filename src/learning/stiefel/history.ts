import type { Columns } from "../../numerics/linear/columns.js";
import type { Checkpoint } from "../checkpoint.js";
import type { Trained } from "../ideal.js";
import { noWrites } from "../task.js";
import type { Ensemble } from "./ensemble.js";
import type { Group } from "./group.js";
import { groupsOf } from "./groups.js";

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
  /** The channels of a realisation, counted from 0. */
  readonly pointsOf: (run: number) => readonly Columns[];
  readonly evaluations: number;
  readonly products: number;
  /** How many numbers its checkpoint holds. */
  readonly numbers: number;
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
    for (const advanced of record.iteration()) {
      sinceWord += ensemble.trainable.effort * advanced.steps;
      if (sinceWord < betweenWords) continue;
      sinceWord = 0;
      yield (done + advanced.until / ensemble.runs) / task.iterations;
    }
  }
  return record.trained();
}

/** The realisations with their histories. */
class Record {
  readonly #groups: readonly Group[];
  /** After each iteration, of each realisation. */
  readonly #cost: Float64Array[];
  readonly #right: Float64Array[];

  constructor(
    readonly ensemble: Ensemble,
    readonly task: EnsembleTask,
  ) {
    this.#groups = groupsOf(ensemble);
    const { from } = task;
    if (from === undefined) {
      [this.#cost, this.#right] = [[new Float64Array(ensemble.runs)], [new Float64Array(ensemble.runs)]];
      let first = 0;
      for (const group of this.#groups) {
        group.score(this.#cost[0]!, this.#right[0]!, first);
        first += group.runs;
      }
      return;
    }
    const rows = (of: readonly (readonly number[])[]): Float64Array[] =>
      of[0]!.map((_, row) => Float64Array.from(of, (values) => values[row]!));
    [this.#cost, this.#right] = [rows(from.error), rows(from.correct)];
    const each = from.weights.length / ensemble.runs;
    for (const [k, { group, run }] of this.#places().entries())
      group.resume(run, from.weights.slice(k * each, (k + 1) * each));
  }

  /** Where each realisation is. */
  #places(): readonly { readonly group: Group; readonly run: number }[] {
    return this.#groups.flatMap((group) => Array.from({ length: group.runs }, (_, run) => ({ group, run })));
  }

  get iterations(): number {
    return this.#cost.length - 1;
  }

  /** Whether all realisations have come below what ends them. */
  get learned(): boolean {
    return this.#cost.at(-1)!.every((cost) => this.#ends(cost));
  }

  #ends(cost: number): boolean {
    return this.task.stopBelow !== undefined && cost < this.task.stopBelow;
  }

  /** Moves all realisations once, group by group; `steps` counts products with a Hessian too, each about as much work. */
  *iteration(): Generator<{ readonly steps: number; readonly until: number }> {
    const [cost, right] = [new Float64Array(this.ensemble.runs), new Float64Array(this.ensemble.runs)];
    const before = this.#cost.at(-1)!;
    const isEndless = this.task.stopBelow === undefined;
    let first = 0;
    for (const group of this.#groups) {
      const { products } = group;
      const begin = first;
      group.advance(isEndless ? undefined : (run) => this.#ends(before[begin + run]!));
      group.score(cost, right, first);
      first += group.runs;
      yield { steps: group.runs + group.products - products, until: first };
    }
    this.#cost.push(cost);
    this.#right.push(right);
  }

  trained(): EnsembleTrained {
    const { runs } = this.ensemble;
    const epochs = this.iterations + 1;
    const checkpoint = () => this.#checkpoint();
    const trained: Trained = {
      epochs,
      first: 0,
      counts: "iteration",
      stopped: this.iterations < this.task.iterations && !this.learned,
      runs,
      error: joined(this.#cost),
      correct: joined(this.#right),
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
      pointsOf: (place) => {
        const { group, run } = this.#places()[place]!;
        return group.points(run);
      },
      evaluations: this.#groups.reduce((sum, { evaluations }) => sum + evaluations, 0),
      products: this.#groups.reduce((sum, { products }) => sum + products, 0),
      numbers: runs * (this.#groups[0]!.numbers(0).length + 2 * epochs),
    };
  }

  #checkpoint(): Checkpoint {
    const { runs } = this.ensemble;
    const histories = (rows: readonly Float64Array[]) =>
      Array.from({ length: runs }, (_, run) => rows.map((row) => row[run]!));
    const last = this.#cost.at(-1)!;
    return {
      task: this.task.task,
      epochs: Array.from(last, () => this.iterations),
      ended: Array.from(last, (cost) => (this.#ends(cost) ? "learned" : null)),
      weights: this.#places().flatMap(({ group, run }) => group.numbers(run)),
      error: histories(this.#cost),
      correct: histories(this.#right),
      writes: { ...noWrites, largestValue: [] },
    };
  }
}

const joined = (rows: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(rows.length * rows[0]!.length);
  for (const [k, row] of rows.entries()) all.set(row, k * row.length);
  return all;
};
