/** A complex matrix that need not be square. */
export interface ComplexRectangle {
  readonly rows: number;
  readonly columns: number;
  readonly re: Float64Array; // size rows × columns, row-major
  readonly im: Float64Array; // size rows × columns, row-major
}

/** A = QR: columns of Q orthonormal, R triangular with a diagonal ≥ 0. */
export interface OrthonormalColumns {
  readonly q: ComplexRectangle; // size rows × columns
  readonly r: ComplexRectangle; // size columns × columns
}

/**
 * QR of a matrix with rows ≥ columns, by modified Gram–Schmidt twice, after which columns are orthogonal to rounding (L. Giraud,
 * J. Langou and M. Rozložník, Computers and Mathematics with Applications 50, 1069, 2005). A column that says nothing new
 * within rounding is 0 in Q and has 0 on R's diagonal.
 */
export function orthonormalColumns({ rows, columns, re, im }: ComplexRectangle): OrthonormalColumns {
  const q = { rows, columns, re: re.slice(), im: im.slice() };
  const r = { rows: columns, columns, re: new Float64Array(columns ** 2), im: new Float64Array(columns ** 2) };
  for (let k = 0; k < columns; k++) {
    const whole = lengthOf(q, k);
    for (let pass = 0; pass < 2; pass++) for (let j = 0; j < k; j++) takeOut(q, r, j, k);
    const left = lengthOf(q, k);
    const news = left > 1e-15 * whole;
    r.re[k * columns + k] = news ? left : 0;
    scaleColumn(q, k, news ? 1 / left : 0);
  }
  return { q, r };
}

function lengthOf({ rows, columns, re, im }: ComplexRectangle, k: number): number {
  let sum = 0;
  for (let i = 0, at = k; i < rows; i++, at += columns) sum += re[at]! * re[at]! + im[at]! * im[at]!;
  return Math.sqrt(sum);
}

/** Column k loses what it has of column j. */
function takeOut({ rows, columns, re, im }: ComplexRectangle, r: ComplexRectangle, j: number, k: number): void {
  let [x, y] = [0, 0];
  for (let i = 0, p = j, q = k; i < rows; i++, p += columns, q += columns) {
    x += re[p]! * re[q]! + im[p]! * im[q]!;
    y += re[p]! * im[q]! - im[p]! * re[q]!;
  }
  for (let i = 0, p = j, q = k; i < rows; i++, p += columns, q += columns) {
    re[q]! -= x * re[p]! - y * im[p]!;
    im[q]! -= x * im[p]! + y * re[p]!;
  }
  r.re[j * columns + k]! += x;
  r.im[j * columns + k]! += y;
}

function scaleColumn({ rows, columns, re, im }: ComplexRectangle, k: number, factor: number): void {
  for (let i = 0, at = k; i < rows; i++, at += columns) {
    re[at]! *= factor;
    im[at]! *= factor;
  }
}
