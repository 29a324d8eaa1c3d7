import { foldedRows } from "./folded-rows.js";

/** So many numbers are folded into a triangle first, by compiled kernels. */
const many = 40_000;

/**
 * The x with the least |A x − b|² + λ|x|², by Householder's reflections (G. Golub, Numerische Mathematik 7, 206, 1965);
 * columns that say nothing new within rounding get 0.
 *
 * @param columns A, a column each, all as long as b
 * @param lambda λ ≥ 0
 */
export const leastSquares = (columns: readonly Float64Array[], b: Float64Array, lambda: number): Float64Array =>
  leastSquaresOfAll(columns, [b], lambda)[0]!;

/** The same for several b of one length, with one factorisation of A. */
export function leastSquaresOfAll(
  columns: readonly Float64Array[],
  all: readonly Float64Array[],
  lambda: number,
): readonly Float64Array[] {
  const n = columns.length;
  const count = all[0]?.length ?? 0;
  if (count * n >= many && count > 2 * n) {
    const folded = foldedRows(columns, all, lambda);
    return leastSquaresOfAll(folded.slice(0, n), folded.slice(n), 0);
  }
  const rows = count + n;
  const A = columns.map((column, j) => extended(column, rows, count + j, Math.sqrt(lambda)));
  const right = all.map((b) => extended(b, rows, count, 0));
  const pivots: Pivot[] = [];
  for (let j = 0; j < n; j++) {
    const row = pivots.length;
    const value = -Math.sign(A[j]![row]! || 1) * length(A[j]!, row);
    if (Math.abs(value) <= 1e-14 * length(A[j]!, 0)) continue;
    A[j]![row]! -= value;
    const scale = 2 / length(A[j]!, row) ** 2;
    const last = count + j + 1; // what λ adds to later columns is still 0 below
    for (let k = j + 1; k < n; k++) reflect(A[j]!, row, last, scale, A[k]!);
    for (const other of right) reflect(A[j]!, row, last, scale, other);
    pivots.push({ column: j, value });
  }
  return right.map((b) => solved(A, pivots, b));
}

function extended(values: Float64Array, rows: number, place: number, value: number): Float64Array {
  const all = new Float64Array(rows);
  all.set(values);
  all[place] = value;
  return all;
}

function length(values: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < values.length; i++) sum += values[i]! * values[i]!;
  return Math.sqrt(sum);
}

/** other − (2/|v|²)·v·(v·other), over the rows from `from` on; v is 0 from `to` on. */
function reflect(v: Float64Array, from: number, to: number, scale: number, other: Float64Array): void {
  let dot = 0;
  for (let i = from; i < to; i++) dot += v[i]! * other[i]!;
  for (let i = from; i < to; i++) other[i]! -= scale * dot * v[i]!;
}

/** Where a row of R begins, and what stands there. */
interface Pivot {
  readonly column: number;
  readonly value: number;
}

/** R x = right, where row i of R stands in the columns behind its pivot; columns without one get 0. */
function solved(A: readonly Float64Array[], pivots: readonly Pivot[], right: Float64Array): Float64Array {
  const x = new Float64Array(A.length);
  for (let i = pivots.length - 1; i >= 0; i--) {
    const { column, value } = pivots[i]!;
    let sum = right[i]!;
    for (let j = column + 1; j < A.length; j++) sum -= A[j]![i]! * x[j]!;
    x[column] = sum / value;
  }
  return x;
}
