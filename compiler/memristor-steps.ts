import type { Double } from "../src/numerics/linear/kernels/double.js";
import type { Tolerated } from "../src/numerics/linear/kernels/errors.js";
import { current, type LawValues, law, moveUnideally, type Point } from "./memristor-law.js";

// Steps of order 8 for memristors whose voltages sources lay down, all stages of all of them in one call. Translated once for each
// law, by which it takes `law`; nothing runs it as it stands: `integrators/dop853.ts` is what it is tested against, bit by bit. It
// is one file, for it is one module, and a third of it says what its functions take.

/** The memristors. */
interface Devices {
  /** So many values differ among them: value which[k] of memristor i is columns[k·count + i]. */
  readonly differing: number;
  readonly which: Int32Array;
  readonly columns: Float64Array;
  readonly values: LawValues;
  readonly at: Point;
  /** size count × 2: the source whose voltage p has, and n; −1 for ground */
  readonly ports: Int32Array;
  /** size count: 1 where dx/dt = 0 */
  readonly isHeld: Int32Array;
  readonly lower: Float64Array; // size count
  readonly upper: Float64Array; // size count
}

/** What drives them. */
interface Sources {
  readonly sources: number;
  /** size sources × 9: a sign, 1 for a sine, and its values, or 0, the value at a time, the slope, and the time */
  readonly shapes: Float64Array;
  readonly voltage: Float64Array; // size sources: at the time at hand
}

/** A table of Runge and Kutta's, and what a step is asked for. */
interface Table {
  readonly nodes: Float64Array; // size stages
  /** Sum r is Σ factor[w] · rate of stage[w], w from first[r] on. */
  readonly first: Int32Array;
  readonly stage: Int32Array;
  readonly factor: Float64Array;
}

/** Where the solution is. */
interface Solution {
  readonly y: Float64Array; // size count
  readonly trial: Float64Array; // size count
  readonly error: Float64Array; // size count
  readonly rates: Float64Array; // size 16 × count: of the stages
  readonly slopes: Float64Array; // size 16 × count: ∂rate/∂y of the stages
  readonly largest: Float64Array; // size count: what movement is compared with
  readonly grown: Float64Array; // size count: ln of how much a disturbance has grown over these steps
  readonly mostGrown: Float64Array; // size count: the largest that it was at a step's end
}

/** How far a stretch has come. */
interface Course {
  t: Double;
  h: Double; // of the step to be tried; 0: not known yet
  readonly end: Double;
  readonly first: Double; // the earliest time that is looked at
  readonly last: Double;
  looked: Double; // the time that voltages are of
  readonly longest: Double;
  readonly relative: Double;
  readonly least: Double; // part of the largest of a kind that is always tolerated
  readonly reads: Double; // s: the solution is read at `readsFrom` and multiples of this later; 0: anywhere
  readonly readsFrom: Double;
  readonly tellsStiff: Double;
  readonly stagnantStep: Double; // s
  readonly stagnantMovement: Double;
  readonly stagnantSteps: Double;
  slow: Double; // steps in a row
  isKnown: Double; // whether the rate at t is
  wasRefused: Double;
  steps: Double; // accepted
  rejected: Double;
  evaluations: Double;
  left: Double; // steps that may be taken
  kept: Double; // steps of this call
  sized: Double; // whether weights are
}

declare function sineAt(
  t: Double,
  vo: Double,
  va: Double,
  freq: Double,
  td: Double,
  theta: Double,
  phase: Double,
  count: Double,
): Double;
declare function seeLargest(n: number, of: Tolerated, x: Float64Array): number;
declare function weighUnknowns(n: number, relative: Double, least: Double, of: Tolerated): void;
declare function largestPart(n: number, weight: Float64Array, a: Float64Array): Double;
declare function firstStep(size: Double, speed: Double, longest: Double, rest: Double): Double;
declare function errorOfOrders(h: Double, fifth: Double, third: Double): Double;
declare function nextStep(h: Double, error: Double, wasRefused: number): Double;
declare function shorterStep(h: Double, error: Double): Double;
declare function largestMovement(
  n: number,
  logarithmic: Int32Array,
  largest: Float64Array,
  before: Float64Array,
  after: Float64Array,
): Double;
declare function alongStep(
  s: Double,
  y0: Double,
  f0: Double,
  f1: Double,
  f2: Double,
  f3: Double,
  f4: Double,
  f5: Double,
  f6: Double,
): Double;

/** Writes the voltages that sources lay down at t. */
function voltagesAt(t: Double, { sources, shapes, voltage }: Sources): void {
  for (let j = 0; j < sources; j++) {
    const s = 9 * j;
    const first = shapes[s + 2]!;
    const second = shapes[s + 3]!;
    const third = shapes[s + 4]!;
    const value: Double =
      shapes[s + 1]! === 0
        ? first + second * (t - third)
        : sineAt(t, first, second, third, shapes[s + 5]!, shapes[s + 6]!, shapes[s + 7]!, shapes[s + 8]!);
    voltage[j] = shapes[s]! * value;
  }
}

/** Writes the rates of a stage so much later, at y; 0 if one of them is not finite. */
function takeRates(
  count: number,
  stage: number,
  later: Double,
  y: Float64Array,
  course: Course,
  devices: Devices,
  sources: Sources,
  { rates, slopes }: Solution,
): number {
  const { differing, which, columns, values, at, ports, isHeld, lower, upper } = devices;
  const { voltage } = sources;
  course.evaluations += 1;
  const t = Math.min(Math.max(course.t + later, course.first), course.last);
  if (t !== course.looked) voltagesAt(t, sources);
  course.looked = t;
  const to = stage * count;
  let areFinite = 1;
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < differing; d++) values[which[d]!] = columns[d * count + i]!;
    const p = ports[2 * i]!;
    const n = ports[2 * i + 1]!;
    const above: Double = p < 0 ? 0 : voltage[p]!;
    const below: Double = n < 0 ? 0 : voltage[n]!;
    const state = Math.min(upper[i]!, Math.max(lower[i]!, y[i]!));
    law(state, above - below, values, at);
    moveUnideally(state, values.off, values.asym, values.retention, values.stuck, at);
    const rate: Double = isHeld[i]! === 0 ? at.rate : 0;
    rates[to + i] = rate;
    // At a wall no disturbance lasts.
    const isFree = state > lower[i]! && state < upper[i]! && isHeld[i]! === 0;
    slopes[to + i] = isFree ? at.rate_x : 0;
    if (!(rate - rate === 0)) areFinite = 0;
  }
  return areFinite;
}

/** out = y + h Σ factor · rate */
function addStages(
  count: number,
  row: number,
  h: Double,
  { first, stage, factor }: Table,
  rates: Float64Array,
  y: Float64Array,
  out: Float64Array,
): void {
  const end = first[row + 1]!;
  for (let i = 0; i < count; i++) {
    let total: Double = 0;
    for (let w = first[row]!; w < end; w++) total += factor[w]! * rates[stage[w]! * count + i]!;
    out[i] = y[i]! + h * total;
  }
}

/** The same without y and h, from place `to` of out on. */
function sumStages(
  count: number,
  row: number,
  { first, stage, factor }: Table,
  rates: Float64Array,
  out: Float64Array,
  to: number,
): void {
  const end = first[row + 1]!;
  for (let i = 0; i < count; i++) {
    let total: Double = 0;
    for (let w = first[row]!; w < end; w++) total += factor[w]! * rates[stage[w]! * count + i]!;
    out[to + i] = total;
  }
}

/** Writes the solution h later to `trial`; gives its error in what is tolerated, NaN if it cannot be had. */
function tryStep(
  count: number,
  h: Double,
  course: Course,
  devices: Devices,
  sources: Sources,
  table: Table,
  solution: Solution,
  weight: Float64Array,
): Double {
  const { y, trial, error, rates } = solution;
  const { nodes } = table;
  for (let stage = 1; stage < 12; stage++) {
    addStages(count, stage - 1, h, table, rates, y, trial);
    if (takeRates(count, stage, nodes[stage]! * h, trial, course, devices, sources, solution) === 0) return 0 / 0;
  }
  addStages(count, 11, h, table, rates, y, trial);
  sumStages(count, 15, table, rates, error, 0);
  const fifth = largestPart(count, weight, error);
  sumStages(count, 16, table, rates, error, 0);
  const third = largestPart(count, weight, error);
  return errorOfOrders(h, fifth, third);
}

/** Keeps a step: t, h, and count × 8 numbers of its dense output, those of a kind beside each other. */
function keepStep(
  count: number,
  h: Double,
  isLast: number,
  course: Course,
  devices: Devices,
  sources: Sources,
  table: Table,
  solution: Solution,
  kept: Float64Array,
  from: number,
): void {
  const { y, trial, error, rates } = solution;
  const { nodes } = table;
  kept[from] = course.t;
  kept[from + 1] = h;
  // A step that nobody reads in needs no stages for it.
  const early = Math.floor((course.t - course.readsFrom) / course.reads - 1e-6);
  const late = Math.floor((course.t + h - course.readsFrom) / course.reads + 1e-6);
  if (course.reads > 0 && early === late && isLast === 0) return;
  for (let stage = 13; stage < 16; stage++) {
    addStages(count, stage - 1, h, table, rates, y, error);
    takeRates(count, stage, nodes[stage]! * h, error, course, devices, sources, solution);
  }
  const dense = from + 2;
  for (let k = 0; k < 4; k++) sumStages(count, 17 + k, table, rates, kept, dense + (4 + k) * count);
  for (let i = 0; i < count; i++) {
    const slope = rates[i]!;
    const f0 = trial[i]! - y[i]!;
    const at = dense + i;
    kept[at] = y[i]!;
    kept[at + count] = f0;
    kept[at + 2 * count] = h * slope - f0;
    kept[at + 3 * count] = 2 * f0 - h * (slope + rates[12 * count + i]!);
    for (let k = 4; k < 8; k++) kept[at + k * count]! *= h;
  }
}

/** By how much a disturbance grows over a step: ∫ ∂rate/∂y dt, by the weights of the step itself. */
function followGrowth(count: number, h: Double, { first, stage, factor }: Table, solution: Solution): void {
  const { slopes, grown, mostGrown } = solution;
  const end = first[12]!;
  for (let i = 0; i < count; i++) {
    let total: Double = 0;
    for (let w = first[11]!; w < end; w++) total += factor[w]! * slopes[stage[w]! * count + i]!;
    grown[i]! += h * total;
    mostGrown[i] = Math.max(mostGrown[i]!, grown[i]!);
  }
}

/**
 * Goes on by so many steps at most. Gives how it went: 0 more are to come, 1 at the end, 2 too many steps, 3 no value,
 * 4 a step too small, 5 stiff.
 */
export function memristorSteps(
  count: number,
  most: number,
  course: Course,
  devices: Devices,
  sources: Sources,
  table: Table,
  solution: Solution,
  tolerated: Tolerated,
  kept: Float64Array,
): number {
  const { y, trial, error, rates, slopes, grown, mostGrown, largest } = solution;
  const { weight, logarithmic } = tolerated;
  const size = 2 + 8 * count;
  for (let i = 0; i < count; i++) {
    grown[i] = 0;
    mostGrown[i] = 0;
  }
  let done = 0;
  course.kept = 0;
  if (course.sized === 0) {
    seeLargest(count, tolerated, y);
    weighUnknowns(count, course.relative, course.least, tolerated);
    course.sized = 1;
  }
  while (done < most) {
    if (course.left <= 0) return 2;
    if (course.isKnown === 0) {
      if (takeRates(count, 0, 0, y, course, devices, sources, solution) === 0) return 3;
      course.isKnown = 1;
    }
    const rest = course.end - course.t;
    if (course.h === 0) {
      for (let i = 0; i < count; i++) error[i] = rates[i]!;
      const speed = largestPart(count, weight, error);
      course.h = firstStep(largestPart(count, weight, y), speed, course.longest, rest);
    }
    const wished = Math.min(course.h, course.longest);
    const isLast = wished >= rest * (1 - 1e-12) ? 1 : 0;
    // The last two steps share what is left, so that none is tiny.
    const h: Double = isLast === 1 ? rest : 2 * wished > rest ? rest / 2 : wished;
    let missed = tryStep(count, h, course, devices, sources, table, solution, weight);
    let isRefused = missed <= 1 ? 0 : 1;
    if (isRefused === 0 && takeRates(count, 12, h, trial, course, devices, sources, solution) === 0) {
      isRefused = 1;
      missed = 0 / 0;
    }
    course.left -= 1;
    if (isRefused === 1) {
      course.rejected += 1;
      course.wasRefused = 1;
      course.h = shorterStep(h, missed);
      if (course.h < 1e-12 * (rest + h)) return missed >= 0 ? 4 : 3;
      continue;
    }
    course.steps += 1;
    const moved = largestMovement(count, logarithmic, largest, y, trial);
    course.slow = h < course.stagnantStep && moved < course.stagnantMovement ? course.slow + 1 : 0;
    keepStep(count, h, isLast, course, devices, sources, table, solution, kept, done * size);
    followGrowth(count, h, table, solution);
    done++;
    course.kept += 1;
    course.t = isLast === 1 ? course.end : course.t + h;
    course.h = nextStep(h, missed, course.wasRefused === 1 ? 1 : 0);
    course.wasRefused = 0;
    for (let i = 0; i < count; i++) {
      y[i] = trial[i]!;
      rates[i] = rates[12 * count + i]!;
      slopes[i] = slopes[12 * count + i]!;
    }
    if (seeLargest(count, tolerated, y) === 1) weighUnknowns(count, course.relative, course.least, tolerated);
    if (isLast === 1) return 1;
    if (course.tellsStiff === 1 && course.slow >= course.stagnantSteps) return 5;
  }
  return 0;
}

/**
 * Writes, for each of some times in ascending order, the states and the voltages of sources, by the steps that are kept: all
 * values of one after those of the other.
 *
 * @param places size count + sources: where they stand
 */
export function memristorPoints(
  count: number,
  points: number,
  times: Float64Array,
  steps: number,
  course: Course,
  sources: Sources,
  kept: Float64Array,
  places: Int32Array,
  out: Float64Array,
): void {
  const { sources: driven, voltage } = sources;
  const size = 2 + 8 * count;
  let k = 0;
  for (let first = 0; first < points; ) {
    while (k < steps - 1 && times[first]! > kept[k * size]! + kept[k * size + 1]!) k++;
    const begin = kept[k * size]!;
    const h = kept[k * size + 1]!;
    // All times in one step, one memristor after the other: what is written lies side by side.
    let end = first + 1;
    while (end < points && (k === steps - 1 || times[end]! <= begin + h)) end++;
    for (let i = 0; i < count; i++) {
      const f = k * size + 2 + i;
      const y = kept[f]!;
      const f0 = kept[f + count]!;
      const f1 = kept[f + 2 * count]!;
      const f2 = kept[f + 3 * count]!;
      const f3 = kept[f + 4 * count]!;
      const f4 = kept[f + 5 * count]!;
      const f5 = kept[f + 6 * count]!;
      const f6 = kept[f + 7 * count]!;
      const to = places[i]! * points;
      for (let row = first; row < end; row++) {
        out[to + row] = alongStep((times[row]! - begin) / h, y, f0, f1, f2, f3, f4, f5, f6);
      }
    }
    first = end;
  }
  for (let row = 0; row < points; row++) {
    course.looked = Math.min(Math.max(times[row]!, course.first), course.last);
    voltagesAt(course.looked, sources);
    for (let j = 0; j < driven; j++) out[places[count + j]! * points + row] = voltage[j]!;
  }
}

/**
 * Writes the currents of memristors at points, the points' values of one after those of the other, as unknowns stand in x.
 *
 * @param places size looked × 3: where p, n and x of one stand; −1 for ground
 * @param which value which[d] of the one that is looked at as number k is columns[d·looked + k]
 * @param signs size looked: 1 for the current into p, −1 for that into n
 */
export function memristorCurrents(
  looked: number,
  points: number,
  places: Int32Array,
  differing: number,
  which: Int32Array,
  columns: Float64Array,
  values: LawValues,
  at: Point,
  signs: Float64Array,
  x: Float64Array,
  out: Float64Array,
): void {
  for (let k = 0; k < looked; k++) {
    for (let d = 0; d < differing; d++) values[which[d]!] = columns[d * looked + k]!;
    const p = places[3 * k]!;
    const n = places[3 * k + 1]!;
    const own = places[3 * k + 2]!;
    const sign = signs[k]!;
    for (let point = 0; point < points; point++) {
      const above: Double = p < 0 ? 0 : x[p * points + point]!;
      const below: Double = n < 0 ? 0 : x[n * points + point]!;
      current(x[own * points + point]!, above - below, values, at);
      out[k * points + point] = sign * at.i;
    }
  }
}
