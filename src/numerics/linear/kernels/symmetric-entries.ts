import type { CholeskyFactor } from "./cholesky-panels.js";
import type { Double } from "./double.js";

/** What two entries that mirror each other may differ by, as a part of the diagonal. */
const asymmetry = 1e-12;
/** What eliminating a pendant may add to the diagonal, as a multiple of what stands there. */
const growth = 1e4;

/** Pendants: unknowns that hang on two others at most, their ends. */
export interface PendantEntries {
  readonly ends: Int32Array; // size 2 × pendants: their places in the order of elimination; −1 where there is none
  readonly between: Int32Array; // size pendants: the place in the panels of the entry between its ends; −1 …
  /** Entries of the matrix: on the diagonal, in the pendant's row, in its column … */
  readonly pivotEntry: Int32Array;
  readonly rowEntry: Int32Array;
  readonly columnEntry: Int32Array;
  /** … and what they are: 1/d, r and c. */
  readonly pivot: Float64Array;
  readonly row: Float64Array;
  readonly column: Float64Array;
}

/** Pairs of mirrored entries: both of them, the place in the panels, those of row and column in the order. */
export interface PairEntries {
  readonly entry: Int32Array;
  readonly mirror: Int32Array;
  readonly panel: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/** Puts the diagonal into the panels, which are empty, and beside them. */
export function takeDiagonal(
  count: number,
  values: Float64Array,
  entry: Int32Array,
  panel: Int32Array,
  { panels, diagonal }: CholeskyFactor,
): void {
  for (let k = 0; k < count; k++) {
    diagonal[k] = values[entry[k]!]!;
    panels[panel[k]!] = diagonal[k]!;
  }
}

/** Takes new numbers for pendants; gives 0 if a pivot is none. */
export function takePendants(
  count: number,
  values: Float64Array,
  { ends, pivotEntry, rowEntry, columnEntry, pivot, row, column }: PendantEntries,
): number {
  for (let k = 0; k < count; k++) {
    pivot[k] = 1 / values[pivotEntry[k]!]!;
    if (!(Math.abs(pivot[k]!) < Infinity)) return 0;
    for (let end = 2 * k; end < 2 * k + 2; end++) {
      if (ends[end]! < 0) break;
      row[end] = values[rowEntry[end]!]!;
      column[end] = values[columnEntry[end]!]!;
    }
  }
  return 1;
}

/** S ← S − Σ cᵢ rᵢᵀ / dᵢ; gives 0 if that is not symmetric, or grows too much. */
export function eliminatePendants(
  count: number,
  { ends, between, pivot, row, column }: PendantEntries,
  panel: Int32Array,
  { panels, diagonal }: CholeskyFactor,
): number {
  for (let k = 0; k < count; k++) {
    const one = ends[2 * k]!;
    const other = ends[2 * k + 1]!;
    if (one < 0) continue;
    const own = row[2 * k]! * column[2 * k]! * pivot[k]!;
    if (!(Math.abs(own) <= growth * diagonal[one]!)) return 0;
    panels[panel[one]!]! -= own;
    if (other < 0) continue;
    const last = row[2 * k + 1]! * column[2 * k + 1]! * pivot[k]!;
    if (!(Math.abs(last) <= growth * diagonal[other]!)) return 0;
    panels[panel[other]!]! -= last;
    const change = column[2 * k]! * row[2 * k + 1]! * pivot[k]!;
    const mirrored = column[2 * k + 1]! * row[2 * k]! * pivot[k]!;
    if (isEqual(change, mirrored, diagonal[one]!, diagonal[other]!) === 0) return 0;
    panels[between[k]!]! -= change;
  }
  return 1;
}

/** Adds the entries off the diagonal to the panels; gives 0 if they are not symmetric. */
export function takePairs(
  count: number,
  values: Float64Array,
  { entry, mirror, panel, row, column }: PairEntries,
  { panels, diagonal }: CholeskyFactor,
): number {
  for (let k = 0; k < count; k++) {
    const value = values[entry[k]!]!;
    if (isEqual(value, values[mirror[k]!]!, diagonal[row[k]!]!, diagonal[column[k]!]!) === 0) return 0;
    panels[panel[k]!]! += value;
  }
  return 1;
}

function isEqual(one: Double, other: Double, a: Double, b: Double): number {
  return one === other || Math.abs(one - other) <= asymmetry * Math.sqrt(a * b) ? 1 : 0;
}

/** b ← b − Σ cᵢ bᵢ / dᵢ: what pendants, whose right-hand sides are `own`, leave of those that they hang on. */
export function leavePendants(
  count: number,
  { ends, pivot, column }: PendantEntries,
  own: Float64Array,
  b: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    const x = own[k]! * pivot[k]!;
    for (let end = 2 * k; end < 2 * k + 2; end++) if (ends[end]! >= 0) b[ends[end]!]! -= column[end]! * x;
  }
}

/** The solution for pendants, from that of those that they hang on. */
export function solvePendants(
  count: number,
  { ends, pivot, row }: PendantEntries,
  own: Float64Array,
  x: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    let sum = own[k]!;
    for (let end = 2 * k; end < 2 * k + 2; end++) if (ends[end]! >= 0) sum -= row[end]! * x[ends[end]!]!;
    own[k] = sum * pivot[k]!;
  }
}
