import type { Pattern } from "../numerics/system.js";

/** The square part of a matrix that belongs to some of the unknowns. */
export interface Part {
  readonly pattern: Pattern;
  /** Writes the part's entries out of those of the whole matrix, and gives them. */
  take(values: Float64Array, out: Float64Array): Float64Array;
}

/** Rows and columns `chosen` (ascending) of a pattern. */
export function partOf({ size, columnStart, row }: Pattern, chosen: Int32Array): Part {
  const place = new Int32Array(size).fill(-1);
  for (const [k, j] of chosen.entries()) place[j] = k;
  const start = new Int32Array(chosen.length + 1);
  const entries: number[] = [];
  for (const [k, j] of chosen.entries()) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) if (place[row[e]!]! >= 0) entries.push(e);
    start[k + 1] = entries.length;
  }
  const from = Int32Array.from(entries);
  const rows = from.map((e) => place[row[e]!]!);
  return {
    pattern: { size: chosen.length, columnStart: start, row: rows },
    take(values, out) {
      for (let e = 0; e < from.length; e++) out[e] = values[from[e]!]!;
      return out;
    },
  };
}
