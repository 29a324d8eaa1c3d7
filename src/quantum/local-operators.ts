import { type ComplexMatrix, matrixOf, zeroMatrix } from "../numerics/linear/complex-matrix.js";

// Operators of one system. A qubit's basis is (|e⟩, |g⟩), an oscillator's (|0⟩, |1⟩, …).

/** σx, σy, σz of a qubit; σz = |e⟩⟨e| − |g⟩⟨g|. */
export const sx = matrixOf([
  [0, 1],
  [1, 0],
]);
export const sy = matrixOf([
  [0, [0, -1]],
  [[0, 1], 0],
]);
export const sz = matrixOf([
  [1, 0],
  [0, -1],
]);

/** |g⟩⟨e|: a qubit's decay. */
export const sm = matrixOf([
  [0, 0],
  [1, 0],
]);

/** |e⟩⟨g|. */
export const sp = matrixOf([
  [0, 1],
  [0, 0],
]);

/** a = Σ √n |n−1⟩⟨n|, cut off above the last level. */
export function annihilation(levels: number): ComplexMatrix {
  const matrix = zeroMatrix(levels);
  for (let n = 1; n < levels; n++) matrix.re[(n - 1) * levels + n] = Math.sqrt(n);
  return matrix;
}

/** a† = Σ √n |n⟩⟨n−1|. */
export function creation(levels: number): ComplexMatrix {
  const matrix = zeroMatrix(levels);
  for (let n = 1; n < levels; n++) matrix.re[n * levels + n - 1] = Math.sqrt(n);
  return matrix;
}

/** a†a = Σ n |n⟩⟨n|. */
export function numberOperator(levels: number): ComplexMatrix {
  const matrix = zeroMatrix(levels);
  for (let n = 1; n < levels; n++) matrix.re[n * levels + n] = n;
  return matrix;
}

/** x = (a + a†)/√2, in units of √(ħ/(mω)). */
export function position(levels: number): ComplexMatrix {
  const matrix = zeroMatrix(levels);
  for (let n = 1; n < levels; n++) {
    matrix.re[(n - 1) * levels + n] = matrix.re[n * levels + n - 1] = Math.sqrt(n / 2);
  }
  return matrix;
}

/** p = i(a† − a)/√2, in units of √(mħω). */
export function momentum(levels: number): ComplexMatrix {
  const matrix = zeroMatrix(levels);
  for (let n = 1; n < levels; n++) {
    matrix.im[n * levels + n - 1] = Math.sqrt(n / 2);
    matrix.im[(n - 1) * levels + n] = -Math.sqrt(n / 2);
  }
  return matrix;
}

/** |level⟩⟨level|. */
export function projector(levels: number, level: number): ComplexMatrix {
  const matrix = zeroMatrix(levels);
  matrix.re[level * levels + level] = 1;
  return matrix;
}
