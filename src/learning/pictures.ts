import type { Circuit } from "../circuit/circuit.js";
import type { LearningPlot } from "../circuit/training/cards.js";
import { classifies } from "../circuit/training/classifies.js";
import { spreadOf } from "../numerics/spread.js";
import { type Caption, captionOf } from "../result/caption.js";
import type {
  ConfusionPicture,
  LearningCurvePicture,
  LearningPicture,
  LearningSeries,
  NetworkPicture,
  ParameterPicture,
  WeightsPicture,
} from "../result/learning-pictures.js";
import { type BlockLesson, isOfBlock } from "./blocks/lesson.js";
import { boundary } from "./boundary-picture.js";
import type { ChannelLesson } from "./channel-training.js";
import { answering, judge } from "./evaluation.js";
import { isOfKernel, type KernelLesson } from "./kernels/kernel-lesson.js";
import { firstNeuron } from "./layers.js";
import { keptWeights, type Lesson, readWeights } from "./lesson.js";
import type { Network } from "./network.js";
import { historyColumns } from "./statistics.js";

/** The pictures that the netlist asks for; a learning curve of each training where it asks for none. */
export function learningPictures(
  { outputs, title }: Circuit,
  lessons: ReadonlyMap<string, AnyLesson>,
  channels: ReadonlyMap<string, ChannelLesson>,
  kernels: ReadonlyMap<string, KernelLesson>,
): readonly LearningPicture[] {
  if (outputs.learning.length === 0)
    return [...new Map<string, Taught>([...lessons, ...channels])]
      .filter(([, { trained }]) => trained.epochs > 1)
      .map(([name, lesson]) => curve([lesson], { ...captionOf({}, `train-${name}`, title), byDefault: true }));
  return outputs.learning.flatMap((plot) => {
    if (plot.kind === "train" || plot.kind === "accuracy") {
      const taught = plot.trains.flatMap(
        ({ name }) => lessons.get(name) ?? channels.get(name) ?? kernels.get(name) ?? [],
      );
      const look = caption(plot, title);
      if (taught.length === 0) return [];
      return [plot.kind === "train" ? curve(taught, look) : accuracy(taught, plot.x, look)];
    }
    const found = plot.trains.flatMap(({ name }) => lessons.get(name) ?? kernels.get(name) ?? []);
    return found.length === 0
      ? []
      : [pictureOf({ ...plot, kind: plot.kind }, found as [AnyLesson, ...AnyLesson[]], caption(plot, title))];
  });
}

type AnyLesson = Lesson | BlockLesson | KernelLesson;

/** Whatever was trained, it has a curve. */
type Taught = AnyLesson | ChannelLesson;

function pictureOf(
  plot: LearningPlot & { readonly kind: Exclude<LearningPlot["kind"], "train" | "accuracy"> },
  lessons: readonly [AnyLesson, ...AnyLesson[]],
  look: Caption,
): LearningPicture {
  const [lesson] = lessons;
  if (isOfKernel(lesson)) return boundary(lesson, plot.over, look);
  if (isOfBlock(lesson)) return plot.kind === "weights" ? weights(lesson, look) : boundary(lesson, plot.over, look);
  switch (plot.kind) {
    case "network":
      return network(lesson, look);
    case "confusion":
      return confusion(lesson, look);
    case "boundary":
      return boundary(learnedBy(lesson), plot.over, look);
    case "weights":
      return weights({ names: lesson.placed.network.weights.map(({ name }) => name), trained: lesson.trained }, look);
  }
}

const learnedBy = (lesson: Lesson) => ({
  data: lesson.task.data,
  answer: answering(lesson.task.network, readWeights(lesson)),
});

const caption = ({ kind, trains, style }: LearningPlot, title: string): Caption =>
  captionOf(style, `${kind}-${trains.map(({ name }) => name).join("-")}`, title);

const curve = (lessons: readonly Taught[], look: Caption): LearningCurvePicture => ({
  kind: "learning",
  ...look,
  series: lessons.map(seriesOf),
});

function seriesOf({ card, trained }: Taught): LearningSeries {
  const columns = historyColumns(trained);
  const of = (name: string) => columns.find((it) => it.name === name)!;
  return {
    name: card.name,
    epoch: columns[0]!,
    mean: of("error.mean"),
    median: of("error.median"),
    low: of("error.p05"),
    high: of("error.p95"),
    correct: classifies(card) && of("correct").values.some(Number.isFinite) ? of("correct") : undefined,
    runs: trained.runs,
    diverged: trained.diverged.reduce((sum, epoch) => sum + (epoch > 0 ? 1 : 0), 0),
  };
}

/** The share classified right in the last epoch, over the realisations of each training. */
function accuracy(lessons: readonly Taught[], x: readonly number[], look: Caption): ParameterPicture {
  const spreads = lessons.map(({ trained: { correct, epochs, runs } }) =>
    spreadOf(correct.slice((epochs - 1) * runs, epochs * runs)),
  );
  const first = lessons[0]!.trained.runs;
  const column = (name: string, values: readonly number[]) => ({
    name,
    unit: "1" as const,
    values: Float64Array.from(values),
  });
  const series = {
    name: "correct",
    parameter: column(look.xlabel ?? "parameter", x),
    mean: column(
      "correct.mean",
      spreads.map(({ mean }) => mean),
    ),
    median: undefined,
    low: column(
      "correct.p05",
      spreads.map(({ p05 }) => p05),
    ),
    high: column(
      "correct.p95",
      spreads.map(({ p95 }) => p95),
    ),
    runs: lessons.every(({ trained: { runs } }) => runs === first) ? first : undefined,
  };
  const ylabel = look.ylabel ?? "Share classified right";
  return { kind: "parameter", ...look, ylabel, bounds: [0, 1], series: [series] };
}

function network(lesson: Lesson, look: Caption): NetworkPicture {
  const { network: of } = lesson.placed;
  const w = keptWeights(lesson);
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
    connections: connectionsOf(of, w),
  };
}

/** The two memristors of a pair are one connection, of their difference. */
function connectionsOf(network: Network, w: Float64Array): NetworkPicture["connections"] {
  const first = firstNeuron(network);
  const found = new Map<string, NetworkPicture["connections"][number]>();
  for (const { name, from, to, weight, gain } of network.synapses) {
    const isHalf = network.weights[weight]!.conductance !== undefined;
    const own = isHalf ? Math.sign(gain) * w[weight]! : w[weight]!;
    const key = isHalf ? `${name} ${from} ${to}` : `${weight}`;
    found.set(key, { from, to: first + to, weight: own + (found.get(key)?.weight ?? 0) });
  }
  return [...found.values()];
}

/** Of the samples that were kept back, else of those that were learned. */
function confusion(lesson: Lesson, look: Caption): ConfusionPicture {
  const { task, placed } = lesson;
  const rows = task.data.test.length > 0 ? task.data.test : task.data.train;
  const { classes, confusion: counts } = judge(placed.network, readWeights(lesson), task.data, rows);
  return { kind: "confusion", ...look, classes, counts };
}

function weights(
  { names, trained }: { readonly names: readonly string[]; readonly trained: { readonly weights: Float64Array } },
  look: Caption,
): WeightsPicture {
  const column = (k: number) => trained.weights.filter((_, place) => place % names.length === k);
  return {
    kind: "weights",
    ...look,
    weights: names.map((name, k) => ({ name, unit: "1" as const, values: column(k) })),
  };
}
