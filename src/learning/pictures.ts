import type { Circuit, PlotStyle } from "../circuit/circuit.js";
import type { LearningPlot } from "../circuit/training/cards.js";
import type { Caption } from "../result/caption.js";
import type {
  BoundaryPicture,
  ConfusionPicture,
  LearningCurvePicture,
  LearningPicture,
  LearningSeries,
  NetworkPicture,
  WeightsPicture,
} from "../result/learning-pictures.js";
import { answersOf, classOf } from "./answers.js";
import { answering, judge } from "./evaluation.js";
import { keptWeights, type Lesson } from "./lesson.js";
import { historyColumns } from "./statistics.js";

/** The pictures that the netlist asks for; a learning curve of each training where it asks for none. */
export function learningPictures(
  { outputs, title }: Circuit,
  lessons: ReadonlyMap<string, Lesson>,
): readonly LearningPicture[] {
  if (outputs.learning.length === 0)
    return [...lessons].map(([name, lesson]) => curve([lesson], { ...plain, name: `train-${name}`, title }));
  return outputs.learning.flatMap((plot) => {
    const found = plot.trains.flatMap(({ name }) => lessons.get(name) ?? []);
    return found.length === 0 ? [] : [pictureOf(plot, found as [Lesson, ...Lesson[]], caption(plot, title))];
  });
}

function pictureOf(plot: LearningPlot, lessons: readonly [Lesson, ...Lesson[]], look: Caption): LearningPicture {
  const [lesson] = lessons;
  switch (plot.kind) {
    case "train":
      return curve(lessons, look);
    case "network":
      return network(lesson, look);
    case "confusion":
      return confusion(lesson, look);
    case "boundary":
      return boundary(lesson, plot.over, look);
    case "weights":
      return weights(lesson, look);
  }
}

const plain = { named: false, xlabel: undefined, ylabel: undefined, logx: false, logy: false };

const caption = ({ kind, trains, style }: LearningPlot, title: string): Caption => ({
  ...captionOf(style, title),
  name: style.file?.replace(/\.svg$/i, "") ?? `${kind}-${trains.map(({ name }) => name).join("-")}`,
});

const captionOf = ({ file, title, xlabel, ylabel, logx, logy }: PlotStyle, otherwise: string) => ({
  named: file !== undefined,
  title: title ?? otherwise,
  xlabel,
  ylabel,
  logx,
  logy,
});

const curve = (lessons: readonly Lesson[], look: Caption): LearningCurvePicture => ({
  kind: "learning",
  ...look,
  series: lessons.map(seriesOf),
});

function seriesOf({ card, trained }: Lesson): LearningSeries {
  const columns = historyColumns(trained);
  const of = (name: string) => columns.find((it) => it.name === name)!;
  return {
    name: card.name,
    epoch: of("epoch"),
    mean: of("error.mean"),
    median: of("error.median"),
    low: of("error.p05"),
    high: of("error.p95"),
    correct: of("correct"),
    runs: trained.runs,
    diverged: trained.diverged.reduce((sum, epoch) => sum + (epoch > 0 ? 1 : 0), 0),
  };
}

function network(lesson: Lesson, look: Caption): NetworkPicture {
  const { network: of } = lesson.placed;
  const w = keptWeights(lesson);
  const first = of.inputs.length + of.constants.length;
  return {
    kind: "network",
    ...look,
    units: [
      ...of.inputs.map((name) => ({ name, kind: "input" as const, bias: undefined })),
      ...of.constants.map(({ name }) => ({ name, kind: "constant" as const, bias: undefined })),
      ...of.neurons.map(({ name, bias }) => ({
        name,
        kind: "neuron" as const,
        bias: bias === undefined ? undefined : w[bias.weight]!,
      })),
    ],
    connections: of.synapses.map(({ from, to, weight }) => ({ from, to: first + to, weight: w[weight]! })),
  };
}

/** Of the samples that were kept back, else of those that were learned. */
function confusion(lesson: Lesson, look: Caption): ConfusionPicture {
  const { task, placed } = lesson;
  const rows = task.data.test.length > 0 ? task.data.test : task.data.train;
  const { classes, confusion: counts } = judge(placed.network, keptWeights(lesson), task.data, rows);
  return { kind: "confusion", ...look, classes, counts };
}

/** Points of the grid along each side. */
const gridPoints = 121;

/** The first output over two inputs, the others at the mean of the data. */
function boundary(lesson: Lesson, [across, up]: readonly [number, number], look: Caption): BoundaryPicture {
  const { data, network: of } = { ...lesson.task };
  const answers = answersOf(data);
  const answer = answering(of, keptWeights(lesson));
  const width = data.inputs.length + data.targets.length;
  const column = (k: number) => data.train.filter((_, place) => place % width === k);
  const [xs, ys] = [axis(column(across)), axis(column(up))];
  const inputs = data.inputs.map((_, k) => column(k).reduce((sum, value, _i, { length }) => sum + value / length, 0));
  const output = new Float64Array(xs.length * ys.length);
  for (const [row, y] of ys.entries()) {
    for (const [place, x] of xs.entries()) {
      inputs[across] = x;
      inputs[up] = y;
      output[row * xs.length + place] = answer(inputs)[0]!;
    }
  }
  const count = data.train.length / width;
  const classes = answers.kind === "largest" ? data.targets : ["0", "1"];
  const target = (k: number) => data.train.subarray(k * width + data.inputs.length, (k + 1) * width);
  return {
    kind: "boundary",
    ...look,
    x: { name: data.inputs[across]!, unit: "1", values: xs },
    y: { name: data.inputs[up]!, unit: "1", values: ys },
    output: { name: data.targets[0]!, unit: "1", values: output },
    level: answers.level,
    samples: {
      x: column(across),
      y: column(up),
      class: Int32Array.from({ length: count }, (_, k) => classOf(answers, target(k)) % classes.length),
      classes,
    },
  };
}

/** A grid over the values, a fifth of their range beyond them on both sides. */
function axis(values: Float64Array): Float64Array {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const margin = 0.2 * (high - low || 1);
  const step = (high - low + 2 * margin) / (gridPoints - 1);
  return Float64Array.from({ length: gridPoints }, (_, k) => low - margin + k * step);
}

function weights({ placed, trained }: Lesson, look: Caption): WeightsPicture {
  const all = placed.network.weights;
  const column = (k: number) => trained.weights.filter((_, place) => place % all.length === k);
  return {
    kind: "weights",
    ...look,
    weights: all.map(({ name }, k) => ({ name, unit: "1" as const, values: column(k) })),
  };
}
