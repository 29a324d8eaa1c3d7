/**
 * A complex matrix with at least as many rows as columns, laid out by columns: entry (i, k) stands at k·rows + i. So the
 * inner loops of all that is done to a point of a Stiefel manifold run along memory.
 */
export interface Columns {
  readonly rows: number; // N
  readonly count: number; // n ≤ N, columns
  readonly re: Float64Array; // size N·n
  readonly im: Float64Array; // size N·n
}

export const columnsOf = (rows: number, count: number): Columns => ({
  rows,
  count,
  re: new Float64Array(rows * count),
  im: new Float64Array(rows * count),
});

/** From a matrix row by row. */
export function columnsOfRows(rows: number, count: number, re: Float64Array, im: Float64Array): Columns {
  const A = columnsOf(rows, count);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < count; k++) {
      A.re[k * rows + i] = re[i * count + k]!;
      A.im[k * rows + i] = im[i * count + k]!;
    }
  }
  return A;
}

/** Aᵀ by columns, which is A row by row. */
export const rowsOf = ({ rows, count, re, im }: Columns): Columns => columnsOfRows(count, rows, re, im);

/** Overwrites `to` with the numbers of `from`. */
export function copied(from: Columns, to: Columns): void {
  to.re.set(from.re);
  to.im.set(from.im);
}

/** Y = A + t·B; Y may be A. */
export function added(A: Columns, t: number, B: Columns, Y: Columns): void {
  const [{ re: a, im: b }, { re: c, im: d }, { re, im }] = [A, B, Y];
  for (let k = 0; k < re.length; k++) {
    re[k] = a[k]! + t * c[k]!;
    im[k] = b[k]! + t * d[k]!;
  }
}

/** ⟨A, B⟩ = Re tr A†B, the metric that a Stiefel manifold has from the space around it. */
export function inner(A: Columns, B: Columns): number {
  const [{ re: a, im: b }, { re: c, im: d }] = [A, B];
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * c[k]! + b[k]! * d[k]!;
  return sum;
}

/** C = A†B, an n × n matrix (C.rows = n). */
export function overlaps(A: Columns, B: Columns, C: Columns): void {
  const { rows, count, re: ar, im: ai } = A;
  const { re: br, im: bi } = B;
  for (let k = 0; k < B.count; k++) {
    for (let j = 0; j < count; j++) {
      let re = 0;
      let im = 0;
      for (let a = j * rows, b = k * rows; a < (j + 1) * rows; a++, b++) {
        re += ar[a]! * br[b]! + ai[a]! * bi[b]!;
        im += ar[a]! * bi[b]! - ai[a]! * br[b]!;
      }
      C.re[k * count + j] = re;
      C.im[k * count + j] = im;
    }
  }
}

/** Y += s·A·C with C of A.count rows. */
export function addProduct(s: number, A: Columns, C: Columns, Y: Columns): void {
  const { rows, count, re: ar, im: ai } = A;
  const { re: yr, im: yi } = Y;
  for (let k = 0; k < C.count; k++) {
    for (let j = 0; j < count; j++) {
      const re = s * C.re[k * count + j]!;
      const im = s * C.im[k * count + j]!;
      for (let a = j * rows, y = k * rows; a < (j + 1) * rows; a++, y++) {
        yr[y]! += ar[a]! * re - ai[a]! * im;
        yi[y]! += ar[a]! * im + ai[a]! * re;
      }
    }
  }
}

/** max |A†A − 1|, of its entries: how far a matrix is from having orthonormal columns. */
export function departure(A: Columns): number {
  const C = columnsOf(A.count, A.count);
  overlaps(A, A, C);
  let worst = 0;
  for (let k = 0; k < C.re.length; k++) {
    const one = k % (A.count + 1) === 0 ? 1 : 0;
    worst = Math.max(worst, Math.hypot(C.re[k]! - one, C.im[k]!));
  }
  return worst;
}
