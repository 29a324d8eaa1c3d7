import type { Remark } from "../device.js";
import type { MemristorPoint } from "../memristor.js";
import type { Parameter, Values } from "../parameter.js";
import type { Drift } from "./windowed.js";
import { evaluateEdges, filmWindows, kvatinsky, type WindowPoint } from "./windows.js";

// What TEAM and VTEAM share: a film whose state goes from "on" to "off", x = (w − won)/(woff − won) of its width, which
// moves where its drive (a current, a voltage) is beyond one of two thresholds.

/** Parameters of the film itself; where it begins and ends is called by each model in its own way. */
export const filmParameters = {
  ron: { meaning: "resistance at x = 0", unit: "Ω", default: 50, range: [1e-6, 1e15] },
  roff: { meaning: "resistance at x = 1", unit: "Ω", default: 1e3, range: [1e-6, 1e15] },
  ivrelation: {
    meaning: "how the resistance goes from ron to roff",
    unit: "1",
    default: 0,
    range: [0, 1],
    words: ["linear", "exponential"],
  },
  aoff: { meaning: "upper edge of the window kvatinsky", unit: "m", default: 3e-9, range: [-1, 1] },
  aon: { meaning: "lower edge of the window kvatinsky", unit: "m", default: 0, range: [-1, 1] },
  wc: { meaning: "width of the edges of the window kvatinsky", unit: "m", default: 1.07e-12, range: [1e-18, 1] },
  clamp: {
    meaning: "whether the state stops at 0 and 1; no: only its window slows it",
    unit: "1",
    default: 0,
    range: [0, 1],
    words: ["yes", "no"],
  },
  x0: { meaning: "state at t = 0: 0 is on, 1 is off", unit: "1", default: 0.1, range: [0, 1], aliases: ["xo"] },
} as const satisfies Readonly<Record<string, Parameter>>;

/** The parameter that names the window of a film. */
export const filmWindow = {
  meaning: "window function",
  unit: "1",
  default: 0,
  range: [0, filmWindows.length - 1],
  words: filmWindows,
} as const satisfies Parameter;

/** Rates and exponents beyond the thresholds. */
export const rateParameters = {
  koff: { meaning: "rate towards off", unit: "m/s", default: 8e-13, range: [0, 1e12] },
  kon: { meaning: "rate towards on, negative", unit: "m/s", default: -8e-13, range: [-1e12, 0] },
  alphaoff: { meaning: "exponent of the drift towards off", unit: "1", default: 3, range: [1, 100] },
  alphaon: { meaning: "exponent of the drift towards on", unit: "1", default: 3, range: [1, 100] },
} as const satisfies Readonly<Record<string, Parameter>>;

export const filmEquations = [
  "ivrelation=linear:      v = (ron + (roff - ron)·x)·i",
  "ivrelation=exponential: v = ron·(roff/ron)^x·i",
] as const;

export const edgeEquations = [
  "kvatinsky: f = exp(-exp((w - aoff)/wc)) where w rises, exp(-exp((aon - w)/wc)) where it falls",
  "clamp=no: w may creep over its ends, as far as its edges let it; R never falls below ron/1000",
] as const;

/** How far below `ron` a resistance may fall where the state is not clamped. */
const least = 1e-3;

type FilmValues = Values<typeof filmParameters>;

/** i = v/R(x), which is ron at x = 0 and roff at x = 1. A state beyond its ends has the resistance of the end. */
export function conductFilm(x: number, v: number, values: FilmValues, out: MemristorPoint): void {
  const { ron, roff, ivrelation, clamp } = values;
  const state = clamp === 0 ? Math.min(1, Math.max(0, x)) : x;
  let r: number;
  let r_x: number;
  if (ivrelation === 1) {
    const lambda = Math.log(roff / ron);
    r = ron * Math.exp(lambda * Math.min(10, Math.max(-10, state)));
    r_x = lambda * r;
  } else {
    r_x = roff - ron;
    r = ron + r_x * state;
  }
  if (r < least * ron) {
    r = least * ron;
    r_x = 0;
  }
  out.i = v / r;
  out.i_v = 1 / r;
  out.i_x = state === x ? (-out.i * r_x) / r : 0;
}

/** The state at which a film has the resistance r. */
export const filmStateAt = (r: number, { ron, roff, ivrelation }: Readonly<Record<string, number>>): number =>
  ivrelation === 1 ? Math.log(r / ron!) / Math.log(roff! / ron!) : (r - ron!) / (roff! - ron!);

/** The numbers of a drift that waits for a threshold. */
interface ThresholdDrift {
  /** The thresholds, above and below 0. */
  readonly uoff: number;
  readonly uon: number;
  readonly koff: number;
  readonly kon: number;
  readonly alphaoff: number;
  readonly alphaon: number;
}

/** k·(u/threshold − 1)^alpha beyond the threshold, 0 between both, over the width of the film. */
export function driftBeyond(u: number, at: ThresholdDrift, width: number, out: Drift): void {
  out.g = 0;
  out.g_u = 0;
  if (u > at.uoff) power(u, at.uoff, at.koff / width, at.alphaoff, out);
  else if (u < at.uon) power(u, at.uon, at.kon / width, at.alphaon, out);
}

function power(u: number, threshold: number, k: number, alpha: number, out: Drift): void {
  const beyond = u / threshold - 1;
  const below = k * beyond ** (alpha - 1);
  out.g = below * beyond;
  out.g_u = (alpha * below) / threshold;
}

/** Kvatinsky's window in shares of a film from `on` to `off`. */
export function filmEdges(
  x: number,
  drift: number,
  values: FilmValues,
  on: number,
  off: number,
  out: WindowPoint,
): void {
  const width = off - on;
  evaluateEdges(x, drift, (values.aon - on) / width, (values.aoff - on) / width, values.wc / width, out);
}

/** The walls of a film: none where it is not clamped. */
export const filmWalls = ({ clamp }: FilmValues): readonly [number, number] =>
  clamp === 0 ? [0, 1] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** What is wrong with the numbers of a film from `on` to `off`. */
export function filmRemarks(values: Readonly<Record<string, number>>, [on, off]: readonly [string, string]): Remark[] {
  const remarks: Remark[] = [];
  if (!(values[on]! < values[off]!)) {
    const message = `has \`${on}\` = ${values[on]} m, which is not below \`${off}\` = ${values[off]} m: its film has no width.`;
    remarks.push({ severity: "error", code: "parameter-range", message, help: `let \`${off}\` be above \`${on}\`.` });
  }
  if (values["clamp"] === 1 && values["window"] !== kvatinsky) {
    const message = "has `clamp=no` without a window that slows it beyond its ends: its state would run away.";
    remarks.push({
      severity: "error",
      code: "unbounded-range",
      message,
      help: "take `window=kvatinsky`, or leave `clamp` out.",
    });
  }
  return remarks;
}
