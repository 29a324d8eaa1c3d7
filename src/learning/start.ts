import { deviceKeys } from "../analysis/pieces.js";
import { Random } from "../numerics/random.js";
import { Cells } from "./cells.js";
import { biasWeights, glorotBounds } from "./layers.js";
import type { Task } from "./task.js";

/**
 * The keys of a realisation's streams. What is drawn for one purpose depends on nothing that is drawn for another, nor
 * on other realisations.
 */
export const keysOf = ({ seed, name }: Task, purpose: string, ...of: number[]): (number | string)[] => [
  seed,
  "train",
  name,
  purpose,
  ...of,
];

/** The devices of a realisation: whatever trains them, they are the same ones, those of the first are a circuit's own. */
export const cellsOf = (task: Task, run: number): Cells =>
  new Cells(task.network, deviceKeys(task.seed, run), keysOf(task, "device", run));

/**
 * The weights that a realisation starts from. Untrained ones are as given, trained ones as `init` says: `given` takes
 * what the netlist gives and draws the others. `biasInit` decides for biases, unless they are given.
 */
export function startWeights(task: Task, run: number, cells: Cells): Float64Array {
  const { network, init, biasInit, scale } = task;
  const random = new Random(...keysOf(task, "start", run));
  const bounds = glorotBounds(network);
  const biases = biasWeights(network);
  return Float64Array.from(network.weights, ({ initial, trained, middle, law }, index) => {
    const zero = init === "zero" || (biases.has(index) && biasInit === "zero");
    // The difference of two that are drawn has the variance of one weight drawn by itself.
    const share = middle === undefined ? 1 : Math.SQRT1_2;
    const isUniform = (biases.has(index) ? biasInit : init) === "uniform";
    const bound = isUniform ? scale : bounds[index]!;
    const drawn = (middle ?? 0) + (2 * random.uniform() - 1) * bound * share;
    const rest = middle ?? 0;
    const w = !trained ? (initial ?? rest) : init === "given" && initial !== undefined ? initial : zero ? rest : drawn;
    return cells.start(index, Math.min(law.max, Math.max(law.min, w)));
  });
}

/** The rows of the data that a realisation learns from, with what is drawn for it. */
export function samplesOf(task: Task, run: number): Int32Array {
  const { train, inputs, targets, drawn, shared } = task.data;
  const rows = train.length / (inputs.length + targets.length);
  if (drawn === undefined) return Int32Array.from({ length: rows }, (_, row) => row);
  const random = new Random(...keysOf(task, "samples", ...(shared ? [] : [run])));
  return Int32Array.from({ length: drawn }, () => random.below(rows));
}
