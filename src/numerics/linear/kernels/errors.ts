import type { Double } from "./double.js";

// What differences of a solution are worth: how large they may be, and what comes of some of them.

const epsilon = 1 * Number.EPSILON;

/** A matrix by compressed columns, and the signs by which its rows and columns are disturbed. */
export interface Disturbed {
  readonly columnStart: Int32Array;
  readonly row: Int32Array;
  /** size n: bit k is set where throw k is positive. */
  readonly signs: Int32Array;
  /** size n: a sign with a size between a half and one. */
  readonly uneven: Float64Array;
}

/** Writes αC applied to the sizes, with signs by a throw. */
export function disturbCharges(
  n: number,
  { columnStart, row, signs }: Disturbed,
  alpha: Double,
  C: Float64Array,
  size: Float64Array,
  toss: number,
  out: Float64Array,
): void {
  for (let i = 0; i < n; i++) out[i] = 0;
  for (let j = 0; j < n; j++) {
    const end = columnStart[j + 1]!;
    const disturbance: Double = alpha * size[j]! * (((signs[j]! >> toss) & 1) === 1 ? 1 : -1);
    for (let e = columnStart[j]!; e < end; e++) out[row[e]!]! += C[e]! * disturbance;
  }
}

/** out ← max(out, |moved| − weight) */
export function keepBeyond(n: number, moved: Float64Array, weight: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = Math.max(out[i]!, Math.abs(moved[i]!) - weight[i]!);
}

/** Writes the last digits of the terms that cancel in each row of αq + β + f, with signs of their own. */
export function addDigits(
  n: number,
  { columnStart, row, uneven }: Disturbed,
  alpha: Double,
  q: Float64Array,
  G: Float64Array,
  x: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < n; i++) out[i] = alpha * Math.abs(q[i]!) * epsilon;
  for (let j = 0; j < n; j++) {
    const size = Math.abs(x[j]!) * epsilon;
    if (size === 0) continue;
    const end = columnStart[j + 1]!;
    for (let e = columnStart[j]!; e < end; e++) out[row[e]!]! += Math.abs(G[e]!) * size;
  }
  for (let i = 0; i < n; i++) out[i]! *= uneven[i]!;
}

/** Writes |a| in the place of a. */
export function takeSizes(n: number, a: Float64Array): void {
  for (let i = 0; i < n; i++) a[i] = Math.abs(a[i]!);
}

/** floor += digits + margin·rounding + perChange·|x − last| */
export function addFloor(
  n: number,
  digits: Float64Array,
  margin: Double,
  rounding: Float64Array,
  perChange: Double,
  x: Float64Array,
  last: Float64Array,
  floor: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    const by: Double = digits[i]! + margin * rounding[i]! + perChange * Math.abs(x[i]! - last[i]!);
    floor[i]! += by;
  }
}

/** What is tolerated of each unknown, and what that follows from. */
export interface Tolerated {
  readonly largest: Float64Array; // the largest |x| seen
  readonly kind: Int32Array; // the number of its kind
  readonly largestOfKind: Float64Array;
  readonly logarithmic: Int32Array; // 1 for the logarithm of something
  readonly negligible: Float64Array;
  readonly floor: Float64Array;
  readonly wanted: Float64Array;
  readonly weight: Float64Array;
}

/** Takes notice of sizes; 0 if all have been as large before. */
export function seeLargest(n: number, { largest, kind, largestOfKind }: Tolerated, x: Float64Array): number {
  let any = 0;
  for (let i = 0; i < n; i++) {
    const size = Math.abs(x[i]!);
    if (!(size > largest[i]!)) continue; // then the kind has been as large as well
    largest[i] = size;
    const own = kind[i]!;
    if (size > largestOfKind[own]!) largestOfKind[own] = size;
    any = 1;
  }
  return any;
}

/** Writes what is wanted, relative · max(largest, least · largest of kind) + negligible, and with the floor what is tolerated. */
export function weighUnknowns(n: number, relative: Double, least: Double, of: Tolerated): void {
  const { largest, kind, largestOfKind, logarithmic, negligible, floor, wanted, weight } = of;
  for (let i = 0; i < n; i++) {
    const size: Double = logarithmic[i]! === 1 ? 1 : Math.max(largest[i]!, least * largestOfKind[kind[i]!]!);
    const value: Double = relative * size + negligible[i]!;
    wanted[i] = value;
    weight[i] = value + floor[i]!;
  }
}

/** The largest |a| / weight; NaN where one is not a number. */
export function largestPart(n: number, weight: Float64Array, a: Float64Array): Double {
  let size: Double = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(a[i]!) / weight[i]!);
  return size;
}

/** The largest |a + b| / weight; NaN where one is not a number. */
export function largestPartOfSum(n: number, weight: Float64Array, a: Float64Array, b: Float64Array): Double {
  let size: Double = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(a[i]! + b[i]!) / weight[i]!);
  return size;
}
