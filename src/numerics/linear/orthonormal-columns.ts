import type { Columns } from "./columns.js";

/**
 * Makes the columns of Y orthonormal by Gram's and Schmidt's modified process: Y = Q·R with a positive diagonal of R, and
 * Y becomes Q. A column that loses most of its length to the others is gone over once more, after which it is orthogonal
 * to rounding ("twice is enough": L. Giraud, J. Langou and M. Rozložník, Computers & Mathematics with Applications 50,
 * 1069, 2005). A column that says nothing new within rounding becomes 0, as does its place on R's diagonal; then false.
 *
 * @param triangle is overwritten with R, if it is given: which is of zeros before
 */
export function orthonormalise({ rows, count, re, im }: Columns, triangle?: Columns): boolean {
  let independent = true;
  for (let k = 0; k < count; k++) {
    const at = k * rows;
    const whole = lengthSquared(re, im, at, rows);
    let before = whole;
    for (let pass = 0; pass < 3; pass++) {
      for (let j = 0; j < k; j++) takeOut(re, im, j * rows, at, rows, triangle, k * count + j);
      const after = lengthSquared(re, im, at, rows);
      const enough = after > kept * before;
      before = after;
      if (enough) break;
    }
    const isNew = before > nothing * whole && before < Infinity;
    const length = isNew ? Math.sqrt(before) : 0;
    if (triangle !== undefined) triangle.re[k * count + k] = length;
    scale(re, im, at, rows, isNew ? 1 / length : 0);
    independent &&= isNew;
  }
  return independent;
}

/** Of a column's squared length: less is rounding. */
const nothing = 1e-30;
/** The part of a column's squared length that must be left, lest it be gone over again. */
const kept = 0.1;

function lengthSquared(re: Float64Array, im: Float64Array, at: number, rows: number): number {
  let sum = 0;
  for (let i = at; i < at + rows; i++) sum += re[i]! * re[i]! + im[i]! * im[i]!;
  return sum;
}

/** Takes the unit column at `unit` out of the one at `at`; what it took is added to an entry of R. */
function takeOut(
  re: Float64Array,
  im: Float64Array,
  unit: number,
  at: number,
  rows: number,
  triangle: Columns | undefined,
  entry: number,
): void {
  let r = 0;
  let s = 0;
  for (let u = unit, i = at; u < unit + rows; u++, i++) {
    r += re[u]! * re[i]! + im[u]! * im[i]!;
    s += re[u]! * im[i]! - im[u]! * re[i]!;
  }
  for (let u = unit, i = at; u < unit + rows; u++, i++) {
    re[i]! -= re[u]! * r - im[u]! * s;
    im[i]! -= re[u]! * s + im[u]! * r;
  }
  if (triangle === undefined) return;
  triangle.re[entry]! += r;
  triangle.im[entry]! += s;
}

function scale(re: Float64Array, im: Float64Array, at: number, rows: number, by: number): void {
  for (let i = at; i < at + rows; i++) {
    re[i]! *= by;
    im[i]! *= by;
  }
}
