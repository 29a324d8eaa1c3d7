import type { Double } from "./double.js";

/** When refactoring, a pivot below this part of the largest entry asks for a new choice of pivots. */
const fading = 1e-5;
/** What is left of a column after cancellation is rounding below this part of it. */
export const cancelled = 4 * Number.EPSILON;

/** How P R A Q = L U is laid out: A by compressed columns, its blocks, and where its rows and columns stand. */
export interface LuPlan {
  readonly size: number;
  readonly entries: number; // of A
  readonly blocks: number;
  readonly columnStart: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array; // size n: column[k] of A stands in place k
  readonly place: Int32Array; // size n: where a row of A stands
  readonly target: Int32Array; // size nnz: the place of each entry's row
  readonly blockOf: Int32Array; // size n: the first place of the block that place k is in
  readonly blockStart: Int32Array; // size blocks+1
}

/** The factors by compressed columns, L and U without their diagonals; above the blocks stands A itself. */
export interface LuFactor {
  readonly lowerStart: Int32Array;
  readonly lowerRow: Int32Array;
  readonly lower: Float64Array;
  readonly upperStart: Int32Array;
  readonly upperRow: Int32Array; // in each column in an order in which it can be eliminated
  readonly upper: Float64Array;
  readonly aboveStart: Int32Array;
  readonly aboveRow: Int32Array;
  readonly above: Float64Array;
  readonly pivot: Float64Array; // size n: the diagonal of U
  readonly scale: Float64Array; // size n: one over the largest entry of each row of A
  readonly work: Float64Array; // size n, zero between uses
}

/** Writes one over the largest entry of each row. */
export function scaleRows(
  size: number,
  entries: number,
  row: Int32Array,
  values: Float64Array,
  scale: Float64Array,
): void {
  scale.fill(0, 0, size);
  for (let e = 0; e < entries; e++) {
    const magnitude = Math.abs(values[e]!);
    if (magnitude > scale[row[e]!]!) scale[row[e]!] = magnitude;
  }
  for (let i = 0; i < size; i++) scale[i] = scale[i]! > 0 ? 1 / scale[i]! : 1;
}

/** Factors other numbers with the pivots as they are. Gives the first place whose pivot is too small beside its column; −1 if there is none. */
export function refactorColumns(
  { size, entries, columnStart, row, column, target, blockOf }: LuPlan,
  { lowerStart, lowerRow, lower, upperStart, upperRow, upper, aboveStart, above, pivot, scale, work }: LuFactor,
  values: Float64Array,
): number {
  scaleRows(size, entries, row, values, scale);
  for (let k = 0; k < size; k++) {
    const begin = blockOf[k]!;
    const j = column[k]!;
    let largestOfA: Double = 0;
    let up = aboveStart[k]!;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const value = values[e]! * scale[row[e]!]!;
      if (target[e]! < begin) above[up++] = value;
      else {
        largestOfA = Math.max(largestOfA, Math.abs(value)); // within its block alone a column is changed, and loses digits
        work[target[e]!]! += value;
      }
    }
    for (let e = upperStart[k]!; e < upperStart[k + 1]!; e++) {
      const p = upperRow[e]!;
      const x = work[p]!;
      work[p] = 0;
      upper[e] = x;
      if (x === 0) continue;
      for (let l = lowerStart[p]!; l < lowerStart[p + 1]!; l++) work[lowerRow[l]!]! -= lower[l]! * x;
    }
    const chosen = work[k]!;
    let largest = Math.abs(chosen);
    pivot[k] = chosen;
    work[k] = 0;
    for (let e = lowerStart[k]!; e < lowerStart[k + 1]!; e++) {
      const x = work[lowerRow[e]!]!;
      work[lowerRow[e]!] = 0;
      largest = Math.max(largest, Math.abs(x));
      lower[e] = x / chosen;
    }
    // Written so that a value that is not a number is refused too.
    if (!(Math.abs(chosen) >= fading * largest && Math.abs(chosen) > cancelled * largestOfA && largest < Infinity))
      return k;
  }
  return -1;
}

/** Overwrites b by the solution of A x = b: block after block from the last one on. */
export function solveColumns(
  { size, blocks, column, place, blockStart }: LuPlan,
  {
    lowerStart,
    lowerRow,
    lower,
    upperStart,
    upperRow,
    upper,
    aboveStart,
    aboveRow,
    above,
    pivot,
    scale,
    work,
  }: LuFactor,
  b: Float64Array,
): void {
  for (let i = 0; i < size; i++) work[place[i]!] = b[i]! * scale[i]!;
  for (let block = blocks - 1; block >= 0; block--) {
    const from = blockStart[block]!;
    const to = blockStart[block + 1]!;
    for (let k = from; k < to - 1; k++) {
      const x = work[k]!;
      if (x === 0) continue;
      for (let e = lowerStart[k]!; e < lowerStart[k + 1]!; e++) work[lowerRow[e]!]! -= lower[e]! * x;
    }
    for (let k = to - 1; k >= from; k--) {
      const x = work[k]! / pivot[k]!;
      work[k] = x;
      if (x === 0) continue;
      for (let e = upperStart[k]!; e < upperStart[k + 1]!; e++) work[upperRow[e]!]! -= upper[e]! * x;
    }
    for (let k = from; k < to; k++) {
      const x = work[k]!;
      if (x === 0) continue;
      for (let e = aboveStart[k]!; e < aboveStart[k + 1]!; e++) work[aboveRow[e]!]! -= above[e]! * x;
    }
  }
  for (let k = 0; k < size; k++) b[column[k]!] = work[k]!;
  work.fill(0, 0, size);
}
