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
  const rows = count + n;
  const A = columns.map((column, j) => extended(column, rows, count + j, Math.sqrt(lambda)));
  const right = all.map((b) => extended(b, rows, count, 0));
  const diagonal = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    diagonal[j] = -Math.sign(A[j]![j]! || 1) * length(A[j]!, j);
    if (Math.abs(diagonal[j]!) <= 1e-14 * length(A[j]!, 0)) {
      diagonal[j] = 0;
      continue;
    }
    A[j]![j]! -= diagonal[j]!;
    const scale = 2 / length(A[j]!, j) ** 2;
    const last = count + j + 1; // what λ adds to later columns is still 0 below
    for (let k = j + 1; k < n; k++) reflect(A[j]!, j, last, scale, A[k]!);
    for (const other of right) reflect(A[j]!, j, last, scale, other);
  }
  return right.map((b) => solved(A, diagonal, b));
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

/** R x = right, where row i of R stands in the columns behind i. */
function solved(A: readonly Float64Array[], diagonal: Float64Array, right: Float64Array): Float64Array {
  const x = new Float64Array(A.length);
  for (let i = A.length - 1; i >= 0; i--) {
    if (diagonal[i] === 0) continue;
    let sum = right[i]!;
    for (let j = i + 1; j < A.length; j++) sum -= A[j]![i]! * x[j]!;
    x[i] = sum / diagonal[i]!;
  }
  return x;
}
