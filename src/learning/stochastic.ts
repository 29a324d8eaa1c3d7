import { Random } from "../numerics/random.js";
import { belongsTo, type Checkpoint, fingerprint } from "./checkpoint.js";
import type { Trained } from "./ideal.js";
import { keysOf, samplesOf } from "./start.js";
import { noWrites, type Task } from "./task.js";

/** How a stochastic matrix learns. */
export interface StochasticOptions {
  /**
   * `threshold`: an output for 1 shall reach `level`, and one that does costs nothing; `literal`: it shall be `level`.
   * In both an output for 0 shall be 0.
   */
  readonly target: "threshold" | "literal";
  /** Outputs of at least this mean 1. */
  readonly level: number;
}

/** A training whose error is J, the cost averaged over the rows, after each epoch. */
export interface StochasticTrained extends Trained {
  /** Size runs: J before the first epoch. */
  readonly startError: Float64Array;
}

/** Factors never fall below this, so that none gets stuck at 0. */
const smallest = 1e-300;

/**
 * Trains a matrix whose columns are probabilities, W = [w_0, 1 − w_0, w_1, 1 − w_1, …; its complement], on one-hot bits
 * (x_j = 0 is (1, 0)): it gives y_0 = Σ_j (w_j where x_j = 0, 1 − w_j where x_j = 1), and O = y_0/n for n inputs. A row may leave
 * inputs out (x_j < 0), which then count for nothing: with one input a row, rows are basis states, and the matrix is the
 * channel of Kraus operators √W_ij |i⟩⟨j| on them.
 *
 * Each w_j = U_0/(U_0 + U_1) with U > 0, which keeps it a probability. A sample changes
 *
 *     U_0 ← U_0·(∇⁻ + ∇⁺·w_j)/(∇⁺ + ∇⁻·w_j)
 *
 * (Z. Zhu, Z. Yang and E. Oja, Multiplicative updates for learning with stochastic matrices, SCIA 2013), where ∇⁺
 * and ∇⁻ are the unsigned parts of ∂J/∂w_j ∝ ±(O − t): no rate is needed. Where the targets cannot be met together, it
 * is not a descent, and J may grow. Its weights are the w_j, a row a realisation.
 */
export function* trainStochastic(
  task: Task,
  options: StochasticOptions = { target: "threshold", level: 0.25 },
  from?: Checkpoint,
): Generator<number, StochasticTrained, "go on" | "stop"> {
  if (from !== undefined && !belongsTo(from, task)) throw new RangeError("The checkpoint is of another training.");
  const runs = Array.from({ length: task.runs }, (_, run) => new Matrix(task, run, options));
  const startError = Float64Array.from(runs, (matrix) => matrix.judge().cost);
  for (const [run, matrix] of runs.entries()) if (from !== undefined) matrix.resume(from, run);
  let epoch = from?.epochs[0] ?? 0;
  while (epoch < task.epochs) {
    epoch++;
    for (const matrix of runs) matrix.show(epoch);
    if (runs.every((matrix) => matrix.learned)) break;
    if ((yield epoch / task.epochs) === "stop") break;
  }
  return { ...historyOf(task, runs, epoch), startError };
}

function historyOf(task: Task, runs: readonly Matrix[], epochs: number): Trained {
  const table = (of: "error" | "correct") =>
    Float64Array.from({ length: epochs * runs.length }, (_, place) => {
      const values = runs[place % runs.length]![of];
      return values[Math.floor(place / runs.length)] ?? values.at(-1)!;
    });
  return {
    epochs,
    stopped: epochs < task.epochs && !runs.every(({ learned }) => learned),
    runs: runs.length,
    error: table("error"),
    correct: table("correct"),
    diverged: new Int32Array(runs.length),
    weights: Float64Array.from(runs.flatMap((matrix) => [...matrix.w])),
    writes: noWrites,
    checkpoint: {
      task: fingerprint(task),
      epochs: runs.map(() => epochs),
      ended: runs.map(({ learned }) => (learned ? "learned" : null)),
      weights: runs.flatMap(({ factors }) => [...factors]),
      error: runs.map(({ error }) => [...error]),
      correct: runs.map(({ correct }) => [...correct]),
      writes: {
        pulses: 0,
        writes: 0,
        unreached: 0,
        missed: 0,
        largestPulse: 0,
        crossTalk: 0,
        readChange: 0,
        largestValue: [],
      },
    },
  };
}

/** One realisation. */
class Matrix {
  readonly error: number[] = [];
  readonly correct: number[] = [];
  readonly w: Float64Array;
  /** Size 2 × inputs: U_0 and U_1 of each. */
  readonly factors: Float64Array;
  learned = false;
  readonly #rows: Int32Array;
  readonly #order: Int32Array;
  readonly #shuffles: Random;

  constructor(
    readonly task: Task,
    run: number,
    readonly options: StochasticOptions,
  ) {
    const inputs = task.data.inputs.length;
    const random = new Random(...keysOf(task, "start", run));
    this.factors = Float64Array.from({ length: 2 * inputs }, () => Math.max(smallest, random.uniform()));
    this.w = new Float64Array(inputs);
    this.#refresh();
    this.#rows = samplesOf(task, run);
    this.#order = this.#rows.slice();
    this.#shuffles = new Random(...keysOf(task, "order", run));
  }

  resume({ weights, error, correct, ended }: Checkpoint, run: number): void {
    const count = this.factors.length;
    this.factors.set(weights.slice(run * count, (run + 1) * count));
    this.#refresh();
    this.error.push(...error[run]!);
    this.correct.push(...correct[run]!);
    this.learned = ended[run] === "learned";
  }

  /** Takes it through an epoch. */
  show(epoch: number): void {
    if (this.learned) return;
    this.#order.set(this.#rows);
    if (this.task.shuffle) this.#shuffles.at(epoch).shuffle(this.#order);
    for (const row of this.#order) this.#learn(row);
    const { cost, right } = this.judge();
    this.error.push(cost);
    this.correct.push(right);
    this.learned = this.task.stopBelow !== undefined && cost < this.task.stopBelow;
  }

  /** J over the rows, and the fraction of them that is answered right. */
  judge(): { readonly cost: number; readonly right: number } {
    let [cost, right] = [0, 0];
    for (const row of this.#rows) {
      const output = this.#output(row);
      const wanted = this.#wanted(row);
      cost += (output - this.#target(wanted, output)) ** 2;
      if (output >= this.options.level === wanted) right++;
    }
    return { cost: cost / this.#rows.length, right: right / this.#rows.length };
  }

  #learn(row: number): void {
    const output = this.#output(row);
    const target = this.#target(this.#wanted(row), output);
    if (output === target) return;
    for (let j = 0; j < this.w.length; j++) {
      if (this.#value(row, j) < 0) continue;
      const [up, down] = this.#bit(row, j) ? [target, output] : [output, target];
      const factor = (down + up * this.w[j]!) / (up + down * this.w[j]!);
      this.factors[2 * j] = Math.max(smallest, this.factors[2 * j]! * factor);
    }
    this.#refresh();
  }

  #refresh(): void {
    for (let j = 0; j < this.w.length; j++) {
      this.w[j] = this.factors[2 * j]! / (this.factors[2 * j]! + this.factors[2 * j + 1]!);
    }
  }

  #output(row: number): number {
    let sum = 0;
    let count = 0;
    for (let j = 0; j < this.w.length; j++) {
      if (this.#value(row, j) < 0) continue;
      sum += this.#bit(row, j) ? 1 - this.w[j]! : this.w[j]!;
      count++;
    }
    return sum / count;
  }

  #target(wanted: boolean, output: number): number {
    const { target, level } = this.options;
    if (!wanted) return 0;
    return target === "threshold" && output >= level ? output : level;
  }

  #bit(row: number, input: number): boolean {
    return this.#value(row, input) > 0.5;
  }

  #value(row: number, input: number): number {
    const { train, inputs, targets } = this.task.data;
    return train[row * (inputs.length + targets.length) + input]!;
  }

  #wanted(row: number): boolean {
    return this.#bit(row, this.task.data.inputs.length);
  }
}
