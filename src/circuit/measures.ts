import { resolve } from "../expressions/resolve.js";
import type { Directive, Expression, Item } from "../syntax/ast.js";
import { readChannelMeasure } from "./channels/channel-measure.js";
import type { AssertCard, Circuit, MeasureCard, MeasureTask } from "./circuit.js";
import type { Placed } from "./expand.js";
import { readHarmonic } from "./four-card.js";
import { Items } from "./items.js";
import { loopMeasures, readLoop } from "./loop-measure.js";
import { readEvent, readMark } from "./measure-events.js";
import { type Known, MeasureScope } from "./measure-scope.js";
import { axisUnit, unitOfTask } from "./measure-units.js";
import { signalsOfTask } from "./measured-signals.js";
import { checkReal } from "./phasor-calls.js";
import { numberOf, written } from "./readings.js";
import { takeKind } from "./result-kind.js";
import { unitBy } from "./signal-units.js";
import { oneSignal, spreadItem } from "./signals.js";
import { readSwitching, switchingMeasures } from "./switching-measure.js";
import { readLearned } from "./training/learning-measure.js";
import { complainOfTask } from "./unknown-measure.js";
import { nameOf, quotedText } from "./words.js";

const statistics = ["avg", "rms", "min", "max", "pp", "integ", "min_at", "max_at"] as const;
const statisticAliases: Readonly<Record<string, (typeof statistics)[number]>> = { integral: "integ", average: "avg" };
const tasks = [
  ...statistics,
  ..."integral average find deriv derivative when trig thd harmonic param".split(" "),
  ...loopMeasures,
  ...switchingMeasures,
];

/** `.measure` and `.assert`, in the order in which they stand: each may speak of the measures before it. */
export function readMeasures(
  cards: readonly Placed<Directive>[],
  analyses: Circuit["analyses"],
): {
  readonly measures: readonly MeasureCard[];
  readonly asserts: readonly AssertCard[];
} {
  const known: Known = new Map();
  const measures = cards
    .filter(({ card }) => card.name === ".measure")
    .flatMap(spreadMeasure)
    .flatMap((it) => readMeasure(it, known, analyses) ?? []);
  const asserts = cards.filter(({ card }) => card.name === ".assert").flatMap((it) => readAssert(it, known) ?? []);
  return { measures, asserts };
}

/** A measure with a wildcard is one for each name that matches, which stands behind its own: `top` of `v(c*)` is `top_c1` … */
function spreadMeasure({ card, place }: Placed<Directive>): readonly (Placed<Directive> & { match?: string })[] {
  for (const [k, item] of card.items.entries()) {
    const all = spreadItem(item, place);
    if (all === undefined) continue;
    return all.map((one) => ({ card: { ...card, items: card.items.with(k, one.item) }, place, match: one.match }));
  }
  return [{ card, place }];
}

function readMeasure(
  { card, place, match }: Placed<Directive> & { match?: string },
  known: Known,
  analyses: Circuit["analyses"],
): MeasureCard | undefined {
  const items = new Items(card.items, place, card.span);
  const { errors } = place.elaboration.complaints;
  const learned = items.take("train", "test");
  const analysis = learned ?? items.take("channel") ?? takeKind(items) ?? "tran";
  if (place.elaboration.complaints.errors > errors) return undefined;
  const item = items.next();
  if (item?.kind !== "word") {
    items.error("missing-name", "`.measure` needs a name: `.measure tran peak max v(out)`.", item?.span ?? card.span);
    return undefined;
  }
  const name = match === undefined ? nameOf(item, place) : `${nameOf(item, place)}_${match}`;
  const task = learned ? readLearned(items, learned, analyses) : readTask(items, known, analysis);
  if (task !== undefined) items.end();
  for (const signal of task === undefined ? [] : signalsOfTask(task)) checkReal(signal, analysis, items);
  const unit = task === undefined ? "1" : unitOfTask(task, axisUnit(analysis, analyses));
  const before = known.get(name);
  if (before !== undefined) place.elaboration.duplicate(`Measure \`${name}\``, item.span, before.span);
  else known.set(name, { unit, span: item.span });
  return task && { name, analysis, task, span: card.span };
}

function readTask(items: Items, known: Known, analysis: MeasureCard["analysis"]): MeasureTask | undefined {
  const first = items.peek();
  const expression = items.setting("param", "eqn");
  if (expression !== undefined) return readParam(expression.value, items, known);
  if (items.take("param", "eqn")) return readParam(items.next(), items, known);
  if (analysis === "channel") return readChannelMeasure(items);
  const statistic = items.take(...statistics) ?? statisticAliases[items.take(...Object.keys(statisticAliases)) ?? ""];
  if (statistic !== undefined) return readStatistic(statistic, items);
  if (items.take("find")) return readFind("find", items, analysis);
  if (analysis === "op") return complainOfPoint(first, items);
  if (items.take("deriv", "derivative")) return readFind("deriv", items, analysis);
  if (items.take("when")) {
    const event = readEvent(items);
    return event && { kind: "when", what: "find", signal: undefined, event };
  }
  if (items.take("trig")) return readBetween(items);
  const harmonic = items.take("thd", "harmonic");
  if (harmonic !== undefined) return readHarmonic(harmonic, items, analysis);
  const loop = items.take(...loopMeasures);
  if (loop !== undefined) return readLoop(loop, items, analysis);
  const switching = items.take(...switchingMeasures);
  if (switching !== undefined) return readSwitching(switching, items, analysis);
  complainOfTask(first, items, tasks);
  return undefined;
}

/** An operating point has no axis along which anything could happen. */
function complainOfPoint(item: Item | undefined, items: Items): undefined {
  const word = item?.kind === "word" ? nameOf(item, items.place) : "";
  if (!tasks.includes(word)) {
    complainOfTask(item, items, tasks);
    return;
  }
  const help = "write `.measure op name find v(out)`, or measure a `tran` or `dc` result.";
  items.error(
    "no-axis",
    `\`${word}\` needs results along an axis; an operating point is a single point.`,
    item!.span,
    help,
  );
}

function readStatistic(what: (typeof statistics)[number], items: Items): MeasureTask | undefined {
  const signal = oneSignal(items.next(), items.place, items.span);
  let from: number | undefined;
  let to: number | undefined;
  for (;;) {
    const start = items.number("from");
    const end = start === undefined ? items.number("to") : undefined;
    if (start === undefined && end === undefined) break;
    from = start ?? from;
    to = end ?? to;
  }
  return signal && { kind: "statistic", what, signal, from, to };
}

function readFind(what: "find" | "deriv", items: Items, analysis: MeasureCard["analysis"]): MeasureTask | undefined {
  const signal = oneSignal(items.next(), items.place, items.span);
  // An operating point has one value: there is no place to name.
  if (what === "find" && analysis === "op" && items.left === 0) {
    return signal && { kind: "statistic", what: "max", signal, from: undefined, to: undefined };
  }
  const at = items.number("at");
  if (at !== undefined) return signal && { kind: "at", what, signal, at };
  if (items.take("when")) {
    const event = readEvent(items);
    return signal && event && { kind: "when", what, signal, event };
  }
  items.error(
    "missing-value",
    `\`${what}\` needs \`at=…\` or \`when a=b\` behind its signal.`,
    items.peek()?.span ?? items.span,
  );
  return undefined;
}

/** `trig v(a) val=0.5 rise=1 targ v(b) val=0.5 rise=1`; either side may be `at=1m`. */
function readBetween(items: Items): MeasureTask | undefined {
  const trigger = readMark(items);
  if (!items.take("targ")) {
    items.error("missing-value", "`trig …` needs a `targ …` behind it.", items.peek()?.span ?? items.span);
    return undefined;
  }
  const target = readMark(items);
  return trigger === undefined || target === undefined ? undefined : { kind: "between", trigger, target };
}

function readParam(item: Item | undefined, items: Items, known: Known): MeasureTask | undefined {
  const expression = expressionOf(item, items);
  if (expression === undefined) return undefined;
  const scope = new MeasureScope(items.place, known);
  const formula = resolve(expression, scope, items.place.elaboration.complaints);
  const unit = unitBy(formula, (index) => known.get(scope.used[index]!)?.unit ?? "1");
  return { kind: "param", formula, measures: scope.used, unit };
}

function expressionOf(item: Item | undefined, items: Items): Expression | undefined {
  if (item?.kind === "expression") return item.expression;
  if (item?.kind === "word") {
    const name = nameOf(item, items.place);
    if (/^[a-z_]\w*$/.test(name)) return { kind: "name", name, span: item.span };
    return { kind: "number", value: numberOf(item, items.place, "an expression in braces"), span: item.span };
  }
  items.error("expected-expression", "Expected an expression in braces.", item?.span ?? items.span);
  return undefined;
}

/** `.assert {condition} "message"`. */
function readAssert({ card, place }: Placed<Directive>, known: Known): AssertCard | undefined {
  const items = new Items(card.items, place, card.span);
  if (complainOfBareCondition(items)) return undefined;
  const expression = expressionOf(items.next(), items);
  const text = items.next();
  if (text?.kind !== "quoted") {
    items.error(
      "expected-text",
      'Expected a message in quotes behind the condition: `.assert {peak<1} "too high"`.',
      text?.span ?? card.span,
    );
    return undefined;
  }
  items.end();
  if (expression === undefined) return undefined;
  const scope = new MeasureScope(place, known);
  const formula = resolve(expression, scope, place.elaboration.complaints);
  return { formula, measures: scope.used, message: quotedText(text, place), span: card.span };
}

/** `.assert mx<1m`: braces are all there is to say of it. */
function complainOfBareCondition(items: Items): boolean {
  const [first] = items.all;
  const last = items.all.findLast((item) => item.kind !== "quoted");
  if (first === undefined || last === undefined || first.kind === "quoted") return false;
  const span = { ...first.span, end: Math.max(first.span.end, last.span.end) };
  if (!/[<>=]/.test(span.source.text.slice(span.start, span.end)) || first.kind === "expression") return false;
  const shown = written(span);
  items.error(
    "expected-expression",
    `Expected a condition in braces, found \`${shown}\`.`,
    span,
    `write \`.assert {${shown}} "message"\`.`,
  );
  return true;
}
