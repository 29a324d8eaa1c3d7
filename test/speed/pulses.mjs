// node test/speed/pulses.mjs [--quick]: pulses per second of trainings with `pulses=circuit`, in cold processes with one
// thread, by CPU seconds of the whole process: reading, solving each sample and drawing up the result included. Beside it
// the largest difference of a weight from the closed form's. Needs a build.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const chain = `V1 x1 0 0
V2 x2 0 0
.model s synapse(a=0.02)
.model n neuron(activation=sigmoid ith=22 a=0.02)
YSYNAPSE s1 x1 in s ith=20 prog=(p,m1)
YSYNAPSE s2 x2 in s ith=21 prog=(m1,m2)
YNEURON y1 in y n prog=(m2,0)
.dataset d gate=and`;
const apart = chain.replace(/ prog=\(\w+,\w+\)/g, "");
const perceptron = `V1 x1 0 0
V2 x2 0 0
.model m perceptron(ith=20 spacing=1 a=0.02)
YPERCEPTRON p1 (x1,x2) y m
.dataset d gate=and`;
const layers = (activation, range) => `V1 x1 0 0
V2 x2 0 0
.model s synapse(a=10 wmin=-${range} wmax=${range})
.model n neuron(activation=${activation} w=${range} a=10 wmin=-${range} wmax=${range})
.for j = 1 to 2
  .for i = 1 to 2
    YSYNAPSE s{j}_{i} x{i} h{j}in s
  .endfor
  YNEURON h{j} h{j}in h{j} n
  YSYNAPSE o{j} h{j} yin s
.endfor
YNEURON y yin y n
.dataset d gate=xor`;

const decks = [
  ["single layer, three thresholds in a chain", chain, "rule=delta rate=0.1"],
  ["single layer, private ports", apart, "rule=delta rate=0.1"],
  ["one memristor with all states", perceptron, "rule=delta rate=0.1"],
  ["2-2-1, differential films", layers("hp_differential", 4), "rule=backprop rate=0.01"],
  ["2-2-1, films", layers("hp", 6), "rule=backprop rate=0.1"],
];

/** A training, in this process. */
async function train(text) {
  const { simulate } = await import("../../dist/src/index.js");
  const { results } = await simulate(text, { pictures: false });
  const { user, system } = process.cpuUsage();
  const [, ...weights] = results[0].tables[0].columns.map(({ values }) => [...values]);
  return { cpu: (user + system) / 1e6, statistics: results[0].statistics, weights: weights.flat() };
}

/** The same in a process of its own. */
const cold = (text) =>
  JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), "--one"], { input: text, encoding: "utf8" }),
  );

if (process.argv.includes("--one")) {
  let text = "";
  for await (const piece of process.stdin) text += piece;
  console.log(JSON.stringify(await train(text)));
} else {
  const [epochs, repeats] = process.argv.includes("--quick") ? [25, 1] : [400, 5];
  console.log(
    "| training | pulses | CPU | pulses a second | Newton iterations a pulse | from the closed form after 20 epochs |",
  );
  console.log("|---|---|---|---|---|---|");
  for (const [name, elements, card] of decks) {
    const deck = (pulses, count) => `bench
${elements}
.train t ${card} data=d inputs=(V1,V2) outputs=(y) epochs=${count} runs=2 pulses=${pulses}
`;
    const found = Array.from({ length: repeats }, () => cold(deck("circuit", epochs)));
    const { cpu, statistics } = found.toSorted((a, b) => a.cpu - b.cpu)[repeats >> 1];
    const [ideal, circuit] = ["ideal", "circuit"].map((pulses) => cold(deck(pulses, 20)).weights);
    const difference = Math.max(...ideal.map((w, k) => Math.abs(w - circuit[k])));
    const { pulses, iterations } = statistics;
    const cells = [pulses, `${cpu.toFixed(2)} s`, Math.round(pulses / cpu), (iterations / pulses).toFixed(1)];
    console.log(`| ${name} | ${cells.join(" | ")} | ${difference.toExponential(1)} |`);
  }
}
