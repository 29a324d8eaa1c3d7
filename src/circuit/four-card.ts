import type { Directive, Item } from "../syntax/ast.js";
import { readQuantity } from "../units/quantity.js";
import type { FourierCard, MeasureCard, MeasureTask, Signal } from "./circuit.js";
import type { Environment } from "./environment.js";
import { Items } from "./items.js";
import { checkReal } from "./phasor-calls.js";
import { numberOf } from "./readings.js";
import { oneSignal, signalsOf } from "./signals.js";
import { textOf } from "./words.js";

const standard = { harmonics: 9, periods: 1 } as const;
/** More harmonics than this are a slip. */
const most = 10_000;

/** `.four frequency [harmonics [periods]] signals…`: ngspice's card, and LTspice's with its two numbers. */
export function readFour(card: Directive, place: Environment): FourierCard | undefined {
  const items = new Items(card.items, place, card.span);
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const frequency = items.left === 0 ? Number.NaN : numberOf(items.next()!, place, "a frequency");
  const harmonics = isNumber(items.peek(), place) ? numberOf(items.next()!, place, "a number") : standard.harmonics;
  const periods = isNumber(items.peek(), place) ? numberOf(items.next()!, place, "a number") : standard.periods;
  const signals: Signal[] = [];
  while (items.left > 0) for (const signal of signalsOf(items.next()!, place)) signals.push(signal);
  for (const signal of signals) checkReal(signal, "tran", items);
  if (complaints.errors > before) return undefined;
  if (signals.length === 0 || Number.isNaN(frequency)) {
    const message =
      "`.four` needs a frequency and signals: `.four 1k v(out)`; in between may stand how many harmonics and periods.";
    items.error("missing-value", message, card.span);
    return undefined;
  }
  checkNumbers({ frequency, harmonics, periods }, items);
  return { frequency, harmonics, periods, signals, span: card.span };
}

/** `thd v(out) freq=1k [harmonics=9] [periods=1]`, `harmonic v(out) n=3 freq=1k [periods=1]`. */
export function readHarmonic(
  what: "thd" | "harmonic",
  items: Items,
  analysis: MeasureCard["analysis"],
): MeasureTask | undefined {
  if (analysis !== "tran") {
    items.error("other-run", `\`${what}\` is of a \`.tran\`, but the measure is of a \`.${analysis}\`.`, items.span);
    return undefined;
  }
  const signal = oneSignal(items.next(), items.place, items.span);
  let frequency: number | undefined;
  let n: number = standard.harmonics;
  let periods: number = standard.periods;
  let isNamed = what === "thd";
  for (;;) {
    const value = items.number("freq");
    const order = value === undefined ? items.number(what === "thd" ? "harmonics" : "n") : undefined;
    const count = value === undefined && order === undefined ? items.number("periods") : undefined;
    if (value === undefined && order === undefined && count === undefined) break;
    frequency = value ?? frequency;
    n = order ?? n;
    isNamed ||= order !== undefined;
    periods = count ?? periods;
  }
  if (signal === undefined) return undefined;
  if (frequency === undefined || !isNamed) {
    const shape = what === "thd" ? "thd v(out) freq=1k" : "harmonic v(out) n=3 freq=1k";
    items.error(
      "missing-value",
      `\`${what}\` needs ${what === "thd" ? "a frequency" : "a frequency and a number"}: \`.measure tran d ${shape}\`.`,
      items.span,
    );
    return undefined;
  }
  checkNumbers({ frequency, harmonics: n, periods }, items);
  return { kind: "harmonic", what, signal, frequency, n, periods };
}

const isNumber = (item: Item | undefined, place: Environment): boolean => {
  if (item?.kind === "expression") return item.lone && item.expression.kind === "number";
  return item?.kind === "word" && !("error" in readQuantity(textOf(item, place)));
};

function checkNumbers({ frequency, harmonics, periods }: Omit<FourierCard, "signals" | "span">, items: Items): void {
  const isWhole = (value: number, least: number): boolean => Number.isInteger(value) && value >= least && value <= most;
  const fault = !(frequency > 0)
    ? `The frequency must be greater than 0, not ${frequency} Hz.`
    : !isWhole(harmonics, 1)
      ? `Harmonics are counted from 1 to ${most}, not ${harmonics}.`
      : !isWhole(periods, 1) && periods !== -1
        ? `The periods are a whole number from 1 on, or -1 for all that were recorded, not ${periods}.`
        : undefined;
  if (fault !== undefined && ![frequency, harmonics, periods].some(Number.isNaN))
    items.error("parameter-range", fault, items.span);
}
