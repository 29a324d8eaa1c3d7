import type { Network } from "./network.js";

/** How many units come before the neurons: the inputs and the constants. */
export const firstNeuron = (network: Network): number => network.inputs.length + network.constants.length;

/** The layer of each neuron, from 1: the number of synapses on the longest way to it. */
export function layersOf(network: Network): Int32Array {
  const first = firstNeuron(network);
  const layers = new Int32Array(network.neurons.length).fill(1);
  for (const { from, to } of inOrder(network)) {
    if (from >= first) layers[to] = Math.max(layers[to]!, layers[from - first]! + 1);
  }
  return layers;
}

/**
 * The bound of each weight's start, w ~ U(−1, 1)·√(6/(n_in + n_out)) (X. Glorot and Y. Bengio, AISTATS 2010): n_in
 * synapses come from inputs and neurons to the weight's neuron, n_out go from where it starts to neurons of that layer.
 */
export function glorotBounds(network: Network): Float64Array {
  const layers = layersOf(network);
  const fanIn = new Int32Array(network.neurons.length);
  const ways = oneEach(network);
  for (const { from, to } of ways) if (!isConstant(network, from)) fanIn[to]!++;
  const bounds = new Float64Array(network.weights.length);
  for (const { from, to, weight } of network.synapses) {
    const fanOut = ways.filter((other) => other.from === from && layers[other.to] === layers[to]).length;
    bounds[weight] = Math.sqrt(6 / (fanIn[to]! + fanOut));
  }
  for (const [k, { bias }] of network.neurons.entries()) {
    const width = layers.filter((layer) => layer === layers[k]).length;
    if (bias !== undefined) bounds[bias.weight] = Math.sqrt(6 / (fanIn[k]! + width));
  }
  return bounds;
}

/** The synapses, of the two memristors of a pair one. */
function oneEach({ synapses, neurons }: Network): Network["synapses"] {
  return [...new Map(synapses.map((it) => [it.from * neurons.length + it.to, it] as const)).values()];
}

/** Which weights are biases: those of neurons, and those of synapses that come from a constant. */
export function biasWeights(network: Network): ReadonlySet<number> {
  const ofNeurons = network.neurons.flatMap(({ bias }) => (bias === undefined ? [] : [bias.weight]));
  const ofConstants = network.synapses.filter(({ from }) => isConstant(network, from)).map(({ weight }) => weight);
  return new Set([...ofNeurons, ...ofConstants]);
}

/** The synapses by the neuron that they end at. */
export const inOrder = (network: Network): Network["synapses"] => network.synapses.toSorted((a, b) => a.to - b.to);

const isConstant = (network: Network, unit: number): boolean =>
  unit >= network.inputs.length && unit < firstNeuron(network);
