import type { Directive, Item } from "../../syntax/ast.js";
import type { Circuit } from "../circuit.js";
import type { Environment } from "../environment.js";
import { Items } from "../items.js";
import { complainOfOption, StyleReader } from "../plot-style.js";
import { didYouMean, nearName, numberOf, written } from "../readings.js";
import { nameOf } from "../words.js";
import { isTraining, type LearningPlot, learningPlots, type Training } from "./cards.js";
import { classifies } from "./classifies.js";

/** Whether a `.plot` card asks for a picture of a training. */
export function isLearningPlot(card: Directive, place: Environment): boolean {
  const [first] = card.items;
  return first?.kind === "word" && (learningPlots as readonly string[]).includes(nameOf(first, place));
}

/** `.plot train t1 t2`, `.plot boundary t x1 x2`; without a name the only training of the netlist is meant. */
export function readLearningPlot(
  card: Directive,
  place: Environment,
  analyses: Circuit["analyses"],
): LearningPlot | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const items = new Items(card.items, place, card.span);
  const kind = items.take(...learningPlots)!;
  const style = new StyleReader(items, ["mark"]);
  const words: Word[] = [];
  const x: number[] = [];
  while (items.left > 0) {
    const numbers = kind === "accuracy" ? items.setting("x") : undefined;
    if (numbers !== undefined) x.push(...numbersOf(numbers.value, place));
    if (numbers !== undefined || style.take() || complainOfOption(items, kind === "accuracy" ? ["x"] : [])) continue;
    const item = items.next()!;
    if (item.kind === "word") words.push({ name: nameOf(item, place), span: item.span });
    else items.error("expected-name", `Expected the name of a training, found \`${written(item.span)}\`.`, item.span);
  }
  const trains = analyses.filter(isTraining);
  const found = trainsOf(kind, words, trains, items);
  if (kind === "accuracy" && x.length !== found.length && complaints.errors === before) {
    const message = `\`.plot accuracy\` needs a number for each of its trainings: ${found.length} trainings, ${x.length} numbers.`;
    items.error("missing-value", message, card.span, "write them in order: `.plot accuracy t0 t1 x=(0,0.1)`.");
  }
  const over = kind === "boundary" ? overOf(words.slice(1), found[0], items) : ([0, 1] as const);
  if (complaints.errors > before || found.length === 0 || over === undefined) return undefined;
  return { kind, trains: found, over, x, style: style.style(), span: card.span };
}

interface Word {
  readonly name: string;
  readonly span: Directive["span"];
}

/** Pictures that there are of trained blocks. */
const ofBlocks: readonly LearningPlot["kind"][] = ["train", "weights", "accuracy", "boundary"];

const numbersOf = (value: Item, place: Environment): readonly number[] =>
  (value.kind === "group" ? value.items : [value]).map((item) => numberOf(item, place, "a number"));

function trainsOf(
  kind: LearningPlot["kind"],
  words: readonly Word[],
  trains: readonly Training[],
  items: Items,
): readonly Training[] {
  const { complaints } = items.place.elaboration;
  const several = kind === "train" || kind === "accuracy";
  const named = several ? words : words.slice(0, 1);
  const only = named.length === 0 && trains.length === 1 ? trains[0] : undefined;
  if (only !== undefined) return hasPicture(only, kind, items.span, items) ? [only] : [];
  if (named.length === 0 && !complaints.failed) {
    const message = `\`.plot ${kind}\` needs the name of a training: \`.plot ${kind} ${trains[0]?.name ?? "t"}\`.`;
    items.error("missing-name", message, items.span);
  }
  for (const { span } of several || kind === "boundary" ? [] : words.slice(1))
    items.error("text-behind-card", `\`.plot ${kind}\` draws one training: this is one too many.`, span);
  return named.flatMap(({ name, span }) => {
    const train = trains.find((it) => it.name === name);
    if (train !== undefined) return hasPicture(train, kind, span, items) ? [train] : [];
    const help = didYouMean(
      nearName(
        name,
        trains.map((it) => it.name),
      ),
    ).help;
    if (!complaints.failed) items.error("unknown-training", `There is no \`.train ${name}\`.`, span, help);
    return [];
  });
}

/** Whether there is such a picture of a training; complains where there is none. */
function hasPicture(train: Training, kind: LearningPlot["kind"], span: Directive["span"], items: Items): boolean {
  if ((kind === "accuracy" || kind === "confusion") && !classifies(train)) {
    const message = `\`${train.name}\` learns numbers, not classes: none of its answers is right or wrong.`;
    items.error(
      "no-picture",
      message,
      span,
      `its error tells how near they come: \`.measure train e find ${train.name}.error.mean\`.`,
    );
    return false;
  }
  if (train.kind === "channel" && kind !== "train" && kind !== "accuracy") {
    const message = `\`${train.name}\` trains a channel, of which there is no picture \`${kind}\`.`;
    items.error("no-picture", message, span, "there is `.plot train`, `.plot accuracy`.");
    return false;
  }
  if (train.kind === "kernel" && kind !== "boundary" && kind !== "accuracy") {
    const message = `\`${train.name}\` learns by a kernel, in one go, of which there is no picture \`${kind}\`.`;
    items.error("no-picture", message, span, "there is `.plot boundary`, `.plot accuracy`.");
    return false;
  }
  if (train.kind === "channel" || train.kind === "kernel") return true;
  if (train.kind === "train" || (ofBlocks.includes(kind) && (kind !== "boundary" || train.cost === "mse"))) return true;
  const list = ofBlocks.filter((it) => it !== "boundary" || train.cost === "mse").map((it) => `\`.plot ${it}\``);
  const message = `\`${train.name}\` trains a quantum block, of which there is no picture \`${kind}\`.`;
  items.error("no-picture", message, span, `there is ${list.join(", ")}.`);
  return false;
}

/** The two inputs of a boundary, by the names of the data's columns; the first two where none are named. */
function overOf(
  words: readonly Word[],
  train: Training | undefined,
  items: Items,
): readonly [number, number] | undefined {
  if (train?.data === undefined) return undefined;
  const { data } = train;
  const { inputs } = data;
  if (inputs.length < 2 || (words.length !== 2 && words.length !== 0)) {
    const found = inputs.length < 2 ? `\`${data.name}\` has one` : `found ${words.length}`;
    items.error("missing-name", `A boundary is drawn over two inputs, ${found}.`, items.span);
    return undefined;
  }
  const places = words.map(({ name, span }) => {
    const k = inputs.indexOf(name);
    if (k < 0) {
      const help = didYouMean(nearName(name, inputs)).help ?? `it has ${inputs.map((it) => `\`${it}\``).join(", ")}.`;
      items.error("unknown-input", `\`${data.name}\` has no input \`${name}\`.`, span, help);
    }
    return k;
  });
  return places.length === 0 ? [0, 1] : (places as [number, number]);
}
