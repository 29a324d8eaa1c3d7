import type { MeasureTask, Signal } from "../circuit/circuit.js";
import { amplitudeUnit } from "../circuit/measure-units.js";
import { loopFigures } from "../circuit/quantum/observable.js";
import { integralUnit } from "../units/calculus.js";
import type { Unit } from "../units/unit.js";
import { integral } from "./integral.js";
import { powerOver } from "./noise-power.js";
import { cut } from "./stretch.js";
import type { Traces } from "./traces.js";

type Statistic = Extract<MeasureTask, { kind: "statistic" }>;

/** `avg rms min max pp integ` of a signal over a stretch of the axis, and the places of its extremes. */
export function statistic(
  task: Statistic,
  traces: Traces,
): { readonly value: number | undefined; readonly unit: Unit } {
  const column = traces.of(task.signal);
  const axis = traces.axis;
  if (axis === undefined) return { value: column.values[0], unit: column.unit };
  const { t, columns } = cut(axis.values, [column.values], task.from, task.to);
  const amplitude = task.what === "integ" ? amplitudeUnit(column.unit) : undefined;
  if (amplitude !== undefined) return { value: Math.sqrt(powerOver(t, columns[0]!)), unit: amplitude };
  const value = over(task.what, pieces(t, columns[0]!), isStair(task.signal));
  if (task.what === "min_at" || task.what === "max_at") return { value, unit: axis.unit };
  return { value, unit: task.what === "integ" ? integralUnit(column.unit, axis.unit) : column.unit };
}

/** A figure of a loop is held until the next loop ends: nothing lies between its values. */
const isStair = ({ inputs }: Signal): boolean =>
  inputs.some((it) => it.kind === "quantum" && (loopFigures as readonly string[]).includes(it.of.kind));

/** A part of a column without a gap; one point at least. */
interface Piece {
  readonly t: Float64Array;
  readonly y: Float64Array;
}

/**
 * What a measure is of: the stretches between points that have a value. Gaps are left out, of extremes as of means,
 * which are over the length of the stretches.
 */
function pieces(t: Float64Array, y: Float64Array): readonly Piece[] {
  const found: Piece[] = [];
  for (let from = 0; from < y.length; from++) {
    if (Number.isNaN(y[from]!)) continue;
    let to = from + 1;
    while (to < y.length && !Number.isNaN(y[to]!)) to++;
    found.push({ t: t.subarray(from, to), y: y.subarray(from, to) });
    from = to;
  }
  return found;
}

/** Undefined where nothing has a value. */
function over(what: Statistic["what"], all: readonly Piece[], stair: boolean): number | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  const highest = (sign: 1 | -1) =>
    all.map(({ t, y }) => extreme(t, y, sign, stair)).reduce((best, one) => (one.value > best.value ? one : best));
  const span = all.reduce((sum, { t }) => sum + t.at(-1)! - t[0]!, 0);
  const whole = (of: (y: number) => number) => all.reduce((sum, { t, y }) => sum + integral(t, y.map(of)), 0);
  switch (what) {
    case "avg":
      return span === 0 ? first.y[0]! : whole((y) => y) / span;
    case "rms":
      return span === 0 ? Math.abs(first.y[0]!) : Math.sqrt(whole((y) => y * y) / span);
    case "integ":
      return whole((y) => y);
    case "pp":
      return highest(1).value + highest(-1).value;
    case "max":
      return highest(1).value;
    case "min":
      return -highest(-1).value;
    case "max_at":
      return highest(1).place;
    case "min_at":
      return highest(-1).place;
  }
}

/** The largest value of sign·y and its place: the largest point, or the vertex of a parabola where the column is smooth. */
function extreme(
  t: Float64Array,
  y: Float64Array,
  sign: 1 | -1,
  stair: boolean,
): { readonly value: number; readonly place: number } {
  let best = 0;
  for (let k = 1; k < y.length; k++) if (sign * y[k]! > sign * y[best]!) best = k;
  if (stair) return { value: sign * y[best]!, place: t[best]! };
  const near = vertex(t, y, best, 1);
  const far = vertex(t, y, best, 2);
  // Through a corner two parabolas of different width have vertices of different height; a smooth peak has one height.
  const smooth = near !== undefined && far !== undefined && Math.abs(far.rise - near.rise) <= 0.3 * Math.abs(near.rise);
  return smooth
    ? { value: sign * (y[best]! + near.rise), place: t[best]! + near.shift }
    : { value: sign * y[best]!, place: t[best]! };
}

/** Where the parabola through points k − stride, k, k + stride has its vertex, as seen from point k. */
function vertex(t: Float64Array, y: Float64Array, k: number, stride: number) {
  if (k - stride < 0 || k + stride >= t.length) return undefined;
  const h0 = t[k]! - t[k - stride]!;
  const h1 = t[k + stride]! - t[k]!;
  if (!(h0 > 0 && h1 > 0)) return undefined;
  const s0 = (y[k]! - y[k - stride]!) / h0;
  const s1 = (y[k + stride]! - y[k]!) / h1;
  const bend = (s1 - s0) / (h0 + h1); // half the second derivative
  if (bend === 0) return undefined;
  const slope = s0 + bend * h0;
  return { shift: -slope / (2 * bend), rise: -(slope * slope) / (4 * bend) };
}
