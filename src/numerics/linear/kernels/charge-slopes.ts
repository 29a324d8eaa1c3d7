import type { Double } from "./double.js";

/** The entries of a matrix at which charges may have slopes: of a large circuit a small part. */
export interface ChargeEntries {
  readonly entry: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/** Writes G + αC; gives the first entry that is not finite, or −1. */
export function assembleSlopes(
  nonzeros: number,
  count: number,
  { entry }: ChargeEntries,
  alpha: Double,
  C: Float64Array,
  G: Float64Array,
  out: Float64Array,
): number {
  for (let e = 0; e < nonzeros; e++) out[e] = G[e]!;
  for (let k = 0; k < count; k++) out[entry[k]!]! += alpha * C[entry[k]!]!;
  for (let e = 0; e < nonzeros; e++) if (!(Math.abs(out[e]!) < Infinity)) return e;
  return -1;
}

/** Writes q − C·step. */
export function moveCharges(
  n: number,
  count: number,
  { entry, row, column }: ChargeEntries,
  C: Float64Array,
  step: Float64Array,
  q: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < n; i++) out[i] = q[i]!;
  for (let k = 0; k < count; k++) out[row[k]!]! -= C[entry[k]!]! * step[column[k]!]!;
}
