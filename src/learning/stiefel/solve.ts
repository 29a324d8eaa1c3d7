import type { Columns } from "../../numerics/linear/columns.js";

/**
 * Solves A·X = B for a square complex A by elimination with partial pivoting; A is destroyed, and B becomes X. Fails with
 * false where A is singular.
 */
export function solveInPlace(A: Columns, B: Columns): boolean {
  const n = A.rows;
  for (let c = 0; c < n; c++) {
    const pivot = largestBelow(A, c);
    if (pivot < 0) return false;
    swapRows(A, c, pivot);
    swapRows(B, c, pivot);
    const at = c * n + c;
    const size = A.re[at]! ** 2 + A.im[at]! ** 2;
    for (let i = c + 1; i < n; i++) {
      const k = c * n + i;
      const x = (A.re[k]! * A.re[at]! + A.im[k]! * A.im[at]!) / size;
      const y = (A.im[k]! * A.re[at]! - A.re[k]! * A.im[at]!) / size;
      subtractRow(A, i, c, x, y, c + 1);
      subtractRow(B, i, c, x, y, 0);
    }
  }
  for (let c = n - 1; c >= 0; c--) backSubstitute(A, B, c);
  return true;
}

function largestBelow({ rows: n, re, im }: Columns, c: number): number {
  let [best, place] = [0, -1];
  for (let i = c; i < n; i++) {
    const size = re[c * n + i]! ** 2 + im[c * n + i]! ** 2;
    if (size > best) [best, place] = [size, i];
  }
  return place;
}

function swapRows({ rows, count, re, im }: Columns, i: number, j: number): void {
  if (i === j) return;
  for (let k = 0; k < count; k++) {
    const [a, b] = [k * rows + i, k * rows + j];
    const [x, y] = [re[a]!, im[a]!];
    re[a] = re[b]!;
    im[a] = im[b]!;
    re[b] = x;
    im[b] = y;
  }
}

/** Row i loses x + iy times row c, from column `from` on. */
function subtractRow({ rows, count, re, im }: Columns, i: number, c: number, x: number, y: number, from: number): void {
  for (let k = from; k < count; k++) {
    const [a, b] = [k * rows + i, k * rows + c];
    re[a]! -= x * re[b]! - y * im[b]!;
    im[a]! -= x * im[b]! + y * re[b]!;
  }
}

function backSubstitute(A: Columns, B: Columns, c: number): void {
  const n = A.rows;
  const [p, q] = [A.re[c * n + c]!, A.im[c * n + c]!];
  const size = p * p + q * q;
  for (let k = 0; k < B.count; k++) {
    const at = k * n + c;
    const x = (B.re[at]! * p + B.im[at]! * q) / size;
    const y = (B.im[at]! * p - B.re[at]! * q) / size;
    B.re[at] = x;
    B.im[at] = y;
  }
  for (let i = 0; i < c; i++) subtractRow(B, i, c, A.re[c * n + i]!, A.im[c * n + i]!, 0);
}
