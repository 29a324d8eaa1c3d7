import type { Activation } from "../src/devices/perceptrons/activation.js";
import { sigmoid } from "../src/devices/perceptrons/activations.js";
import type { Imperfections, Network, Neuron, Synapse, Weight, WeightLaw } from "../src/learning/network.js";
import type { Dataset, History, Task } from "../src/learning/task.js";

/** Networks and tasks of the papers. */

/** c·u² */
export const quadratic = (c: number): Activation => ({
  name: `quadratic ${c}`,
  load(u, _b, out) {
    out[0] = c * u * u;
    out[1] = 2 * c * u;
    out[2] = 0;
  },
});

/** M(b)·u: a memristor that the input only reads. */
export const staticGain = (W: number, r = 0.01): Activation => ({
  name: `static ${W}`,
  load(u, b, out) {
    const M = (1 - r) * (1 - b / W) + 2 * r;
    out[0] = M * u;
    out[1] = M;
    out[2] = (-(1 - r) / W) * u;
  },
});

export const ideal: Imperfections = {
  spreadThreshold: 0,
  spreadWeight: 0,
  levels: undefined,
  writeNoise: 0,
  readNoise: 0,
  stuckOn: 0,
  stuckOff: 0,
  asymmetry: 0,
  retention: Infinity,
};

export const law = (of: Partial<WeightLaw> = {}): WeightLaw => ({
  ith: 20,
  a: Infinity,
  rate: 1,
  min: -Infinity,
  max: Infinity,
  imperfections: ideal,
  ...of,
});

const weight = (name: string, of: WeightLaw): Weight => ({ name, initial: undefined, trained: true, law: of });

/** Two inputs and a constant 1 into one neuron; the three memristors share their pulses. */
export function singleLayer({
  inputs = 2,
  activation = sigmoid,
  ith = [20, 21, 22],
  of = {} as Partial<WeightLaw>,
  bias = true,
}: Partial<{
  inputs: number;
  activation: Activation;
  ith: readonly number[];
  of: Partial<WeightLaw>;
  bias: boolean;
}> = {}): Network {
  const units = Array.from({ length: inputs + (bias ? 1 : 0) }, (_, k) => k);
  const thresholds = units.map((k) => ith[k] ?? 20 + k);
  return {
    inputs: units.slice(0, inputs).map((k) => `x${k + 1}`),
    constants: bias ? [{ name: "one", value: 1 }] : [],
    neurons: [{ name: "y", activation, bias: undefined }],
    synapses: units.map((k) => ({ name: `s${k + 1}`, from: k, to: 0, weight: k, gain: 1 })),
    weights: units.map((k) => weight(`g${k + 1}`, law({ a: 0.02, ith: thresholds[k]!, ...of }))),
    outputs: [units.length],
    chains: [units],
  };
}

/** Full layers of the given widths, the inputs first; each neuron with a bias of the kind that is asked for. */
export function layered(
  widths: readonly number[],
  activation: Activation,
  bias: "additive" | "gain" | undefined,
  of: Partial<WeightLaw> = {},
): Network {
  const weights: Weight[] = [];
  const synapses: Synapse[] = [];
  const neurons: Neuron[] = [];
  const add = (name: string) => weights.push(weight(name, law(of))) - 1;
  let before = Array.from({ length: widths[0]! }, (_, k) => k);
  for (const width of widths.slice(1)) {
    const layer = Array.from({ length: width }, () => {
      const to = neurons.length;
      for (const from of before)
        synapses.push({ name: `s${from}_${to}`, from, to, weight: add(`w${from}_${to}`), gain: 1 });
      const own = bias && { kind: bias, weight: add(`b${to}`) };
      neurons.push({ name: `n${to}`, activation, bias: own });
      return widths[0]! + to;
    });
    before = layer;
  }
  const inputs = Array.from({ length: widths[0]! }, (_, k) => `x${k + 1}`);
  return { inputs, constants: [], neurons, synapses, weights, outputs: before, chains: [] };
}

/** The rows of a gate with two inputs; `truth` is its answer to 00, 01, 10, 11. */
export function gate(truth: string, of: Partial<Dataset> = {}): Dataset {
  const bits = Math.log2(truth.length);
  const row = (answer: string, k: number) => [
    ...Array.from({ length: bits }, (_, j) => (k >> (bits - 1 - j)) & 1),
    Number(answer),
  ];
  return {
    name: truth,
    inputs: Array.from({ length: bits }, (_, j) => `x${j + 1}`),
    targets: ["y"],
    train: Float64Array.from([...truth].flatMap(row)),
    test: new Float64Array(0),
    drawn: 100,
    shared: false,
    ...of,
  };
}

export const gates = { or: "0111", and: "0001", xor: "0110" };

export const task = (network: Network, data: Dataset, of: Partial<Task> = {}): Task => ({
  name: "t",
  network,
  data,
  rule: "backprop",
  rate: 0.1,
  epochs: 1000,
  runs: 100,
  seed: 1,
  init: "glorot",
  biasInit: "zero",
  scale: 1,
  shuffle: true,
  stopBelow: undefined,
  timing: { read: 1, write: 1, gap: 0, rise: 0 },
  verify: undefined,
  pulses: "ideal",
  ...of,
});

export const slpTask = (truth: string, of: Partial<Task> = {}, network = singleLayer()): Task =>
  task(network, gate(truth), { rule: "delta", biasInit: "glorot", ...of });

/** Lets a training run to its end. */
export function finish<T>(training: Generator<number, T, "go on" | "stop">): T {
  for (;;) {
    const step = training.next("go on");
    if (step.done === true) return step.value;
  }
}

/** The errors of an epoch, counted from 1, of the realisations that have one. */
export const errorsAt = ({ error, runs }: History, epoch: number): Float64Array =>
  error.slice((epoch - 1) * runs, epoch * runs).filter((value) => !Number.isNaN(value));

/** How many realisations classify all samples of an epoch right. */
export const rightAt = ({ correct, runs }: History, epoch: number): number =>
  correct.slice((epoch - 1) * runs, epoch * runs).filter((part) => part === 1).length;
