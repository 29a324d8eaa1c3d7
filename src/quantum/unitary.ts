import { type ComplexMatrix, multiplied, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { hermitianEigenvectors } from "../numerics/linear/hermitian-eigenvectors.js";
import { isConstantCoefficient } from "./generator.js";
import { lawAt, type Operator } from "./operator.js";
import type { Space } from "./space.js";
import { sparse } from "./sparse-operator.js";

/** exp(−iHt) of a Hermitian operator on a register, by its eigenvectors. */
export function unitaryOf(space: Space, hamiltonian: Operator, time = 1): ComplexMatrix {
  const { values, vectors: V } = hermitianEigenvectors(denseOf(space, hamiltonian));
  const n = space.size;
  const turned = zeroMatrix(n); // exp(−iλt)V†
  for (let k = 0; k < n; k++) {
    const [c, s] = [Math.cos(values[k]! * time), -Math.sin(values[k]! * time)];
    for (let j = 0; j < n; j++) {
      const [x, y] = [V.re[j * n + k]!, -V.im[j * n + k]!];
      turned.re[k * n + j] = c * x - s * y;
      turned.im[k * n + j] = c * y + s * x;
    }
  }
  return multiplied(V, turned);
}

/** An operator whose coefficients are numbers, as a matrix of the register's size. */
export function denseOf(space: Space, operator: Operator): ComplexMatrix {
  const matrix = zeroMatrix(space.size);
  for (const { coefficient, row, column, re, im } of sparse(space, operator)) {
    const [x, y] = [lawAt(coefficient.re, 0), lawAt(coefficient.im, 0)];
    for (let k = 0; k < row.length; k++) {
      const at = row[k]! * space.size + column[k]!;
      matrix.re[at]! += x * re[k]! - y * im[k]!;
      matrix.im[at]! += x * im[k]! + y * re[k]!;
    }
  }
  return matrix;
}

/** Whether nothing of an operator changes in time. */
export const isSteady = (operator: Operator): boolean =>
  operator.every(({ coefficient }) => isConstantCoefficient(coefficient));
