import { combined } from "../numerics/linear/complex-matrix.js";
import { hermitianEigenvalues } from "../numerics/linear/hermitian.js";
import { hermitianFactor } from "../numerics/linear/hermitian-factor.js";
import { overlaps, singularValues } from "../numerics/linear/singular-values.js";
import type { DensityMatrix } from "./density-matrix.js";
import { partialTrace } from "./partial-trace.js";

/** Tr ρ². */
export function purity({ re, im }: DensityMatrix): number {
  let sum = 0;
  for (let k = 0; k < re.length; k++) sum += re[k]! * re[k]! + im[k]! * im[k]!;
  return sum;
}

/** −Tr ρ log₂ ρ, in bits (J. von Neumann, 1927; B. Schumacher, Physical Review A 51, 2738, 1995). */
export function entropy(rho: DensityMatrix): number {
  return hermitianEigenvalues(rho).reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0);
}

/** The smallest eigenvalue: negative where ρ is no state. */
export const smallestEigenvalue = (rho: DensityMatrix): number => hermitianEigenvalues(rho)[0]!;

/** ½ Tr |ρ − σ|: the probability by which the two can be told apart at best, less ½, twice. */
export function traceDistance(rho: DensityMatrix, sigma: DensityMatrix): number {
  return hermitianEigenvalues(combined(1, rho, -1, sigma)).reduce((sum, p) => sum + Math.abs(p) / 2, 0);
}

/**
 * F = (Tr √(√ρ σ √ρ))², 1 for equal states (R. Jozsa, Journal of Modern Optics 41, 2315, 1994): the square of the sum of
 * the singular values of T†S, ρ = TT†, σ = SS†.
 */
export function fidelity(rho: DensityMatrix, sigma: DensityMatrix): number {
  const values = singularValues(overlaps(hermitianFactor(rho), hermitianFactor(sigma)));
  return values.reduce((sum, value) => sum + value, 0) ** 2;
}

/** The probability of each level of a system, size: its dimension. */
export function populations(rho: DensityMatrix, system: number): Float64Array {
  const part = partialTrace(rho, [system]);
  return Float64Array.from({ length: part.size }, (_, level) => part.re[level * (part.size + 1)]!);
}

/** ⟨σx⟩, ⟨σy⟩, ⟨σz⟩ of a qubit. */
export function blochVector(rho: DensityMatrix, qubit: number): readonly [number, number, number] {
  const { re, im } = partialTrace(rho, [qubit]);
  return [2 * re[1]!, -2 * im[1]!, re[0]! - re[3]!];
}
