import type { ComplexEntries } from "../circuit/channels/card.js";
import type { Circuit } from "../circuit/circuit.js";
import type { ChannelTrainCard } from "../circuit/training/cards.js";
import type { Columns } from "../numerics/linear/columns.js";
import type { Column, Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { ChannelLesson } from "./channel-training.js";
import { byRun, historyResult } from "./history-result.js";

/** A training of channels as a result: its history, where each realisation came to, and the operators that are kept. */
export function channelResult(lesson: ChannelLesson, title: string): Omit<Result, "card"> {
  const { card, trained, points, evaluations, products, wrong } = lesson;
  const { epochs, runs, error, correct } = trained;
  return {
    ...historyResult(card.name, title, trained),
    statistics: {
      steps: (epochs - 1) * runs,
      rejected: 0,
      iterations: 0,
      factorizations: 0,
      method: `${card.rule}, ${card.step}, ${card.retraction}`,
      evaluations,
      ...(products > 0 && { products }),
      wrong,
      points: epochs,
      kept: lesson.kept + 1,
    },
    tables: [
      {
        name: "weights",
        columns: [
          byRun(runs, "run", (run) => run + 1),
          { name: "error", unit: "1", values: error.slice((epochs - 1) * runs) },
          { name: "correct", unit: "1", values: correct.slice((epochs - 1) * runs) },
        ],
      },
      ...lesson.names.map((name, part) => ({
        name: `channel.${name}`,
        columns: operatorColumns(operatorsOf(points[part]!, lesson.outputs[part]!)),
        ...(card.save !== undefined && { file: card.save }),
      })),
    ],
  };
}

/** The kept channels stand in the circuit as what they were trained to be. */
export function withTrained(circuit: Circuit, { channels, points }: ChannelLesson): Circuit {
  const all = [...circuit.channels];
  for (const [part, place] of channels.entries()) {
    const card = all[place]!;
    const operators = operatorsOf(points[part]!, card.output);
    all[place] = { ...card, count: operators.length, definition: { kind: "kraus", operators } };
  }
  return { ...circuit, channels: all };
}

/** A kept run that may answer a row wrong more often than this has not learned its table. */
const learnedBelow = 0.01;

/** What is worth a word after a training. */
export const channelFindings = (lesson: ChannelLesson): readonly Diagnostic[] => [
  ...notLearned(lesson),
  ...notResumable(lesson),
];

function notResumable({ card, trained, resumable }: ChannelLesson): readonly Diagnostic[] {
  if (!trained.stopped || resumable) return [];
  const message = `\`${card.name}\` was stopped, and no checkpoint is kept of it: its ${trained.runs} realisations are more than a file of text is given to.`;
  const help = "`--resume` begins it anew; ask for fewer `runs` to take it up.";
  return [{ severity: "warning", code: "no-checkpoint", message, span: card.span, help }];
}

/** How many realisations are not right, and whether the kept one got there. */
function notLearned({ card, trained, points, kept, wrong }: ChannelLesson): readonly Diagnostic[] {
  const { runs, epochs, error, correct, stopped } = trained;
  const iterations = epochs - 1;
  const failed = correct.subarray(iterations * runs).filter((right) => right < 1).length;
  const end = error[iterations * runs + kept]!;
  const isFar = wrong > learnedBelow && !stopped && !(card.stopBelow !== undefined && end < card.stopBelow);
  if (failed === 0 && !isFar) return [];
  const parts = [
    ...(isFar
      ? [
          `The kept run of \`${card.name}\` did not get there: after ${iterations} iterations it gives a wrong answer with a probability of up to ${percent(wrong)}.`,
        ]
      : []),
    ...(failed > 0
      ? [
          `${failed} of ${runs} realisations of \`${card.name}\` do not answer all of the truth table right after ${iterations} iterations.`,
        ]
      : []),
  ];
  const other = points.length > 1 && failed > 0 ? wayOut(card, error.subarray(iterations * runs)) : undefined;
  const help = other ?? (isFar ? goOn(error[Math.floor(iterations / 2) * runs + kept]!, end) : undefined);
  return [
    {
      severity: "note",
      code: "not-learned",
      message: parts.join(" "),
      span: card.span,
      ...(help !== undefined && { help }),
    },
  ];
}

/** What can be done where a run did not get there, by what it cost half of the way and costs now. */
const goOn = (before: number, now: number): string =>
  now > 0.99 * before
    ? "its error no longer falls: the table is probably out of reach of these channels, or the run is stuck; give them more operators or levels, or try more `runs` with `keep=best`."
    : "its error still falls: ask for more `iterations`, or try `step=warm`.";

/** The other cost, where a network stays by this one. */
function wayOut({ cost, truth }: ChannelTrainCard, ends: Float64Array): string | undefined {
  if (cost === "linear")
    return "a network can stay where it gives the commonest answer whatever the rarer ones depend on; `cost=square` goes on there.";
  // Channels that answer ½ to all rows, at ¼ a row, leave each other next to no slope of Σ q².
  const deaf = ends.filter((end) => Math.abs(end / truth.length - 0.25) < 1e-3).length;
  return deaf === 0
    ? undefined
    : `${deaf} cost ¼ a row, as a network does that answers ½ to all: \`cost=linear\` finds a way from there.`;
}

/** Entry (i, k) of a point, whose rows are those of an output behind each other, is ⟨o|K_a|k⟩ with i = o·r + a. */
function operatorsOf({ rows, count, re, im }: Columns, output: number): readonly ComplexEntries[] {
  const kraus = rows / output;
  const places = Array.from({ length: output * count }, (_, k) => (k % count) * rows + Math.floor(k / count) * kraus);
  return Array.from({ length: kraus }, (_, a) => ({
    rows: output,
    columns: count,
    re: places.map((at) => re[at + a]!),
    im: places.map((at) => im[at + a]!),
  }));
}

/** Operators below each other, real and imaginary parts in turn, as `.channel … kraus="file"` reads them. */
function operatorColumns(operators: readonly ComplexEntries[]): readonly Column[] {
  return Array.from({ length: operators[0]!.columns }, (_, k) => {
    const part = (of: "re" | "im"): number[] =>
      operators.flatMap((operator) => operator[of].filter((_, place) => place % operator.columns === k));
    return [column(`re${k}`, part("re")), column(`im${k}`, part("im"))];
  }).flat();
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

const column = (name: string, values: readonly number[]): Column => ({
  name,
  unit: "1",
  values: Float64Array.from(values),
});
