import { zeros } from "./crossings.js";
import { Curve } from "./interpolation.js";

/** Into so many parts each interval is cut before a loop is measured as a polygon. */
const pieces = 8;

/**
 * Figures of a current-voltage loop. A loop is given by its points (v, i) over one period in the order of time; it is
 * closed by the chord from its last point to its first.
 */

/** How much a voltage may differ from itself a period later, as part of its largest value, to be called periodic. */
const repeats = 5e-3;

/**
 * The period of a device's drive: the shortest of the sources' periods after which its voltage repeats (it may drift a
 * little as the state does); the longest of them where it never does; Infinity if no source oscillates.
 */
export function drivePeriod(t: Float64Array, v: Float64Array, periods: readonly number[]): number {
  const candidates = [...new Set(periods.filter(Number.isFinite))].sort((a, b) => a - b);
  return candidates.find((period) => isPeriodic(new Curve(t, v), period)) ?? candidates.at(-1) ?? Infinity;
}

/** Looks at the end of the run, where a start has died away. */
function isPeriodic(curve: Curve, period: number): boolean {
  const { t, y } = curve;
  const end = t.at(-1)!;
  if (end - t[0]! < 1.5 * period) return false;
  const largest = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const places = Array.from({ length: 50 }, (_, k) => end - (0.49 * period * (k + 0.5)) / 50);
  const apart = places.map((place) => Math.abs(curve.at(place) - curve.at(place - period)));
  return Math.max(...apart) <= repeats * largest;
}

/**
 * A whole period that was recorded, as places on the axis. Periods are counted from time 0: the first ends at `period`.
 * Without `which` the last of them that is whole, or, of a record that holds none of those whole but is as long as one,
 * its last stretch of that length. Without a period the whole record. Undefined where there is no such period.
 */
export function wholePeriod(
  t: Float64Array,
  period: number,
  which: number | undefined,
): { readonly from: number; readonly to: number } | undefined {
  const [start, end] = [t[0]!, t[t.length - 1]!];
  if (t.length < 3) return undefined;
  if (!Number.isFinite(period)) return which === undefined ? { from: start, to: end } : undefined;
  const slack = 1e-9 * period;
  const number = which ?? Math.floor((end + slack) / period);
  const [from, to] = [(number - 1) * period, number * period];
  if (number >= 1 && from >= start - slack && to <= end + slack)
    return { from: Math.max(from, start), to: Math.min(to, end) };
  return which === undefined && end - start >= period - slack
    ? { from: Math.max(start, end - period), to: end }
    : undefined;
}

/** A loop with further points between its own, so that a polygon through them is the curve to their accuracy. */
export function refined(t: Float64Array, ...columns: readonly Float64Array[]): readonly Float64Array[] {
  const curves = columns.map((column) => new Curve(t, column, 2));
  const values = curves.map((): number[] => []);
  for (let k = 0; k + 1 < t.length; k++) {
    const parts = t[k + 1]! > t[k]! ? pieces : 1; // both sides of a jump stand at one time
    for (let j = 0; j < parts; j++) {
      const when = t[k]! + ((t[k + 1]! - t[k]!) * j) / parts;
      for (const [c, curve] of curves.entries()) values[c]!.push(j === 0 ? curve.y[k]! : curve.within(k, when));
    }
  }
  for (const [c, curve] of curves.entries()) values[c]!.push(curve.y.at(-1)!);
  return values.map((column) => Float64Array.from(column));
}

/** Area of a part of a loop, V·A: ½ ∮ (v di − i dv), positive where it is run through anticlockwise. */
const piece = (v: Float64Array, i: Float64Array, k: number): number => (v[k - 1]! * i[k]! - v[k]! * i[k - 1]!) / 2;

/**
 * Area of the lobe of one sign of the voltage, V·A, positive where it is run through anticlockwise (the current is larger
 * on the way back). Two lobes of opposite signs cross at the origin, two of the same sign touch there.
 */
export function lobeArea(v: Float64Array, i: Float64Array, sign: 1 | -1): number {
  let area = 0;
  for (let k = 1; k < v.length; k++) if (sign * (v[k - 1]! + v[k]!) > 0) area += piece(v, i, k);
  return area;
}

/**
 * Area of a pinched loop, V·A: the sum of the areas of its lobes, ∑ |½ ∮ (v di − i dv)| over the stretches between
 * the zeros of the voltage. (The signed integral over the whole loop cancels between the lobes.)
 */
export function loopArea(v: Float64Array, i: Float64Array): number {
  let area = 0;
  let lobe = 0;
  for (let k = 1; k < v.length; k++) {
    if (v[k]! === 0 || v[k]! > 0 !== v[k - 1]! > 0) {
      area += Math.abs(lobe);
      lobe = 0;
    }
    lobe += piece(v, i, k);
  }
  return area + Math.abs(lobe);
}

/**
 * Form factor F = 4πS/P² of the loop, with S the area of its lobes and P its perimeter, both axes scaled to their
 * largest magnitude: 0 for a line, larger for a rounder loop.
 */
export function formFactor(v: Float64Array, i: Float64Array): number {
  const scaled = (column: Float64Array) => {
    const largest = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    return column.map((value) => value / largest);
  };
  const [x, y] = [scaled(v), scaled(i)];
  let perimeter = Math.hypot(x[0]! - x.at(-1)!, y[0]! - y.at(-1)!);
  for (let k = 1; k < x.length; k++) perimeter += Math.hypot(x[k]! - x[k - 1]!, y[k]! - y[k - 1]!);
  return perimeter === 0 ? 0 : (4 * Math.PI * loopArea(x, y)) / perimeter ** 2;
}

/** The largest |i| at the zeros of the voltage, A: 0 for a pinched loop. Between points both are polynomials of t. */
export function pinchResidue(t: Float64Array, v: Float64Array, i: Float64Array): number {
  const current = new Curve(t, i, 2);
  const places = zeros(new Curve(t, v, 2), "cross");
  const ends = [0, v.length - 1].flatMap((k) => (v[k] === 0 ? [Math.abs(i[k]!)] : []));
  return Math.max(0, ...ends, ...places.map((place) => Math.abs(current.at(place))));
}
