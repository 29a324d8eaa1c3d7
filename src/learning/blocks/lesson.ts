import { levelsTooFew } from "../../analysis/quantum/full-levels.js";
import type { Circuit } from "../../circuit/circuit.js";
import { settled } from "../../circuit/quantum/numbers.js";
import type { BlockTrainCard } from "../../circuit/training/cards.js";
import { modelOf } from "../../equations/quantum/block-model.js";
import { LevelsModel } from "../../equations/quantum/levels-model.js";
import type { Column, Result } from "../../result/result.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { answersOf, classOf } from "../answers.js";
import { divergedOf } from "../findings.js";
import { byRun, historyResult, testResultOf } from "../history-result.js";
import type { Dataset } from "../task.js";
import type { Descended, Descent } from "./descend.js";

/** A training of a block that has run. */
export interface BlockLesson {
  readonly card: BlockTrainCard;
  readonly task: Descent;
  readonly trained: Descended;
  /** The realisation whose weights the block has, from 0. */
  readonly kept: number;
  readonly names: readonly string[];
  /** What it learned; without rows where it learned none. */
  readonly data: Dataset;
  /** The answers of the kept weights. */
  answer(inputs: ArrayLike<number>): Float64Array;
}

export const isOfBlock = (lesson: object): lesson is BlockLesson => "names" in lesson;

export function blockLesson(task: Descent, trained: Descended, kept: number): BlockLesson {
  const { card, block, data, weights } = task;
  const names = weights.map((place) => block.numbers[place]!.name);
  const lesson = { card, task, trained, kept, names, data: data ?? nothing };
  return { ...lesson, answer: answering(lesson) };
}

const nothing: Dataset = {
  name: "",
  inputs: [],
  targets: [],
  train: new Float64Array(0),
  test: new Float64Array(0),
  drawn: undefined,
  shared: false,
};

/** The block's numbers with the kept weights. */
function keptNumbers({ task, trained, kept }: Pick<BlockLesson, "task" | "trained" | "kept">): Float64Array {
  const numbers = Float64Array.from(task.block.numbers, ({ value }) => value);
  for (const [k, place] of task.weights.entries()) numbers[place] = trained.weights[kept * task.weights.length + k]!;
  return numbers;
}

/** What comes of a training: its result, and the circuit whose block has the kept weights. */
export const blockLearned = (circuit: Circuit, lesson: BlockLesson) => ({
  circuit: withKept(circuit, lesson),
  result: blockResult(lesson, circuit.title),
  diagnostics: findings(lesson),
});

/** The circuit whose block has the kept weights. */
function withKept(circuit: Circuit, lesson: BlockLesson): Circuit {
  const { block } = lesson.card;
  return { ...circuit, blocks: circuit.blocks.with(block, settled(circuit.blocks[block]!, keptNumbers(lesson))) };
}

function answering(lesson: Pick<BlockLesson, "card" | "task" | "trained" | "kept">): BlockLesson["answer"] {
  const model = modelOf(lesson.task.block, lesson.card.observables);
  const watched = lesson.card.observables.map((it) => model.watched(it));
  const numbers = keptNumbers(lesson);
  return (inputs) => {
    for (const [k, place] of lesson.card.features.entries()) numbers[place] = inputs[k]!;
    model.run(numbers);
    return Float64Array.from(watched, (it) => model.mean(it));
  };
}

/** What is worth a word after a training: starts that diverged, levels that its samples fill to the top with the kept weights. */
const findings = (lesson: BlockLesson): readonly Diagnostic[] => [
  ...divergedOf(
    lesson.card,
    lesson.trained,
    "take a smaller `rate`, and look for data or amounts of gates that are too large.",
  ),
  ...fullLevels(lesson),
];

function fullLevels(lesson: BlockLesson): readonly Diagnostic[] {
  const { card, task, data } = lesson;
  const model = modelOf(task.block, card.observables);
  if (!(model instanceof LevelsModel)) return [];
  const width = data.inputs.length + data.targets.length;
  const most = new Float64Array(task.block.systems.length);
  const numbers = keptNumbers(lesson);
  for (let at = 0; at < Math.max(1, data.train.length); at += Math.max(1, width)) {
    for (const [k, place] of card.features.entries()) numbers[place] = data.train[at + k]!;
    model.run(numbers);
    for (let system = 0; system < most.length; system++) most[system] = Math.max(most[system]!, model.top(system));
  }
  return levelsTooFew(task.block, card.span, (system) => most[system]!);
}

/** The history, and beside it the weights at the end, a row a realisation with the error of its last epoch, that of the weights before its step. */
function blockResult({ card, task, trained, names, kept }: BlockLesson, title: string): Omit<Result, "card"> {
  const { runs, weights, epochs } = trained;
  const head = historyResult(card.name, title, trained);
  const weight = (run: number, k: number): number => weights[run * names.length + k]!;
  const tellsClasses = card.cost !== "energy";
  return {
    ...head,
    columns: head.columns.filter(({ name }) => tellsClasses || name !== "correct"),
    statistics: {
      ...noCost,
      method: `${card.optimizer}, slopes by ${task.block.thermal === undefined ? card.slopes : "eigenvectors"}`,
      points: epochs,
      kept: kept + 1,
    },
    tables: [
      {
        name: "weights",
        columns: [
          byRun(runs, "run", (run) => run + 1),
          byRun(runs, "error", (run) => trained.error.at(run - runs) ?? Number.NaN),
          ...(tellsClasses ? [byRun(runs, "correct", (run) => trained.correct.at(run - runs) ?? Number.NaN)] : []),
          ...names.map((name, k) => byRun(runs, name, (run) => weight(run, k))),
        ],
      },
      ...(card.save === undefined
        ? []
        : [{ name: "kept", file: card.save, columns: names.map((name, k) => column(name, [weight(kept, k)])) }]),
    ],
  };
}

/** What the kept weights make of samples: those that the training kept back, or the card's own. */
export function blockTest(
  lesson: Pick<BlockLesson, "answer"> & { readonly card: { readonly name: string } },
  data: Dataset,
  isOther: boolean,
  title: string,
): Omit<Result, "card"> {
  const rows = !isOther && data.test.length > 0 ? data.test : data.train;
  const width = data.inputs.length + data.targets.length;
  const samples = rows.length / width;
  const answers = answersOf(data);
  let [error, right] = [0, 0];
  for (let at = 0; at < rows.length; at += width) {
    const said = lesson.answer(rows.subarray(at, at + data.inputs.length));
    const wanted = rows.subarray(at + data.inputs.length, at + width);
    for (let k = 0; k < wanted.length; k++) error += (said[k]! - wanted[k]!) ** 2 / (samples * wanted.length);
    if (classOf(answers, said) === classOf(answers, wanted)) right++;
  }
  return testResultOf(lesson.card.name, title, { samples, error, right });
}

const noCost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };

const column = (name: string, values: readonly number[]): Column => ({
  name,
  unit: "1",
  values: Float64Array.from(values),
});
