import { type ComplexMatrix, identityMatrix } from "./complex-matrix.js";

/** More rounds than any matrix needs; six or so are usual. */
const mostRounds = 60;

/** A = V diag(values) V†, the columns of V its eigenvectors. */
export interface Eigenvectors {
  readonly values: Float64Array; // size n, in no order
  readonly vectors: ComplexMatrix; // size n
}

/**
 * Eigenvalues and eigenvectors of a small Hermitian matrix by Jacobi's rotations (C. Jacobi, Journal für die reine und
 * angewandte Mathematik 30, 51, 1846; G. Golub and C. Van Loan, Matrix Computations, 4th ed., §8.5). Of a diagonal matrix
 * the vectors are those of the basis, untouched.
 */
export function hermitianEigenvectors(matrix: ComplexMatrix): Eigenvectors {
  const n = matrix.size;
  const A = { size: n, re: matrix.re.slice(), im: matrix.im.slice() };
  const V = identityMatrix(n);
  const size = Math.sqrt(A.re.reduce((sum, x, k) => sum + x * x + A.im[k]! ** 2, 0));
  for (let round = 0, left = true; left && round < mostRounds; round++) {
    left = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.hypot(A.re[p * n + q]!, A.im[p * n + q]!) <= 1e-17 * size) continue;
        left = true;
        rotate(A, V, p, q);
      }
    }
  }
  return { values: Float64Array.from({ length: n }, (_, k) => A.re[k * n + k]!), vectors: V };
}

/** Makes A[p, q] zero: A ← U†AU and V ← VU, U a rotation of p and q with the phase of A[p, q]. */
function rotate(A: ComplexMatrix, V: ComplexMatrix, p: number, q: number): void {
  const n = A.size;
  const [x, y] = [A.re[p * n + q]!, A.im[p * n + q]!];
  const length = Math.hypot(x, y);
  const phase: Phase = [x / length, y / length];
  const theta = (A.re[q * n + q]! - A.re[p * n + p]!) / (2 * length);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  turnColumns(A, p, q, c, t * c, phase);
  turnRows(A, p, q, c, t * c, phase);
  A.re[p * n + q] = A.im[p * n + q] = A.re[q * n + p] = A.im[q * n + p] = 0;
  turnColumns(V, p, q, c, t * c, phase);
}

type Phase = readonly [re: number, im: number];

/** Column p ← c·p − s·e^{−iφ}q, column q ← s·e^{iφ}p + c·q. */
function turnColumns({ size: n, re, im }: ComplexMatrix, p: number, q: number, c: number, s: number, phase: Phase) {
  const [x, y] = phase;
  for (let k = 0; k < n; k++) {
    const [i, j] = [k * n + p, k * n + q];
    const [pr, pi, qr, qi] = [re[i]!, im[i]!, re[j]!, im[j]!];
    re[i] = c * pr - s * (x * qr + y * qi);
    im[i] = c * pi - s * (x * qi - y * qr);
    re[j] = s * (x * pr - y * pi) + c * qr;
    im[j] = s * (x * pi + y * pr) + c * qi;
  }
}

/** The same from the left, conjugated. */
function turnRows({ size: n, re, im }: ComplexMatrix, p: number, q: number, c: number, s: number, phase: Phase) {
  const [x, y] = phase;
  for (let k = 0; k < n; k++) {
    const [i, j] = [p * n + k, q * n + k];
    const [pr, pi, qr, qi] = [re[i]!, im[i]!, re[j]!, im[j]!];
    re[i] = c * pr - s * (x * qr - y * qi);
    im[i] = c * pi - s * (x * qi + y * qr);
    re[j] = s * (x * pr + y * pi) + c * qr;
    im[j] = s * (x * pi - y * pr) + c * qi;
  }
}
