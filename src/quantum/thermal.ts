import { adjoint, type ComplexMatrix, multiplied, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { hermitianEigenvectors } from "../numerics/linear/hermitian-eigenvectors.js";
import type { DensityMatrix } from "./density-matrix.js";
import type { Space } from "./space.js";

/** ρ = e^{−βH}/Z, and H's eigenvectors, by which it is differentiated. */
export interface Thermal {
  readonly rho: DensityMatrix;
  readonly beta: number;
  readonly energies: Float64Array; // size D, in no order
  readonly populations: Float64Array; // size D: e^{−βE}/Z
  readonly vectors: ComplexMatrix; // size D, its columns the eigenvectors
}

/** The state of a system in equilibrium. @param beta 1/energy, at least 0 */
export function thermal(space: Space, H: ComplexMatrix, beta: number): Thermal {
  const { values: energies, vectors } = hermitianEigenvectors(H);
  const least = energies.reduce((a, b) => Math.min(a, b)); // so that nothing overflows, however cold it is
  const weights = energies.map((energy) => Math.exp(-beta * (energy - least)));
  const Z = weights.reduce((sum, weight) => sum + weight);
  const populations = weights.map((weight) => weight / Z);
  const rho = inBasis(vectors, diagonal(populations));
  return { rho: { ...rho, space }, beta, energies, populations, vectors };
}

/**
 * X for which d⟨O⟩/dθ = Tr(X ∂H/∂θ), whatever θ is: in H's eigenbasis β⟨O⟩ρ less the entries of O times (pₘ − pₙ)/(Eₙ − Eₘ),
 * βpₘ where energies are alike, by Duhamel's formula for the derivative of an exponential (R. Wilcox, Journal of Mathematical
 * Physics 8, 962, 1967).
 */
export function thermalSlope({ rho, beta, energies, populations, vectors }: Thermal, O: ComplexMatrix): ComplexMatrix {
  const n = rho.size;
  const { re, im } = multiplied(adjoint(vectors), multiplied(O, vectors));
  let mean = 0;
  for (let m = 0; m < n; m++) mean += populations[m]! * re[m * n + m]!;
  const scaled = zeroMatrix(n);
  for (let m = 0; m < n; m++) {
    for (let k = 0; k < n; k++) {
      const [low, high] = energies[m]! <= energies[k]! ? [m, k] : [k, m];
      const x = beta * (energies[high]! - energies[low]!);
      const g = beta * populations[low]! * (x === 0 ? 1 : -Math.expm1(-x) / x);
      scaled.re[m * n + k] = -g * re[m * n + k]! + (m === k ? beta * mean * populations[m]! : 0);
      scaled.im[m * n + k] = -g * im[m * n + k]!;
    }
  }
  return inBasis(vectors, scaled);
}

/** V A V†. */
const inBasis = (V: ComplexMatrix, A: ComplexMatrix): ComplexMatrix => multiplied(multiplied(V, A), adjoint(V));

function diagonal(values: Float64Array): ComplexMatrix {
  const matrix = zeroMatrix(values.length);
  for (const [k, value] of values.entries()) matrix.re[k * values.length + k] = value;
  return matrix;
}
