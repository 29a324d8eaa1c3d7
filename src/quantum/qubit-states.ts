import { type DensityMatrix, densityMatrix } from "./density-matrix.js";
import { type Ket, ketOf } from "./ket.js";
import { spaceOf } from "./space.js";

const qubit = spaceOf(2);
const pair = spaceOf(2, 2);
const real = (...amplitudes: readonly number[]) => amplitudes.map((re) => ({ re, im: 0 }));
const half = Math.SQRT1_2;

/** cos θ |e⟩ + e^{iφ} sin θ |g⟩: θ is half the angle on Bloch's sphere. */
export const qubitKet = (theta: number, phi: number): Ket =>
  ketOf(qubit, [
    { re: Math.cos(theta), im: 0 },
    { re: Math.sin(theta) * Math.cos(phi), im: Math.sin(theta) * Math.sin(phi) },
  ]);

/** Eigenstates of σz, σx and σy: `+` and `+i` belong to the eigenvalue 1. */
export const namedQubitKets: Readonly<Record<string, Ket>> = {
  e: ketOf(qubit, real(1, 0)),
  g: ketOf(qubit, real(0, 1)),
  "+": ketOf(qubit, real(half, half)),
  "-": ketOf(qubit, real(half, -half)),
  "+i": ketOf(qubit, [
    { re: half, im: 0 },
    { re: 0, im: half },
  ]),
  "-i": ketOf(qubit, [
    { re: half, im: 0 },
    { re: 0, im: -half },
  ]),
};

/** Bell's states: φ± = (|ee⟩ ± |gg⟩)/√2, ψ± = (|eg⟩ ± |ge⟩)/√2. */
export const bellKets: Readonly<Record<string, Ket>> = {
  "phi+": ketOf(pair, real(half, 0, 0, half)),
  "phi-": ketOf(pair, real(half, 0, 0, -half)),
  "psi+": ketOf(pair, real(0, half, half, 0)),
  "psi-": ketOf(pair, real(0, half, -half, 0)),
};

/** ½(1 + xσx + yσy + zσz), mixed inside of Bloch's sphere; x² + y² + z² ≤ 1 is the caller's affair. */
export function blochState(x: number, y: number, z: number): DensityMatrix {
  const rho = densityMatrix(qubit);
  rho.re.set([(1 + z) / 2, x / 2, x / 2, (1 - z) / 2]);
  rho.im.set([0, -y / 2, y / 2, 0]);
  return rho;
}
