import type { Double } from "./double.js";

/** The entries of a matrix that are off its diagonal, and the sum of each row over all columns and what is not among them. */
export interface Rows {
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
  readonly sum: Float64Array;
}

/**
 * Writes A x into y as  Σ_j a_ij (x_j − x_i) + (Σ_j a_ij) x_i:  a small difference of two large voltages keeps its digits,
 * as it does in a device of its own.
 */
export function multiplyByDifferences(
  n: number,
  count: number,
  { row, column, value, sum }: Rows,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let i = 0; i < n; i++) y[i] = sum[i]! * x[i]!;
  for (let e = 0; e < count; e++) {
    const i = row[e]!;
    const difference: Double = x[column[e]!]! - x[i]!;
    y[i]! += value[e]! * difference;
  }
}

/** to[k] = from[k] for the k of a list. */
export function copyPlaces(count: number, places: Int32Array, from: Float64Array, to: Float64Array): void {
  for (let k = 0; k < count; k++) {
    const place = places[k]!;
    to[place] = from[place]!;
  }
}
