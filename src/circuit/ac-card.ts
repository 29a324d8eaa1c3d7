import type { Directive } from "../syntax/ast.js";
import type { AcCard, Circuit } from "./circuit.js";
import type { Environment } from "./environment.js";
import { Items } from "./items.js";
import type { Network } from "./network.js";
import { spaced } from "./points.js";
import { numberOf } from "./readings.js";

/** `.ac dec|oct n f1 f2` (n points a decade, an octave) and `.ac lin n f1 f2` (n points in all). */
export function readAc(card: Directive, place: Environment): AcCard | undefined {
  const items = new Items(card.items, place, card.span);
  const frequencies = readFrequencies(items, ".ac dec 10 1 1Meg");
  items.end();
  return frequencies && { kind: "ac", ...frequencies, span: card.span };
}

/** The frequencies of a card of small signals, Hz. */
export function readFrequencies(items: Items, example: string): Pick<AcCard, "spacing" | "frequencies"> | undefined {
  const spacing = items.take("dec", "oct", "lin");
  const numbers = [];
  const span = items.peek()?.span ?? items.span;
  while (spacing !== undefined && items.left > 0 && numbers.length < 3)
    numbers.push(numberOf(items.next()!, items.place, "a number"));
  if (spacing === undefined || numbers.length < 3) {
    const message = `The frequencies are \`dec n f1 f2\`, \`oct n f1 f2\` or \`lin n f1 f2\`: \`${example}\`.`;
    items.error("missing-value", message, span);
    return undefined;
  }
  const [n, from, to] = numbers as [number, number, number];
  const { complaints } = items.place.elaboration;
  const frequencies = spacing === "lin" ? evenly(n, from, to, items) : spaced(spacing, from, to, n, span, complaints);
  return frequencies && { spacing, frequencies };
}

function evenly(n: number, from: number, to: number, items: Items): readonly number[] | undefined {
  if ([n, from, to].some(Number.isNaN)) return undefined;
  if (Number.isInteger(n) && n >= 1 && n <= 1e7 && from >= 0 && to >= from)
    return Array.from({ length: n }, (_, k) =>
      k === n - 1 ? (n === 1 ? from : to) : from + (k * (to - from)) / (n - 1),
    );
  const message = `\`lin\` takes the number of points, whole and at least 1, and two frequencies that go up, not ${n}, ${from} and ${to}.`;
  items.error("bad-step", message, items.span);
  return undefined;
}

/** Complains of what small signals cannot do, and warns where nothing drives them. */
export function checkSmallSignals(network: Network, analyses: Circuit["analyses"]): void {
  const card = analyses.find(({ kind }) => kind === "ac");
  if (card === undefined) return;
  if (network.made().every(({ smallSignal }) => smallSignal === undefined)) {
    const help = "give the source that drives the circuit an amplitude: `V1 in 0 dc 0 ac 1`.";
    network.complaints.warning("no-ac-source", "No source has `ac`, so every answer of `.ac` is 0.", card.span, {
      help,
    });
  }
}
