import { doneUnevenly, forgettingOf } from "./memristors/laws/motion.js";
import type { Parameter } from "./parameter.js";

const share = (meaning: string, max = 1e3): Parameter => ({ meaning, unit: "1", default: 0, range: [0, max] });

/** How a state moves that is not ideal; part of every device that keeps one. */
export const motionParameters = {
  asym: {
    meaning: "changes upwards times 1 + asym, downwards times 1 - asym",
    unit: "1",
    default: 0,
    range: [-1, 1],
  },
  retention: {
    meaning: "time constant of forgetting; 0: never",
    unit: "s",
    default: 0,
    range: [0, 1e30],
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** In what pieces differ from their model, and what befalls them as they are written and read. */
export const pieceParameters = {
  spread_ith: share("spread of thresholds: standard deviation over the threshold, drawn once a device"),
  spread_g: share("spread of what a state reads as: standard deviation over its value, drawn once a device"),
  levels: { meaning: "number of states from wall to wall; 0: any value", unit: "1", default: 0, range: [0, 1e9] },
  write_noise: share("noise of a change: standard deviation over the change"),
  read_noise: share("noise of a reading: standard deviation over the range of the state"),
  stuck_on: share("probability that a device stands for ever at wmax; a memristor: where it conducts best", 1),
  stuck_off: share("probability that a device stands for ever at wmin; a memristor: where it conducts least", 1),
} as const satisfies Readonly<Record<string, Parameter>>;

/**
 * What keeps a real memristor from its ideal. Fractions may be written as percent: `spread_ith=2%`. What is drawn once a
 * device, and how its state moves, acts in all analyses; noise, and levels beyond the start, where a training writes.
 */
export const imperfectionParameters = { ...pieceParameters, ...motionParameters } as const satisfies Readonly<
  Record<string, Parameter>
>;

/** How a state moves with both, as text. */
export const motionEquation = (state: string, rest: string): string =>
  `with asym and retention: (1 ± asym)·d${state}/dt - (${state} - rest)/retention, + upwards;  rest: ${rest}`;

/** What of a change is done by a device that moves unevenly: 1 + asym of one upwards, 1 − asym of one downwards. */
export const doneOf = (change: number, asym: number | undefined): number => doneUnevenly(change, asym ?? 0);

/** 1/s: how fast a state forgets, for each unit that it is away from its rest; 0 where it never does. */
export const forgettingRate = (retention: number | undefined): number => forgettingOf(retention ?? 0);

/** Where a weight without retention goes: to 0, or as near as its range allows. */
export const restBetween = (min: number, max: number): number => Math.min(max, Math.max(min, 0));

/** The state next to one that a device can have with so many levels between its walls; 0 or none: any. */
export function settledState(state: number, min: number, max: number, levels: number | undefined): number {
  const inside = Math.min(max, Math.max(min, state));
  if (!levels) return inside;
  const step = (max - min) / (levels - 1);
  return Math.min(max, min + Math.round((inside - min) / step) * step);
}
