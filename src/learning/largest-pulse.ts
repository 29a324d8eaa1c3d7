import { firstNeuron, inOrder } from "./layers.js";
import type { Network, Neuron } from "./network.js";
import type { Task } from "./task.js";

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Where nothing bounds a neuron's input, it is looked at up to here: beyond, activations that are bounded are flat. */
const farthest = 50;
/** How many places of an activation are looked at. */
const places = 4001;

/**
 * Bounds |s| = η·|δ·gain·v| of each weight's pulses, from the data, the ranges of weights and the activations.
 *
 * For a single layer the bound is the least one where inputs reach it: 4η/27 for the logistic sigmoid with targets 0 and
 * 1. For the layers before it is a bound, but seldom reached; where an activation and its weights are unbounded, it is
 * only as large as inputs within ±50 make it.
 */
export function largestPulses({ network, data, rate }: Task): Float64Array {
  const first = firstNeuron(network);
  const values = valuesOf(network, data.train, data.inputs.length + data.targets.length);
  const inputs = network.neurons.map((_, k) => inputOf(network, k, values));
  for (const [k, neuron] of network.neurons.entries()) {
    inputs[k] = inputOf(network, k, values);
    values[first + k] = rangeOf(neuron, inputs[k]!, biasRange(network, neuron));
  }
  const errors = outputErrors(network, data.train, data.inputs.length, data.targets.length);
  const later = new Float64Array(network.neurons.length); // bounds of Σ δ·gain·w
  const pulses = new Float64Array(network.weights.length);
  for (let k = network.neurons.length - 1; k >= 0; k--) {
    const neuron = network.neurons[k]!;
    const { bias } = neuron;
    const slope = steepest(neuron, inputs[k]!, biasRange(network, neuron), errors[k]!, later[k]!);
    if (bias !== undefined) pulses[bias.weight]! += rate * (bias.kind === "gain" ? slope.b : slope.u);
    for (const { from, weight, gain } of network.synapses.filter(({ to }) => to === k)) {
      pulses[weight]! += rate * slope.u * Math.abs(gain) * size(values[from]!);
      if (from >= first) later[from - first]! += slope.u * Math.abs(gain) * size(weightRange(network, weight));
    }
  }
  return pulses;
}

const size = ({ low, high }: Interval): number => Math.max(Math.abs(low), Math.abs(high));

const weightRange = ({ weights }: Network, index: number): Interval => {
  const { trained, initial, law } = weights[index]!;
  return trained ? { low: law.min, high: law.max } : { low: initial ?? 0, high: initial ?? 0 };
};

function biasRange(network: Network, { bias }: Neuron): Interval {
  return bias?.kind === "gain" ? weightRange(network, bias.weight) : { low: 0, high: 0 };
}

/** The values that inputs and constants have; those of neurons are not known yet. */
function valuesOf(network: Network, rows: Float64Array, width: number): Interval[] {
  const inputs = network.inputs.map((_, input) => spanOf(rows.filter((_, place) => place % width === input)));
  return [...inputs, ...network.constants.map(({ value }) => ({ low: value, high: value }))];
}

function spanOf(values: Float64Array): Interval {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  return { low, high: values.reduce((most, value) => Math.max(most, value), -Infinity) };
}

function inputOf(network: Network, neuron: number, values: readonly Interval[]): Interval {
  const { bias } = network.neurons[neuron]!;
  const terms = inOrder(network)
    .filter(({ to }) => to === neuron)
    .map(({ from, weight, gain }) => product(weightRange(network, weight), values[from], gain));
  if (bias?.kind === "additive") terms.push(weightRange(network, bias.weight));
  const sum = (end: "low" | "high") => terms.reduce((total, term) => total + term[end], 0);
  return { low: Math.max(-farthest, sum("low")), high: Math.min(farthest, sum("high")) };
}

function product(w: Interval, v: Interval | undefined, gain: number): Interval {
  if (v === undefined) return { low: 0, high: 0 };
  const ends = [w.low, w.high].flatMap((a) => [v.low, v.high].map((b) => (b === 0 ? 0 : gain * a * b)));
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** Looks at φ on a grid of inputs, and of biases where they are gains. */
function look(
  { activation }: Neuron,
  u: Interval,
  b: Interval,
  see: (out: Float64Array, u: number, b: number) => void,
): void {
  const out = new Float64Array(3);
  for (const bias of grid(b, b.low === b.high ? 1 : 41)) {
    for (const input of grid(u, places)) {
      activation.load(input, bias, out);
      see(out, input, bias);
    }
  }
}

function grid({ low, high }: Interval, count: number): Float64Array {
  const [from, to] = [Math.max(-farthest, low), Math.min(farthest, high)];
  return Float64Array.from({ length: count }, (_, k) => from + ((to - from) * k) / Math.max(1, count - 1));
}

function rangeOf(neuron: Neuron, u: Interval, b: Interval): Interval {
  let [low, high] = [Infinity, -Infinity];
  look(neuron, u, b, ([v]) => {
    low = Math.min(low, v!);
    high = Math.max(high, v!);
  });
  return { low, high };
}

/** For each neuron the targets that its value is compared with. */
function outputErrors(network: Network, rows: Float64Array, inputs: number, targets: number): Interval[][] {
  const width = inputs + targets;
  const spans = Array.from({ length: targets }, (_, k) =>
    spanOf(rows.filter((_, place) => place % width === inputs + k)),
  );
  return network.neurons.map((_, k) => spans.filter((_, t) => network.outputs[t] === firstNeuron(network) + k));
}

/**
 * The largest |e·∂φ/∂u| and |e·∂φ/∂b|, where e is at most `later` and the differences from the targets. It looks twice,
 * the second time near what it found.
 */
function steepest(neuron: Neuron, u: Interval, b: Interval, targets: readonly Interval[], later: number) {
  const bound = (place: 1 | 2): number => {
    const most = { size: 0, u: u.low, b: b.low };
    const see = (out: Float64Array, input: number, bias: number) => {
      const v = out[0]!;
      const e = targets.reduce((sum, { low, high }) => sum + Math.max(Math.abs(low - v), Math.abs(high - v)), later);
      const size = e * Math.abs(out[place]!);
      if (size > most.size) Object.assign(most, { size, u: input, b: bias });
    };
    look(neuron, u, b, see);
    const step = (Math.min(farthest, u.high) - Math.max(-farthest, u.low)) / (places - 1);
    const near = { low: Math.max(u.low, most.u - step), high: Math.min(u.high, most.u + step) };
    look(neuron, near, { low: most.b, high: most.b }, see);
    return most.size;
  };
  return { u: bound(1), b: bound(2) };
}
