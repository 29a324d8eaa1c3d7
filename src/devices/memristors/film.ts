import type { Remark } from "../device.js";
import type { Parameter, Values } from "../parameter.js";
import { kvatinsky } from "./laws/windows.js";
import { filmWindows } from "./windows.js";

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

type FilmValues = Values<typeof filmParameters>;

/** The state at which a film has the resistance r. */
export const filmStateAt = (r: number, { ron, roff, ivrelation }: Readonly<Record<string, number>>): number =>
  ivrelation === 1 ? Math.log(r / ron!) / Math.log(roff! / ron!) : (r - ron!) / (roff! - ron!);

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
