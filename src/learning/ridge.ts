import { leastSquares } from "../numerics/linear/least-squares.js";
import type { Cells } from "./cells.js";
import { fingerprint } from "./checkpoint.js";
import { answering, judge } from "./evaluation.js";
import type { Trained } from "./ideal.js";
import { firstNeuron } from "./layers.js";
import type { Network } from "./network.js";
import { cellsOf, samplesOf, startWeights } from "./start.js";
import type { Dataset, Task } from "./task.js";

/** What an output sums up: units with their gains and weights, and a bias, which sums 1. */
interface Term {
  readonly unit: number | undefined;
  readonly gain: number;
  readonly weight: number;
}

/**
 * Writes what linear outputs sum up by least squares, w = argmin ½Σ(T − O)² + ½λ|w|², and leaves all other weights as
 * they start: a readout of nodes that do not learn. One epoch; each weight is written once.
 */
export function* trainRidge(task: Task, lambda: number): Generator<number, Trained, "go on" | "stop"> {
  const { network, data, runs } = task;
  const outputs = network.outputs.map((unit) => termsOf(network, unit - firstNeuron(network)));
  const count = network.weights.length;
  const all = new Float64Array(runs * count);
  const [error, correct] = [new Float64Array(runs).fill(NaN), new Float64Array(runs).fill(NaN)];
  const bad = new Int32Array(runs);
  let done = 0;
  for (; done < runs; done++) {
    const cells = cellsOf(task, done);
    const weights = startWeights(task, done, cells);
    const rows = samplesOf(task, done);
    for (const [target, terms] of outputs.entries()) writeReadout(task, terms, target, rows, lambda, weights, cells);
    all.set(weights, done * count);
    const verdict = judge(network, cells.readAll(weights), data, picked(data, rows));
    if (Number.isFinite(verdict.error)) [error[done], correct[done]] = [verdict.error, verdict.right / verdict.samples];
    else bad[done] = 1;
    if ((yield (done + 1) / runs) === "stop") break;
  }
  const pulses = runs * outputs.reduce((sum, terms) => sum + terms.length, 0);
  const writes = { pulses, writes: pulses, unreached: 0, missed: 0, largestPulse: 0, crossTalk: 0, readChange: 0 };
  return {
    epochs: error.some((value) => !Number.isNaN(value)) ? 1 : 0,
    stopped: done < runs - 1,
    runs,
    error,
    correct,
    diverged: bad,
    weights: all,
    writes: { ...writes, readOverThreshold: 0 },
    checkpoint: {
      task: fingerprint(task),
      epochs: Array.from(error, () => 0), // it is taken up at its start: it takes one epoch
      ended: Array.from(error, () => null),
      weights: [...all],
      error: [],
      correct: [],
      writes: { ...writes, largestValue: Array.from(data.inputs, () => 0) },
    },
  };
}

function termsOf({ synapses, neurons }: Network, neuron: number): readonly Term[] {
  const { bias } = neurons[neuron]!;
  const terms = synapses
    .filter(({ to }) => to === neuron)
    .map(({ from, gain, weight }) => ({ unit: from, gain, weight }));
  return bias === undefined ? terms : [...terms, { unit: undefined, gain: 1, weight: bias.weight }];
}

function writeReadout(
  { network, data }: Task,
  terms: readonly Term[],
  target: number,
  rows: Int32Array,
  lambda: number,
  weights: Float64Array,
  cells: Cells,
): void {
  const width = data.inputs.length + data.targets.length;
  const read = answering({ ...network, outputs: terms.flatMap(({ unit }) => unit ?? []) }, cells.readAll(weights));
  const columns = terms.map(() => new Float64Array(rows.length));
  for (const [place, row] of rows.entries()) {
    const values = read(data.train.subarray(row * width, row * width + data.inputs.length));
    for (const [k, { gain, unit }] of terms.entries()) columns[k]![place] = unit === undefined ? 1 : gain * values[k]!;
  }
  const wanted = Float64Array.from(rows, (row) => data.train[row * width + data.inputs.length + target]!);
  // Nodes without a finite answer have no readout: the weights stay, and the verdict finds the same.
  if (columns.some((column) => !column.every(Number.isFinite))) return;
  const found = leastSquares(columns, wanted, lambda);
  for (const [k, { weight }] of terms.entries()) {
    const { min, max } = network.weights[weight]!.law;
    weights[weight] = cells.start(weight, Math.min(max, Math.max(min, found[k]!)));
  }
}

/** Rows of the data by their places, one behind the other. */
function picked({ train, inputs, targets }: Dataset, rows: Int32Array): Float64Array {
  const width = inputs.length + targets.length;
  const all = new Float64Array(rows.length * width);
  for (const [place, row] of rows.entries()) all.set(train.subarray(row * width, (row + 1) * width), place * width);
  return all;
}
