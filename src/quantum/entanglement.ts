import { type ComplexMatrix, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { hermitianEigenvalues } from "../numerics/linear/hermitian.js";
import { hermitianFactor } from "../numerics/linear/hermitian-factor.js";
import { singularValues } from "../numerics/linear/singular-values.js";
import type { DensityMatrix } from "./density-matrix.js";
import { partialTrace, partialTranspose } from "./partial-trace.js";

/**
 * The concurrence of two qubits of a register, max(0, λ₁ − λ₂ − λ₃ − λ₄) (W. Wootters, Physical Review Letters 80, 2245,
 * 1998). The λ are the singular values of Tᵀ(σy⊗σy)T with ρ = TT†: the square roots of eigenvalues of ρρ̃ would lose half
 * of the digits.
 */
export function concurrence(rho: DensityMatrix, a: number, b: number): number {
  return Math.max(0, spread(rho, a, b));
}

/** λ₁ − λ₂ − λ₃ − λ₄: passes through 0 where entanglement dies or is born, so that the time can be found. */
export function spread(rho: DensityMatrix, a: number, b: number): number {
  const [first, ...rest] = singularValues(flipped(hermitianFactor(partialTrace(rho, [a, b]))));
  return rest.reduce((sum, value) => sum - value, first!);
}

/** σy⊗σy is −1, 1, 1, −1 along the other diagonal. */
const signs = [-1, 1, 1, -1];

/** Tᵀ(σy⊗σy)T of a 4 × 4 matrix. */
function flipped(T: ComplexMatrix): ComplexMatrix {
  const M = zeroMatrix(4);
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      for (let k = 0; k < 4; k++) {
        const [p, q] = [4 * k + i, 4 * (3 - k) + j];
        M.re[4 * i + j]! += signs[k]! * (T.re[p]! * T.re[q]! - T.im[p]! * T.im[q]!);
        M.im[4 * i + j]! += signs[k]! * (T.re[p]! * T.im[q]! + T.im[p]! * T.re[q]!);
      }
    }
  }
  return M;
}

/**
 * The negativity between some systems and some others, those that are in neither traced out: the sum of the negative
 * eigenvalues' sizes of the partial transpose (G. Vidal and R. Werner, Physical Review A 65, 032314, 2002), ½ for a
 * Bell state. Some authors give twice that.
 */
export function negativity(rho: DensityMatrix, systems: readonly number[], rest: readonly number[]): number {
  const part = partialTrace(rho, [...systems, ...rest]);
  const turned = partialTranspose(part, [...systems.keys()]);
  return hermitianEigenvalues(turned).reduce((sum, p) => (p < 0 ? sum - p : sum), 0);
}
