import { motionEquation } from "../imperfections.js";
import type { Parameter, ParameterTable, Values } from "../parameter.js";
import type { ModePart } from "./joint-modes.js";

// The threshold-gated law of Silva et al. (2020), eq. (6), with the device's own threshold in the place of the driver's
// bias current, so that the device is autonomous:
//
//     dw/dt = rate·sgn(I)·(|I| − ith)·[θ(|I| − ith) − θ(|I| − ith − a)]
//
// A gate has modes, so that the law is smooth in each and the crossings of its edges are located: a window that lasts for
// a part in 10⁵ of a step is not stepped over.

export const gateReference =
  "Silva, Sanz, Seixas, Solano & Omar, Perceptrons from memristors, Neural Networks 122, 273 (2020), eqs. (5)-(6)";

export const gateEquation = "dw/dt = rate·sgn(I)·(|I| - ith) where ith <= |I| < ith + a, else 0;  wmin <= w <= wmax";

// |I| is below the threshold; I is within the window, above it; −I is within the window, above it.
const mode = { below: 0, within: 1, above: 2, withinNegative: 3, aboveNegative: 4 } as const;
const gateModes = 5;

/** How a weight moves that is not kept, or moves unevenly. */
export const weightMotion = motionEquation("w", "0, or the wall next to it");

/** How far beyond the threshold a current is in the direction of a mode, A. */
const beyond = (current: number, ith: number, now: number): number =>
  (now >= mode.withinNegative ? -current : current) - ith;

/** The mode of a gate that a current calls for. */
export function gateMode(current: number, ith: number, a: number): number {
  const over = Math.abs(current) - ith;
  if (over <= 0) return mode.below;
  const place = over <= a ? mode.within : mode.above;
  return current < 0 ? place + 2 : place;
}

/** How far the current is from leaving the mode, A. */
export function gateGuard(current: number, ith: number, a: number, now: number): number {
  if (now === mode.below) return ith - Math.abs(current);
  const over = beyond(current, ith, now);
  return isWithin(now) ? Math.min(over, a - over) : over - a;
}

/** The mode that the current calls for; where rounding puts it on the near side of an edge, that behind the edge. */
export function gateNext(now: number, current: number, ith: number, a: number): number {
  const called = gateMode(current, ith, a);
  if (called !== now) return called;
  if (now === mode.below) return current < 0 ? mode.withinNegative : mode.within;
  if (!isWithin(now)) return now - 1;
  return beyond(current, ith, now) < a / 2 ? mode.below : now + 1;
}

const isWithin = (now: number): boolean => now === mode.within || now === mode.withinNegative;

/** What is driven beyond the threshold, with its sign: 0 outside the window. Its slope by I is `gatedSlope`. */
export function gated(current: number, ith: number, now: number): number {
  if (now === mode.within) return current - ith;
  return now === mode.withinNegative ? current + ith : 0;
}

/** The slope of `gated` by the current. */
export const gatedSlope = (now: number): number => (isWithin(now) ? 1 : 0);

/** The law's numbers. */
export const gateParameters = {
  ith: { meaning: "threshold of |I|", unit: "A", default: 20, range: [0, 1e12] },
  a: { meaning: "width of the window above the threshold", unit: "A", default: 0.02, range: [1e-15, 1e12] },
  rate: {
    meaning: "change of w in a second by one ampere beyond the threshold",
    unit: "1",
    default: 1,
    range: [0, 1e15],
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** The walls of a weight. */
export const weightWalls = {
  wmin: { meaning: "least weight", unit: "1", default: Number.NEGATIVE_INFINITY, range: [-Infinity, 1e30] },
  wmax: { meaning: "greatest weight", unit: "1", default: Number.POSITIVE_INFINITY, range: [-1e30, Infinity] },
} as const satisfies Readonly<Record<string, Parameter>>;

/** The gate of a state as a part of a device: `current` is what drives it, `edges` are threshold and width. */
export const gatePart = <Table extends ParameterTable>(
  current: (x: Float64Array, values: Values<Table>) => number,
  edges: (values: Values<Table>) => readonly [ith: number, a: number],
): ModePart<Table> => ({
  count: gateModes,
  initial: (x, values) => gateMode(current(x, values), ...edges(values)),
  guard: (x, values, now) => gateGuard(current(x, values), ...edges(values), now),
  next: (now, x, values) => gateNext(now, current(x, values), ...edges(values)),
});
