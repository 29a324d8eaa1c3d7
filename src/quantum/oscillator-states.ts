import type { Complex } from "../numerics/linear/complex-matrix.js";
import { type DensityMatrix, densityMatrix } from "./density-matrix.js";
import { type Ket, ketOf } from "./ket.js";
import { spaceOf } from "./space.js";

// Amplitudes are those of the untruncated state, level by level: a displacement or squeezing operator on a cut space is
// wrong near its top. What lies above the top is lost, so the norm is below 1 by the population there.

/** |n⟩. */
export const fockKet = (levels: number, n: number): Ket =>
  ketOf(
    spaceOf(levels),
    Array.from({ length: levels }, (_, k) => ({ re: k === n ? 1 : 0, im: 0 })),
  );

/** |α⟩ = e^{−|α|²/2} Σ αⁿ/√n! |n⟩ (R. Glauber, Physical Review 131, 2766, 1963). */
export function coherentKet(levels: number, alpha: Complex): Ket {
  const amplitudes: Complex[] = [{ re: Math.exp(-(alpha.re ** 2 + alpha.im ** 2) / 2), im: 0 }];
  for (let n = 1; n < levels; n++) {
    const { re, im } = amplitudes[n - 1]!;
    const scale = 1 / Math.sqrt(n);
    amplitudes.push({ re: scale * (re * alpha.re - im * alpha.im), im: scale * (re * alpha.im + im * alpha.re) });
  }
  return ketOf(spaceOf(levels), amplitudes);
}

/**
 * S(ζ)|0⟩ with S = exp((ζ* a² − ζ a†²)/2), ζ = r e^{iφ}: amplitudes of |2m⟩ are
 * (−e^{iφ} tanh r)ᵐ √(2m)! / (2ᵐ m!) / √cosh r (H. Yuen, Physical Review A 13, 2226, 1976). For φ = 0 it is x that is
 * squeezed, to e^{−2r}/2.
 */
export function squeezedKet(levels: number, r: number, phi = 0): Ket {
  const amplitudes: Complex[] = Array.from({ length: levels }, () => ({ re: 0, im: 0 }));
  amplitudes[0] = { re: 1 / Math.sqrt(Math.cosh(r)), im: 0 };
  const [fr, fi] = [-Math.tanh(r) * Math.cos(phi), -Math.tanh(r) * Math.sin(phi)];
  for (let n = 2; n < levels; n += 2) {
    const { re, im } = amplitudes[n - 2]!;
    const scale = Math.sqrt((n - 1) / n);
    amplitudes[n] = { re: scale * (re * fr - im * fi), im: scale * (re * fi + im * fr) };
  }
  return ketOf(spaceOf(levels), amplitudes);
}

/** |α⟩ + sign·|−α⟩, normalised on all levels: even (+1) or odd (−1) numbers only. */
export function catKet(levels: number, alpha: Complex, sign: 1 | -1): Ket {
  const overlap = Math.exp(-2 * (alpha.re ** 2 + alpha.im ** 2));
  const scale = 1 / Math.sqrt(2 + 2 * sign * overlap);
  const ket = coherentKet(levels, alpha);
  const kept = (value: number, n: number) => ((n % 2 === 0) === (sign === 1) ? 2 * scale * value : 0);
  return { ...ket, re: ket.re.map(kept), im: ket.im.map(kept) };
}

/** Σ pₙ|n⟩⟨n|, pₙ = n̄ⁿ/(1 + n̄)ⁿ⁺¹: in equilibrium, with the mean number n̄. */
export function thermalState(levels: number, mean: number): DensityMatrix {
  const rho = densityMatrix(spaceOf(levels));
  for (let n = 0, p = 1 / (1 + mean); n < levels; n++, p *= mean / (1 + mean)) rho.re[n * (levels + 1)] = p;
  return rho;
}
