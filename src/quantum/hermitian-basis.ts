import {
  adjoint,
  type ComplexMatrix,
  identityMatrix,
  multiplied,
  zeroMatrix,
} from "../numerics/linear/complex-matrix.js";
import { sx, sy, sz } from "./local-operators.js";

/**
 * Orthogonal Hermitian matrices B of d levels, by which all others have real coefficients: 1, σx, σy, σz for a qubit, on
 * which a product of Paulis acts by one entry a row; |a⟩⟨a|, |a⟩⟨b| + |b⟩⟨a| and i|b⟩⟨a| − i|a⟩⟨b| for more levels.
 */
export function hermitianBasis(d: number): readonly ComplexMatrix[] {
  if (d === 2) return [identityMatrix(2), sx, sy, sz];
  const basis: ComplexMatrix[] = [];
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const matrix = zeroMatrix(d);
      if (a <= b) matrix.re[a * d + b] = matrix.re[b * d + a] = 1;
      else [matrix.im[a * d + b], matrix.im[b * d + a]] = [1, -1];
      basis.push(matrix);
    }
  }
  return basis;
}

/**
 * ρ ↦ LρR† on coefficients by the basis, d² × d²: Tr(Bₚ L B_q R†)/Tr Bₚ². Complex where it does not keep matrices
 * Hermitian; the conjugate is then ρ ↦ RρL†.
 */
export function onCoefficients(L: ComplexMatrix, R: ComplexMatrix): ComplexMatrix {
  const d = L.size;
  const basis = hermitianBasis(d);
  const result = zeroMatrix(d * d);
  const right = adjoint(R);
  const entries = basis.map(entriesOf);
  basis.forEach((B, q) => {
    const { re, im } = multiplied(multiplied(L, B), right);
    entries.forEach(({ list, norm }, p) => {
      for (const [i, j, br, bi] of list) {
        const [x, y] = [re[j * d + i]!, im[j * d + i]!];
        result.re[p * d * d + q]! += (br * x - bi * y) / norm;
        result.im[p * d * d + q]! += (br * y + bi * x) / norm;
      }
    });
  });
  return result;
}

type Entry = readonly [row: number, column: number, re: number, im: number];

/** The entries of a matrix that are not 0, and Tr B². */
export function entriesOf({ size: d, re, im }: ComplexMatrix): {
  readonly list: readonly Entry[];
  readonly norm: number;
} {
  const list: Entry[] = [];
  let norm = 0;
  for (let k = 0; k < d * d; k++) {
    if (re[k] === 0 && im[k] === 0) continue;
    list.push([Math.floor(k / d), k % d, re[k]!, im[k]!]);
    norm += re[k]! ** 2 + im[k]! ** 2;
  }
  return { list, norm };
}
