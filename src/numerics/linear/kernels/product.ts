import type { Double } from "./double.js";

/** Writes A x, of A by compressed rows; 0 if it is not finite, else 1. */
export function multiplyRows(
  rows: number,
  start: Int32Array,
  column: Int32Array,
  value: Float64Array,
  x: Float64Array,
  out: Float64Array,
): number {
  let rest: Double = 0;
  let e = 0;
  for (let i = 0; i < rows; i++) {
    let sum: Double = 0;
    const end = start[i + 1]!;
    for (; e < end; e++) sum += value[e]! * x[column[e]!]!;
    out[i] = sum;
    rest += 0 * sum; // 0, unless one is infinite or not a number
  }
  return rest === 0 ? 1 : 0;
}
