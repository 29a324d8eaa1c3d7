import { type Answers, answersOf, classOf } from "./answers.js";
import { Grids } from "./grid.js";
import { firstNeuron, inOrder } from "./layers.js";
import type { Network } from "./network.js";
import type { Dataset } from "./task.js";

/** A function of the inputs that a network with given weights is; what it gives is overwritten by the next call. */
export function answering(network: Network, weights: ArrayLike<number>): (inputs: ArrayLike<number>) => Float64Array {
  const first = firstNeuron(network);
  const values = new Float64Array(first + network.neurons.length);
  for (const [k, { value }] of network.constants.entries()) values[network.inputs.length + k] = value;
  const sorted = inOrder(network);
  const synapsesTo = network.neurons.map((_, k) => sorted.filter(({ to }) => to === k));
  const answer = new Float64Array(network.outputs.length);
  const out = new Float64Array(3);
  const grids = network.grids && new Grids(network.grids, network.neurons.length);
  return (inputs) => {
    for (let k = 0; k < network.inputs.length; k++) values[k] = inputs[k]!;
    for (const [k, { activation, bias }] of network.neurons.entries()) {
      let u = bias?.kind === "additive" ? weights[bias.weight]! : 0;
      u += grids?.at(k, weights, values) ?? 0;
      for (const { from, weight, gain, lined } of synapsesTo[k]!)
        if (lined !== true) u += gain * weights[weight]! * values[from]!;
      activation.load(u, bias?.kind === "gain" ? weights[bias.weight]! : 0, out);
      values[first + k] = out[0]!;
    }
    for (let k = 0; k < answer.length; k++) answer[k] = values[network.outputs[k]!]!;
    return answer;
  };
}

/** What a network made of some samples. */
export interface Verdict {
  readonly samples: number;
  /** ½ Σ_samples Σ_targets (T − O)². */
  readonly error: number;
  readonly right: number;
  readonly classes: readonly string[];
  /** Size classes × classes, row-major: a row for the true class, a column for the answer. */
  readonly confusion: Float64Array;
}

/** Shows `rows` (of inputs and targets, row-major) to a network with given weights. */
export function judge(network: Network, weights: ArrayLike<number>, data: Dataset, rows: Float64Array): Verdict {
  const answers = answersOf(data);
  const classes = classNames(data, answers);
  const answer = answering(network, weights);
  const [inputs, width] = [data.inputs.length, data.inputs.length + data.targets.length];
  const confusion = new Float64Array(classes.length ** 2);
  let error = 0;
  let right = 0;
  for (let at = 0; at < rows.length; at += width) {
    const given = answer(rows.subarray(at, at + inputs));
    const wanted = rows.subarray(at + inputs, at + width);
    for (let k = 0; k < wanted.length; k++) error += 0.5 * (wanted[k]! - given[k]!) ** 2;
    const [truth, said] = [classOf(answers, wanted), classOf(answers, given)];
    confusion[truth * classes.length + said]!++;
    if (truth === said) right++;
  }
  return { samples: rows.length / width, error, right, classes, confusion };
}

/** More outputs than this have too many classes to be told apart one by one. */
const mostBits = 6;

/** The names of the classes: the targets' own where they are one-hot, `0` and `1` of one output, else all bits. */
function classNames({ targets }: Dataset, { kind }: Answers): readonly string[] {
  if (kind === "largest") return targets;
  if (targets.length > mostBits) throw new RangeError(`${targets.length} outputs have too many classes.`);
  return Array.from({ length: 2 ** targets.length }, (_, k) => k.toString(2).padStart(targets.length, "0"));
}
