import { type ComplexMatrix, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { turning } from "./exponential.js";
import { isConstantCoefficient } from "./generator.js";
import { lawAt, type Operator } from "./operator.js";
import type { Space } from "./space.js";
import { sparse } from "./sparse-operator.js";

/** exp(−iHt) of a Hermitian operator on a register. */
export const unitaryOf = (space: Space, hamiltonian: Operator, time = 1): ComplexMatrix =>
  turning(denseOf(space, hamiltonian), time);

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
