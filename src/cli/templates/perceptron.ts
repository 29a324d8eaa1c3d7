import { UsageError } from "../exit-code.js";
import type { Template, TemplateOptions } from "./template.js";

type Size = Required<Pick<TemplateOptions, "inputs" | "hidden" | "outputs" | "rule">>;

export const perceptron: Template = {
  name: "perceptron",
  title: "a network of memristors that learns (--inputs, --hidden, --outputs, --rule)",
  takes: ["inputs", "hidden", "outputs", "rule"],
  text: ({ inputs = 2, hidden, outputs = 1, rule }) => {
    const layers = hidden ?? (rule === "delta" ? [] : [2]);
    if (rule === "delta" && layers.length > 0)
      throw new UsageError("The delta rule trains a single layer.", "leave out `--hidden`, or take `--rule backprop`.");
    return netlist({ inputs, hidden: layers, outputs, rule: rule ?? (layers.length > 0 ? "backprop" : "delta") });
  },
};

function netlist(size: Size): string {
  const { inputs, hidden, outputs, rule } = size;
  const widths = [inputs, ...hidden, outputs];
  const sources = Array.from({ length: inputs }, (_, k) => `V${k + 1}`);
  const weights = widths.slice(1).reduce((sum, width, k) => sum + width * (widths[k]! + 1), 0);
  const [epochs, runs] = weights < 100 ? [500, 20] : [100, 3];
  const answers = Array.from({ length: outputs }, (_, k) => `y${k + 1}`);
  return `A perceptron ${widths.join("-")} of memristors
* Every synapse and every bias is a memristor. A synapse senses the voltage at its first node and drives the current
* w*v into its second; a neuron takes the sum of these currents at 0 V and answers with phi(sum + bias) at its output.
* Training writes the weights by current pulses: a memristor moves only while the current lies in its window, between
* its threshold ith and ith + a.
.model s synapse(kind=ideal ith=20 a=1)
.model n neuron(activation=sigmoid ith=20 a=1)

* The inputs: their voltages are the data while the network learns, and what stands here afterwards.
.for k = 1 to ${inputs}
  V{k} x{k} 0 0
.endfor
${layersText(size)}
${dataText(size)}
* rate: how far a pulse moves a weight; runs: how often it is tried from new random weights; the best run is kept.
.train t rule=${rule} data=d inputs=(${sources.join(",")}) outputs=(${answers.join(",")}) rate=0.5 epochs=${epochs} runs=${runs}
.test t

.plot train t logy        ; the error, epoch by epoch
.plot network t           ; the weights that were learned
.plot confusion t

* What the trained network answers to the inputs as they stand above.
.op
.print op v(y*)
.end
`;
}

/** One loop a layer: neurons h1_1 …, then h2_1 …, and the outputs y1 …. */
function layersText({ inputs, hidden, outputs }: Size): string {
  const layers = [...hidden.map((width, k) => ({ width, name: `h${k + 1}_` })), { width: outputs, name: "y" }];
  const from = [{ width: inputs, name: "x" }, ...layers];
  return layers
    .map(({ width, name }, k) => {
      const before = from[k]!;
      const what = name === "y" ? "The outputs" : `Hidden layer ${k + 1}`;
      return `
* ${what}: ${width} neuron${width > 1 ? "s" : ""}, a synapse from each of the ${before.width} before.
.for j = 1 to ${width}
  .for i = 1 to ${before.width}
    YSYNAPSE s${name}{j}_{i} ${before.name}{i} in_${name}{j} s
  .endfor
  YNEURON n${name}{j} in_${name}{j} ${name}{j} n
.endfor
`;
    })
    .join("");
}

/** A truth table for one output; else, and where a table would be too long, a pattern of the inputs for each output. */
function dataText({ inputs, outputs, hidden }: Size): string {
  const names = Array.from({ length: inputs }, (_, k) => `x${k + 1}`).join(",");
  const own =
    '* For data of your own: .dataset d file="data.csv" inputs=(a,b) targets=(class) onehot=yes scale=minmax split=0.7';
  if (outputs === 1 && inputs <= mostTable)
    return `* What is learned: a truth table, of which each run draws 100 samples.
${own}
.dataset d gate=${hidden.length > 0 ? "xor" : "or"} inputs=(${names}) targets=(y)
`;
  const targets = Array.from({ length: outputs }, (_, k) => `y${k + 1}`).join(",");
  const rows = patterns(inputs, outputs).map((row) => `+ (${row.join(" ")})`);
  return `* What is learned: which output a pattern of the inputs stands for; each comes clean and faint.
${own}
.dataset d inputs=(${names}) targets=(${targets})
${rows.join("\n")}
`;
}

/** Gates of more inputs would draw from too many rows. */
const mostTable = 10;

/** The inputs show the number of the class as bits, over and over; class 0 is the one for which no output stands. */
function patterns(inputs: number, outputs: number): readonly (readonly number[])[] {
  const bits = Math.min(inputs, mostTable);
  const first = outputs === 1 ? 0 : 1;
  if (outputs >= 2 ** bits) {
    const most = 2 ** bits - 1;
    throw new UsageError(
      `${inputs} inputs tell at most ${most} outputs apart, not ${outputs}.`,
      "take more `--inputs`.",
    );
  }
  const classes = Array.from({ length: outputs + 1 - first }, (_, k) => k + first);
  const row = (number: number, [off, on]: readonly [number, number]) => [
    ...Array.from({ length: inputs }, (_, i) => ((number >> (i % bits)) & 1 ? on : off)),
    ...Array.from({ length: outputs }, (_, j) => (j + 1 === number ? 1 : 0)),
  ];
  return classes.flatMap((number) => [row(number, [0, 1]), row(number, [0.1, 0.8])]);
}
