import type { TrainCard } from "../circuit/training/cards.js";
import { NetlistError } from "../text/diagnostic.js";
import type { Checkpoint } from "./checkpoint.js";
import type { Trained } from "./ideal.js";
import type { Network } from "./network.js";
import { cellsOf } from "./start.js";
import { trainStochastic } from "./stochastic.js";
import type { Dataset, Task } from "./task.js";

/**
 * Trains the synapses of one linear neuron (`networkFor` sees to it) as a matrix of probabilities: bit j comes as two inputs, of which one is 1,
 * or none where a row says nothing of it; the first has the weight w_j, the second 1 − w_j.
 *
 * @throws NetlistError where the data are no bits
 */
export function* trainStochasticCircuit(
  task: Task,
  card: TrainCard,
  from: Checkpoint | undefined,
): Generator<number, Trained, "go on" | "stop"> {
  if (!isOneHot(task.data)) throw new NetlistError([dataProblem(card)]);
  const synapses = pairsOf(task.network)!;
  const { level, target } = card;
  const trained = yield* trainStochastic({ ...task, data: asBits(task.data) }, { level, target }, from);
  return { ...trained, weights: withComplements(trained, synapses, task) };
}

/** For each bit the weights of its two inputs; undefined where the network is no single neuron on them. */
export function pairsOf({
  inputs,
  neurons,
  synapses,
  outputs,
}: Network): readonly (readonly [number, number])[] | undefined {
  const [neuron] = neurons;
  if (neurons.length !== 1 || outputs.length !== 1 || neuron!.bias !== undefined) return undefined;
  if (neuron!.activation.name !== "linear" || synapses.length !== inputs.length) return undefined;
  const from = inputs.map((_, input) => synapses.find((it) => it.from === input)?.weight);
  if (from.includes(undefined)) return undefined;
  return Array.from({ length: inputs.length / 2 }, (_, j) => [from[2 * j]!, from[2 * j + 1]!] as const);
}

/** Whether of each pair of inputs one is 1, or none, and of some pair of each row one is. */
function isOneHot({ inputs, targets, train }: Dataset): boolean {
  const width = inputs.length + targets.length;
  for (let row = 0; row < train.length; row += width) {
    let ones = 0;
    for (let k = 0; k < inputs.length; k += 2) {
      const [zero, one] = [train[row + k]!, train[row + k + 1]!];
      if (zero * (1 - zero) !== 0 || one * (1 - one) !== 0 || zero + one > 1) return false;
      ones += zero + one;
    }
    if (ones === 0) return false;
  }
  return true;
}

/** A bit in the place of each pair of inputs, −1 where neither is 1. */
function asBits(data: Dataset): Dataset {
  const bits = data.inputs.length / 2;
  const width = data.inputs.length + data.targets.length;
  const cut = (rows: Float64Array): Float64Array =>
    Float64Array.from({ length: (rows.length / width) * (bits + data.targets.length) }, (_, place) => {
      const [row, column] = [Math.floor(place / (bits + data.targets.length)), place % (bits + data.targets.length)];
      const at = row * width + (column < bits ? 2 * column : column + bits);
      if (column >= bits) return rows[at]!;
      return rows[at]! + rows[at + 1]! === 0 ? -1 : rows[at + 1]!;
    });
  return {
    ...data,
    inputs: data.inputs.filter((_, column) => column % 2 === 1),
    train: cut(data.train),
    test: cut(data.test),
  };
}

function withComplements(
  { weights, runs }: Trained,
  pairs: readonly (readonly [number, number])[],
  task: Task,
): Float64Array {
  const count = task.network.weights.length;
  const all = new Float64Array(runs * count);
  for (let run = 0; run < runs; run++) {
    const cells = cellsOf(task, run);
    for (const [j, [zero, one]] of pairs.entries()) {
      const w = weights[run * pairs.length + j]!;
      all[run * count + zero] = cells.start(zero, w);
      all[run * count + one] = cells.start(one, 1 - w);
    }
  }
  return all;
}

const dataProblem = ({ data, span }: TrainCard) => ({
  severity: "error" as const,
  code: "bad-dataset",
  message: `\`rule=stochastic\` takes each bit as two inputs, of which at most one is 1, and one at least in a row; \`${data.name}\` has others.`,
  span,
  help: "write `encode=onehot` in the data set.",
});
