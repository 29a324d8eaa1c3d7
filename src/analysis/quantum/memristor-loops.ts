import { spreadOf } from "../../numerics/spread.js";
import { zeros } from "../crossings.js";
import { Curve } from "../interpolation.js";

/** What a loop is cut from: columns over the times of a run. */
export interface LoopColumns {
  readonly time: Float64Array;
  readonly voltage: Float64Array;
  readonly current: Float64Array;
  readonly rate: Float64Array; // Γ
  /** 2π/ω of the memristor's system; Infinity where ω is 0. */
  readonly period: number;
}

/** Figures of one loop. */
export interface MemristorLoop {
  readonly start: number;
  readonly end: number;
  /** S = |A₁| + |A₂| of its two lobes. */
  readonly area: number;
  readonly perimeter: number;
  /** F = 4πS/P², V and I divided by their largest magnitudes in the whole run: it does not depend on units. */
  readonly formfactor: number;
  /** F of V and I as they are. */
  readonly raw: number;
  /** The largest |I| at its three zeros of V, over the largest |I| within half a period of each. */
  readonly pinch: number;
  /** rms(I − ΓV)/rms(I) over its points. */
  readonly ohm: number;
}

/** What coupling has left of a memristor, over a whole run. */
export interface Memristivity {
  /** The median over all zeros of V, the start with them, of |I| there over the largest |I| within half a period. */
  readonly pinch: number;
  /** The largest of these. */
  readonly pinch_max: number;
  /** rms(I − ΓV)/rms(I): 0 for a memristor. */
  readonly ohm: number;
}

/** Those of a run whose V changes its sign at some places. */
export function memristivityOf(columns: LoopColumns, cuts: readonly number[]): Memristivity {
  const { time, voltage } = columns;
  const places = voltage[0] === 0 ? [time[0]!, ...cuts] : cuts;
  const residues = Float64Array.from(places, (place) => residueAt(place, columns)).filter((it) => !Number.isNaN(it));
  return {
    pinch: spreadOf(residues).median,
    pinch_max: residues.length === 0 ? Number.NaN : largest(residues),
    ohm: ohmOf(columns, -Infinity, Infinity),
  };
}

/** Where V is 0, by straight lines between its points; a start at 0 does not count. */
export const zerosOf = (time: Float64Array, voltage: Float64Array): readonly number[] =>
  zeros(new Curve(time, voltage, 0), "cross");

/**
 * The loops of a memristor: from the first zero of V to the third, from there to the fifth, … Each starts, crosses itself
 * and ends at the origin. A loop is the polygon through the run's points, with its ends by straight lines at the zeros;
 * its figures are right to second order in the distance of the points.
 */
export function loopsOf(columns: LoopColumns, cuts: readonly number[]): readonly MemristorLoop[] {
  const scales = [largest(columns.voltage), largest(columns.current)] as const;
  const loops: MemristorLoop[] = [];
  for (let k = 0; k + 2 < cuts.length; k += 2) loops.push(loopOf(columns, cuts.slice(k, k + 3), scales));
  return loops;
}

function loopOf(
  columns: LoopColumns,
  cuts: readonly number[],
  [volts, amperes]: readonly [number, number],
): MemristorLoop {
  const { time, voltage, current } = columns;
  const [start, middle, end] = cuts as readonly [number, number, number];
  const places = placesOf(time, start, middle, end);
  const [v, i] = [voltage, current].map((column) => sampled(time, column, places)) as [Float64Array, Float64Array];
  const turn = places.indexOf(middle);
  const shape = shapeOf(v, i, turn);
  const scaled = shapeOf(
    v.map((value) => value / volts),
    i.map((value) => value / amperes),
    turn,
  );
  return {
    start,
    end,
    ...shape,
    raw: formFactor(shape),
    formfactor: formFactor(scaled),
    pinch: cuts.reduce((most, cut) => Math.max(most, residueAt(cut, columns)), 0),
    ohm: ohmOf(columns, start, end),
  };
}

/** The zeros of V, and the run's points between them. */
function placesOf(time: Float64Array, ...cuts: readonly [number, number, number]): Float64Array {
  const inside = time.filter((t) => t > cuts[0] && t < cuts[2]);
  return Float64Array.from(new Set([...inside, ...cuts])).sort();
}

function sampled(time: Float64Array, column: Float64Array, places: Float64Array): Float64Array {
  const curve = new Curve(time, column, 0);
  return places.map((place) => curve.at(place));
}

interface Shape {
  readonly area: number;
  readonly perimeter: number;
}

/** Both lobes end on the axis V = 0, along which they are closed. */
function shapeOf(v: Float64Array, i: Float64Array, turn: number): Shape {
  let perimeter = Math.hypot(v[0]! - v.at(-1)!, i[0]! - i.at(-1)!);
  const lobes = [0, 0];
  for (let k = 1; k < v.length; k++) {
    perimeter += Math.hypot(v[k]! - v[k - 1]!, i[k]! - i[k - 1]!);
    lobes[k <= turn ? 0 : 1]! += (v[k - 1]! * i[k]! - v[k]! * i[k - 1]!) / 2;
  }
  return { area: Math.abs(lobes[0]!) + Math.abs(lobes[1]!), perimeter };
}

const formFactor = ({ area, perimeter }: Shape): number =>
  perimeter === 0 ? 0 : (4 * Math.PI * area) / perimeter ** 2;

/** |I| at a zero of V, over the largest |I| within half a period of it. */
function residueAt(cut: number, { time, current, period }: LoopColumns): number {
  const near = current.filter((_, k) => Math.abs(time[k]! - cut) <= period / 2);
  return Math.abs(new Curve(time, current, 0).at(cut)) / largest(near);
}

function ohmOf({ time, voltage, current, rate }: LoopColumns, start: number, end: number): number {
  let [residual, all] = [0, 0];
  for (let k = 0; k < time.length; k++) {
    if (time[k]! < start || time[k]! > end || Number.isNaN(current[k]!)) continue;
    residual += (current[k]! - rate[k]! * voltage[k]!) ** 2;
    all += current[k]! ** 2;
  }
  return Math.sqrt(residual / all);
}

const largest = (column: Float64Array): number =>
  column.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0);
