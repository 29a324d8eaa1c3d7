import { shotNoise } from "../noise.js";
import type { Parameter, Values } from "../parameter.js";
import { addDepletion, boltzmannByCharge, capacitanceAt, potentialAt } from "./depletion.js";

/** What a netlist may say of a junction diode. */
export const junctionParameters = {
  is: { meaning: "saturation current", unit: "A", default: 1e-14, range: [1e-40, 1e3], aliases: ["js"] },
  n: { meaning: "emission coefficient", unit: "1", default: 1, range: [0.05, 100] },
  rs: { meaning: "series resistance", unit: "Ω", default: 0, range: [0, 1e12] },
  cjo: { meaning: "junction capacitance at zero bias", unit: "F", default: 0, range: [0, 1e3], aliases: ["cj0", "cj"] },
  vj: { meaning: "junction potential", unit: "V", default: 1, range: [0.05, 10], aliases: ["pb"] },
  m: { meaning: "grading coefficient", unit: "1", default: 0.5, range: [0, 0.95], aliases: ["mj"] },
  tt: { meaning: "transit time", unit: "s", default: 0, range: [0, 1e3] },
  bv: {
    meaning: "breakdown voltage; infinite: no breakdown",
    unit: "V",
    default: Number.POSITIVE_INFINITY,
    range: [0, Number.POSITIVE_INFINITY],
  },
  ibv: {
    meaning: "current at the breakdown voltage, whatever the area",
    unit: "A",
    default: 1e-3,
    range: [1e-40, 1e3],
    aliases: ["ib"],
  },
  eg: { meaning: "band gap, in volts", unit: "V", default: 1.11, range: [0.1, 10] },
  xti: { meaning: "temperature exponent of the saturation current", unit: "1", default: 3, range: [-100, 100] },
  area: { meaning: "area factor of one diode: scales is, cjo and 1/rs", unit: "1", default: 1, range: [1e-12, 1e12] },
  copies: {
    meaning: "so many such diodes side by side (`m=` of the card)",
    unit: "1",
    default: 1,
    range: [1e-12, 1e12],
  },
  temp: { meaning: "temperature", unit: "K", default: 300.15, range: [1, 2000] },
  tnom: { meaning: "temperature at which the parameters hold", unit: "K", default: 300.15, range: [1, 2000] },
  gmin: { meaning: "conductance beside the junction", unit: "S", default: 1e-12, range: [0, 1] },
} as const satisfies Readonly<Record<string, Parameter>>;

export type JunctionValues = Values<typeof junctionParameters>;

/** A junction at one voltage. */
export interface JunctionPoint {
  /** Current, A. */
  i: number;
  /** ∂i/∂v, S. */
  g: number;
  /** Charge, C. */
  q: number;
  /** ∂q/∂v, F. */
  c: number;
}

/** The exponential law of a junction is continued by its tangent above this current, A for an area of 1. */
const largest = 1e4;

/**
 * Writes current and charge of a junction at voltage v:
 *
 *     i = is·(exp(v/nVt) − 1) − ibv·(exp(−(v+bv)/nVt) − exp(−bv/nVt)) + gmin·v
 *     q = tt·is·(exp(v/nVt) − 1) + depletion charge
 *
 * Beyond the current `largest` both exponentials go on along their tangents, so that no iterate overflows.
 */
export function evaluateJunction(v: number, values: JunctionValues, at: JunctionPoint): void {
  const { n, temp, tnom, gmin, bv, tt, cjo } = values;
  const area = areaOf(values);
  const vt = n * boltzmannByCharge * temp;
  const is = temp === tnom ? area * values.is : area * saturation(values);
  writeExponential(v, is, vt, area, at);
  const { i, g } = at;
  at.i += gmin * v;
  at.g += gmin;
  at.q = tt * i;
  at.c = tt * g;
  if (bv < Number.POSITIVE_INFINITY) addBreakdown(v, vt, values, at);
  if (cjo === 0) return;
  const vj = potentialAt(values.vj, temp, tnom);
  addDepletion(v, capacitanceAt(area * cjo, vj, values), vj, values.m, at);
}

/** Writes i = is·(exp(v/vt) − 1), which goes on along its tangent beyond a current, and its slope. */
export function writeExponential(v: number, is: number, vt: number, area: number, at: { i: number; g: number }): void {
  const u = v / vt;
  let forward = Math.exp(u);
  let excess = 0;
  if (is * forward > largest * area) {
    const top = Math.log((largest * area) / is);
    forward = Math.exp(top);
    excess = forward * (u - top);
  }
  at.i = is * (u < 1 && u > -1 ? Math.expm1(u) : forward + excess - 1);
  at.g = (is * forward) / vt;
}

/** nVt, and the voltage at which the law bends most: nVt·ln(nVt/(√2·is)). Nagel, UCB/ERL M520 (1975), appendix 3. */
export function kneeOf(values: JunctionValues): { readonly thermal: number; readonly critical: number } {
  const thermal = values.n * boltzmannByCharge * values.temp;
  const is = areaOf(values) * (values.temp === values.tnom ? values.is : saturation(values));
  return { thermal, critical: thermal * Math.log(thermal / (Math.SQRT2 * is)) };
}

const whole: JunctionPoint = { i: 0, g: 0, q: 0, c: 0 };
const exponential = { i: 0, g: 0 };

/**
 * Shot noise at voltage v, A²/Hz. Both directions have it, is·exp(v/nVt) and is, and so has the breakdown: with n = 1 it is at
 * v = 0 the thermal noise of the junction's conductance. SPICE has 2q·|i|, which is the same but for a few times is.
 */
export function junctionNoise(v: number, values: JunctionValues): number {
  const { n, temp, tnom, gmin } = values;
  const is = areaOf(values) * (temp === tnom ? values.is : saturation(values));
  writeExponential(v, is, n * boltzmannByCharge * temp, areaOf(values), exponential);
  evaluateJunction(v, values, whole);
  const breakdown = exponential.i - (whole.i - gmin * v);
  return shotNoise(exponential.i + 2 * is + Math.abs(breakdown));
}

/** The area of all junctions together, in units of that which the model describes. */
export const areaOf = ({ area, copies }: Pick<JunctionValues, "area" | "copies">): number => area * copies;

/** is at `temp` (SPICE's law): is·(T/Tnom)^(xti/n)·exp((T/Tnom − 1)·eg/(n·Vt)). */
function saturation({ is, n, temp, tnom, eg, xti }: JunctionValues): number {
  const ratio = temp / tnom;
  return is * ratio ** (xti / n) * Math.exp(((ratio - 1) * eg) / (n * boltzmannByCharge * temp));
}

/** ibv is a current of the whole diode, as ngspice takes it: a larger area does not make it larger. */
function addBreakdown(v: number, vt: number, { bv, ibv, copies }: JunctionValues, at: JunctionPoint): void {
  const u = -(v + bv) / vt;
  const top = Math.log(largest / ibv);
  const part = copies * ibv * Math.exp(Math.min(u, top));
  const excess = u > top ? part * (u - top) : 0;
  at.i -= part + excess - copies * ibv * Math.exp(-bv / vt);
  at.g += part / vt;
}
