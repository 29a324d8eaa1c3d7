// node test/speed/perceptron.mjs slp|mlp runs epochs [or|and|xor]: the trainings of perceptron.py by this library, from
// its build. Prints one JSON line: CPU seconds of the training and of the whole process, and the mean error at the end.
import { hpDifferential, sigmoid } from "../../dist/src/devices/perceptrons/activations.js";
import { trainIdeal } from "../../dist/src/learning/ideal.js";

const [kind, runs, epochs, gate = "or"] = process.argv.slice(2);
const truth = { or: "0111", and: "0001", xor: "0110" }[gate];

const imperfections = {
  spreadThreshold: 0,
  spreadWeight: 0,
  levels: undefined,
  writeNoise: 0,
  readNoise: 0,
  stuckOn: 0,
  stuckOff: 0,
  asymmetry: 0,
  retention: Number.POSITIVE_INFINITY,
};
const weight = (name, law) => ({
  name,
  initial: undefined,
  trained: true,
  law: { rate: 1, imperfections, min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, ...law },
});
const synapse = (from, to, index) => ({ name: `s${index}`, from, to, weight: index, gain: 1 });
const inputs = ["x1", "x2"];

/** Three weights in a chain, with the thresholds and the window of the paper. */
const slp = {
  inputs,
  constants: [{ name: "one", value: 1 }],
  neurons: [{ name: "y", activation: sigmoid, bias: undefined }],
  synapses: [0, 1, 2].map((k) => synapse(k, 0, k)),
  weights: [20, 21, 22].map((ith) => weight(`g${ith}`, { ith, a: 0.02 })),
  outputs: [3],
  chains: [[0, 1, 2]],
};

const node = (name, bias) => ({ name, activation: differential, bias: { kind: "additive", weight: bias } });
const differential = hpDifferential(4);
const mlp = {
  inputs,
  constants: [],
  neurons: [node("h1", 6), node("h2", 7), node("y", 8)],
  synapses: [
    synapse(0, 0, 0),
    synapse(1, 0, 1),
    synapse(0, 1, 2),
    synapse(1, 1, 3),
    synapse(2, 2, 4),
    synapse(3, 2, 5),
  ],
  weights: Array.from({ length: 9 }, (_, k) => weight(`w${k}`, { ith: 20, a: 10, min: -4, max: 4 })),
  outputs: [4],
  chains: [],
};

const task = {
  name: kind,
  network: kind === "slp" ? slp : mlp,
  data: {
    name: gate,
    inputs,
    targets: ["y"],
    train: Float64Array.from([...truth].flatMap((answer, k) => [k >> 1, k & 1, Number(answer)])),
    test: new Float64Array(0),
    drawn: 100,
    shared: false,
  },
  rule: kind === "slp" ? "delta" : "backprop",
  rate: kind === "mlp" && gate === "xor" ? 0.01 : 0.1,
  epochs: Number(epochs),
  runs: Number(runs),
  seed: 1,
  init: "glorot",
  biasInit: kind === "slp" ? "glorot" : "zero",
  shuffle: true,
  stopBelow: undefined,
  timing: { read: 1, write: 1, gap: 0 },
};

const seconds = (usage) => (usage.user + usage.system) / 1e6;
const begin = process.cpuUsage();
const training = trainIdeal(task);
let step = training.next("go on");
while (!step.done) step = training.next("go on");
const cpu = seconds(process.cpuUsage(begin));
const last = step.value.error.slice(-Number(runs));
const error = last.reduce((sum, value) => sum + value, 0) / last.length;
console.log(JSON.stringify({ cpu, process: seconds(process.cpuUsage()), error }));
