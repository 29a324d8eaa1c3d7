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
    for (let i = 0; i < n; i++) {
      factor.re[i * n + k] = re[i * n + p]! / root;
      factor.im[i * n + k] = im[i * n + p]! / root;
    }
    subtractColumn(n, re, im, factor, k);
    re[p * n + p] = 0;
  }
  return factor;
}

function largest(n: number, re: Float64Array): number {
  let at = 0;
  for (let i = 1; i < n; i++) if (re[i * n + i]! > re[at * n + at]!) at = i;
  return at;
}

/** A ← A − T_k T_k†. */
function subtractColumn(n: number, re: Float64Array, im: Float64Array, factor: ComplexMatrix, k: number): void {
  for (let i = 0; i < n; i++) {
    const [ar, ai] = [factor.re[i * n + k]!, factor.im[i * n + k]!];
    if (ar === 0 && ai === 0) continue;
    for (let j = 0; j < n; j++) {
      const [br, bi] = [factor.re[j * n + k]!, factor.im[j * n + k]!];
      re[i * n + j]! -= ar * br + ai * bi;
      im[i * n + j]! -= ai * br - ar * bi;
    }
  }
}

/** Whether all eigenvalues of a Hermitian matrix lie above −shift, by a Cholesky factorisation of A + shift. */
export function liesAbove(shift: number, matrix: ComplexMatrix): boolean {
  const n = matrix.size;
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
