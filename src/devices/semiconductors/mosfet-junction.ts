import { shotNoise } from "../noise.js";
import { addDepletion, boltzmannByCharge, capacitanceAt, potentialAt, siliconGap } from "./depletion.js";
import { type JunctionPoint, writeExponential } from "./junction.js";
import type { MosfetValues } from "./mosfet-parameters.js";

/** The two bulk junctions. */
export type End = "drain" | "source";

const areaOf = ({ ad, as }: MosfetValues, end: End): number => (end === "drain" ? ad : as);
const perimeterOf = ({ pd, ps }: MosfetValues, end: End): number => (end === "drain" ? pd : ps);

/** Capacitances at zero bias of a junction's bottom and side, F, for all transistors together. */
const bottomOf = (values: MosfetValues, end: End): number => {
  const whole = end === "drain" ? values.cbd : values.cbs;
  return values.m * (whole > 0 ? whole : values.cj * areaOf(values, end));
};
const sideOf = (values: MosfetValues, end: End): number => values.m * values.cjsw * perimeterOf(values, end);

/** Whether a junction has charge. */
export const isCharged = (values: MosfetValues, end: End): boolean => bottomOf(values, end) + sideOf(values, end) > 0;

/** Writes current and charge of a bulk junction at the voltage v from p to n: a diode with n = 1 beside gmin. */
export function evaluateBulk(v: number, end: End, values: MosfetValues, at: JunctionPoint): void {
  const { m, mj, mjsw, gmin, temp, tnom } = values;
  writeExponential(v, saturation(values, end), boltzmannByCharge * temp, m, at);
  at.i += gmin * v;
  at.g += gmin;
  at.q = at.c = 0;
  const [bottom, side] = [bottomOf(values, end), sideOf(values, end)];
  if (bottom + side === 0) return;
  const pb = potentialAt(values.pb, temp, tnom);
  if (bottom > 0) addDepletion(v, warm(bottom, mj, pb, values), pb, mj, at);
  if (side > 0) addDepletion(v, warm(side, mjsw, pb, values), pb, mjsw, at);
}

/** Shot noise of a bulk junction, A²/Hz: of both directions. */
export function bulkNoise(v: number, end: End, values: MosfetValues): number {
  const { temp, m } = values;
  const is = saturation(values, end);
  writeExponential(v, is, boltzmannByCharge * temp, m, streams);
  return shotNoise(streams.i + 2 * is);
}
const streams = { i: 0, g: 0 };

const warm = (c: number, m: number, pbNow: number, { pb, temp, tnom }: MosfetValues): number =>
  temp === tnom ? c : capacitanceAt(c, pbNow, { m, vj: pb, temp, tnom });

/** is, or js by area where both areas are given, as SPICE has it; with temperature by the band gap. */
function saturation(values: MosfetValues, end: End): number {
  const { is, js, ad, as, m, temp, tnom } = values;
  const cold = m * (js > 0 && ad > 0 && as > 0 ? js * areaOf(values, end) : is);
  if (temp === tnom) return cold;
  const exponent = siliconGap(tnom) / (boltzmannByCharge * tnom) - siliconGap(temp) / (boltzmannByCharge * temp);
  return cold * Math.exp(exponent);
}
