import type { Circuit, MeasureTask } from "../circuit.js";
import type { Items } from "../items.js";
import { didYouMean, nearName, written } from "../readings.js";
import { nameOf } from "../words.js";
import { isTraining } from "./cards.js";

const histories = ["error.mean", "error.median", "error.p05", "error.p95", "correct", "diverged"];
/** What a training has one of, and not one an epoch. */
const costs = [
  ...["energy.read", "energy.lines", "energy.write", "time.inference", "time.pulse", "time.sample", "tries"],
  ...["crosstalk", "disturb"],
];
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
  const trains = analyses.filter(isTraining).map(({ name }) => name);
  if (!trains.includes(train)) {
    const help = didYouMean(nearName(train, trains)).help ?? `write \`t.${columns[of][0]}\` for a \`.train t\`.`;
    if (!complaints.failed)
      items.error("unknown-training", `\`${written(item.span)}\` is of no training.`, item.span, help);
    return undefined;
  }
  if (!(columns[of] as readonly string[]).includes(column)) {
    const help =
      didYouMean(nearName(column, columns[of])).help ?? `there are ${columns[of].map((it) => `\`${it}\``).join(", ")}.`;
    items.error(
      "unknown-column",
      `A ${of === "train" ? "training" : "test"} has no column \`${column}\`.`,
      item.span,
      help,
    );
    return undefined;
  }
  const card = analyses.filter(isTraining).find((it) => it.name === train);
  if (card?.kind === "descent" && card.cost === "energy" && column === "correct") {
    items.error(
      "no-effect",
      `\`${train}\` has no \`correct\`: with \`cost=energy\` nothing is right or wrong.`,
      item.span,
    );
    return undefined;
  }
  const hasNone = card?.rule === "stochastic" || card?.kind === "descent" || card?.kind === "channel";
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
