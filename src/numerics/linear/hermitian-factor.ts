import { type ComplexMatrix, zeroMatrix } from "./complex-matrix.js";

/**
 * T with A = T T† for a Hermitian matrix without negative eigenvalues, by Cholesky's way with the largest pivot first
 * (N. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §10.3). Columns that would be rounding are 0, so
 * that small negative eigenvalues do no harm.
 */
export function hermitianFactor(matrix: ComplexMatrix): ComplexMatrix {
  const { size: n, re, im } = { ...matrix, re: matrix.re.slice(), im: matrix.im.slice() };
  const factor = zeroMatrix(n);
  const rounding = n * Number.EPSILON * re[largest(n, re) * (n + 1)]!;
  for (let k = 0; k < n; k++) {
    const p = largest(n, re);
    const pivot = re[p * n + p]!;
    if (!(pivot > rounding)) break;
    const root = Math.sqrt(pivot);
    const column = columnOf(n, re, im, p, root);
    for (let i = 0; i < n; i++) {
      factor.re[i * n + k] = column.re[i]!;
      factor.im[i * n + k] = column.im[i]!;
    }
    subtractColumn(n, re, im, column);
    re[p * n + p] = 0;
  }
  return factor;
}

function largest(n: number, re: Float64Array): number {
  let at = 0;
  for (let i = 1; i < n; i++) if (re[i * n + i]! > re[at * n + at]!) at = i;
  return at;
}

interface Column {
  readonly re: Float64Array; // size n
  readonly im: Float64Array; // size n
}

function columnOf(n: number, re: Float64Array, im: Float64Array, p: number, root: number): Column {
  const column = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    column.re[i] = re[i * n + p]! / root;
    column.im[i] = im[i * n + p]! / root;
  }
  return column;
}

/** A ← A − c c†. */
function subtractColumn(n: number, re: Float64Array, im: Float64Array, column: Column): void {
  for (let i = 0; i < n; i++) {
    const [ar, ai] = [column.re[i]!, column.im[i]!];
    if (ar === 0 && ai === 0) continue;
    for (let j = 0; j < n; j++) {
      const [br, bi] = [column.re[j]!, column.im[j]!];
      re[i * n + j]! -= ar * br + ai * bi;
      im[i * n + j]! -= ai * br - ar * bi;
    }
  }
}

/** From this size on a matrix is asked whether some columns are enough, and so many are tried. */
const large = 128;
const mostColumns = 8;

/**
 * Whether all eigenvalues of a Hermitian matrix lie above −shift, by a Cholesky factorisation of A + shift; of a large matrix
 * that is a sum of a few parts, such as a pure state, by these alone: n² operations for each instead of n³ for all.
 */
export function liesAbove(shift: number, matrix: ComplexMatrix): boolean {
  const n = matrix.size;
  if (n >= large && liesAboveBySome(shift, matrix)) return true;
  const [re, im] = [matrix.re.slice(), matrix.im.slice()];
  for (let k = 0; k < n; k++) {
    const pivot = re[k * n + k]! + shift;
    // Written so that a value that is not a number is refused too.
    if (!(pivot > 0)) return false;
    for (let i = k + 1; i < n; i++) {
      const ar = re[i * n + k]! / pivot;
      const ai = im[i * n + k]! / pivot;
      if (ar === 0 && ai === 0) continue;
      for (let j = k + 1; j <= i; j++) {
        const br = re[j * n + k]!;
        const bi = im[j * n + k]!;
        re[i * n + j]! -= ar * br + ai * bi;
        im[i * n + j]! -= ai * br - ar * bi;
      }
    }
  }
  return true;
}

/** A = T T† + R with a few columns in T: no eigenvalue of A is below −‖R‖. False says nothing. */
function liesAboveBySome(shift: number, matrix: ComplexMatrix): boolean {
  const { size: n, re, im } = { ...matrix, re: matrix.re.slice(), im: matrix.im.slice() };
  for (let left = mostColumns; left > 0; left--) {
    const p = largest(n, re);
    const pivot = re[p * n + p]!;
    if (!(pivot > 0)) return false;
    const before = trace(n, re);
    subtractColumn(n, re, im, columnOf(n, re, im, p, Math.sqrt(pivot)));
    const after = trace(n, re);
    if (Math.abs(after) < shift && norm(re, im) < shift) return true;
    if ((before - after) * left < before) return false; // at this pace something is left at the end
  }
  return false;
}

function trace(n: number, re: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += re[i * n + i]!;
  return sum;
}

/** The Frobenius norm. */
function norm(re: Float64Array, im: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < re.length; k++) sum += re[k]! * re[k]! + im[k]! * im[k]!;
  return Math.sqrt(sum);
}
