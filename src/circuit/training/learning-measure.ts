import type { Span } from "../../text/source.js";
import type { Circuit, MeasureTask } from "../circuit.js";
import type { Items } from "../items.js";
import { didYouMean, nearName, written } from "../readings.js";
import { nameOf } from "../words.js";
import { isTraining, type ReadoutCard, type ReadoutMetric, type Training } from "./cards.js";

const histories = ["error.mean", "error.median", "error.p05", "error.p95", "correct", "diverged"];
/** What a training has one of, and not one an epoch. */
const costs = [
  ...["energy.read", "energy.lines", "energy.write", "time.inference", "time.pulse", "time.sample", "tries"],
  ...["crosstalk", "disturb"],
];
/** What a support vector machine has beside. */
const machine = ["vectors", "gap"];
const columns = {
  train: [...histories, ...costs],
  test: ["samples", "error", "correct"],
} as const;

/** The unit of a column of a training or of its test. */
export const unitOfColumn = (column: string): "J" | "s" | "1" =>
  column.startsWith("energy.") ? "J" : column.startsWith("time.") ? "s" : "1";

/** `find t.error.mean at=200` of a training `t`, `find t.correct` of a training's end or of its test. */
export function readLearned(
  items: Items,
  of: "train" | "test",
  analyses: Circuit["analyses"],
): MeasureTask | undefined {
  const { complaints } = items.place.elaboration;
  items.take("find");
  const item = items.next();
  if (item?.kind !== "word") {
    const message = `\`.measure ${of}\` takes a column of a training: \`.measure ${of} e find t.${columns[of][0]}\`.`;
    items.error("missing-value", message, item?.span ?? items.span);
    return undefined;
  }
  const word = nameOf(item, items.place);
  const at = of === "train" ? items.number("at") : undefined;
  const [train, column] = [word.slice(0, word.indexOf(".")), word.slice(word.indexOf(".") + 1)];
  const readout = analyses.find((it): it is ReadoutCard => it.kind === "readout" && it.name === train);
  if (readout !== undefined) return ofReadout(readout, column, at, item.span, items);
  const trains = analyses.flatMap((it) => (isTraining(it) || it.kind === "readout" ? [it.name] : []));
  if (!trains.includes(train)) {
    const help = didYouMean(nearName(train, trains)).help ?? `write \`t.${columns[of][0]}\` for a \`.train t\`.`;
    if (!complaints.failed)
      items.error("unknown-training", `\`${written(item.span)}\` is of no training.`, item.span, help);
    return undefined;
  }
  const card = analyses.filter(isTraining).find((it) => it.name === train);
  const known: readonly string[] = of === "train" && card?.rule === "svm" ? fitting(card) : columns[of];
  if (!known.includes(column)) {
    const offered = of === "test" ? columns.test : fitting(card);
    const help =
      didYouMean(nearName(column, offered)).help ?? `there are ${offered.map((it) => `\`${it}\``).join(", ")}.`;
    const message = `A ${of === "train" ? "training" : "test"} has no column \`${column}\`.`;
    items.error("unknown-column", message, item.span, help);
    return undefined;
  }
  if (card?.kind === "descent" && card.cost === "energy" && column === "correct") {
    items.error(
      "no-effect",
      `\`${train}\` has no \`correct\`: with \`cost=energy\` nothing is right or wrong.`,
      item.span,
    );
    return undefined;
  }
  const hasNone = card === undefined || !givesPulses(card);
  if (costs.includes(column) && (at !== undefined || hasNone)) {
    const message =
      at === undefined
        ? `\`${train}\` has no \`${column}\`: \`rule=${card?.rule}\` gives no pulses, and has no energy of its own.`
        : `\`${column}\` is of a training as a whole, and has no value at an epoch.`;
    items.error("no-effect", message, item.span, at === undefined ? undefined : "leave `at=` away.");
    return undefined;
  }
  return { kind: "learned", train, column, at };
}

/** The columns that tell something of a training: what is solved at once has no spread, and pulses alone have a cost. */
function fitting(card: Training | undefined): readonly string[] {
  if (card?.kind === "kernel") return ["error.mean", "correct", ...(card.rule === "svm" ? machine : [])];
  if (card?.kind === "descent" && card.cost === "energy") return histories.filter((it) => it !== "correct");
  return card === undefined || givesPulses(card) ? columns.train : histories;
}

const givesPulses = (card: Training): boolean => card.kind === "train" && card.rule !== "stochastic";

/** What a figure of a readout is called; an NMSE says what it is divided by. */
export const figureNames: Readonly<Partial<Record<ReadoutMetric["kind"], string>>> = {
  nmse: "nmse.by_variance",
  power: "nmse.by_power",
};

/** `find r.nmse.by_variance`, `find r.mc`; `find r.y.out at=2000` of a row. */
function ofReadout(
  { name, data, targets, metrics }: ReadoutCard,
  column: string,
  at: number | undefined,
  span: Span,
  items: Items,
): MeasureTask | undefined {
  const names = targets.map((place) => data.targets[place]!);
  const figures = metrics.flatMap(({ kind }) => {
    const own = figureNames[kind] ?? kind;
    const isOfAll = targets.length === 1 || ["mc", "quadratic", "parity", "phase"].includes(kind);
    return isOfAll ? [own] : names.map((target) => `${own}.${target}`);
  });
  const series = [data.inputs[0]!, ...names, ...names.map((target) => `${target}.out`)];
  const isSeries = series.includes(column);
  if (!isSeries && !figures.includes(column)) {
    const known = [...figures, ...series];
    const help = didYouMean(nearName(column, known)).help ?? `there are ${known.map((it) => `\`${it}\``).join(", ")}.`;
    items.error("unknown-column", `The readout \`${name}\` has no \`${column}\`.`, span, help);
    return undefined;
  }
  if (!isSeries && at !== undefined) {
    items.error(
      "no-effect",
      `\`${column}\` is of a readout as a whole, and has no value in a row.`,
      span,
      "leave `at=` away.",
    );
    return undefined;
  }
  // Rows are counted from 0, epochs from 1.
  return { kind: "learned", train: name, column, at: at === undefined ? undefined : at + 1 };
}
