import type { DensityMatrix } from "./density-matrix.js";

/** How real unknowns tell a state at a time. */
export interface Coordinates {
  readonly size: number;
  packed(rho: DensityMatrix, t: number): Float64Array;
  state(y: Float64Array, t: number, rho: DensityMatrix): void;
}

/**
 * A Hermitian ρ̃ = e^{iEt} ρ e^{−iEt} as real numbers: the upper triangle row by row, all real parts, then all imaginary
 * ones, D(D + 1) in all. E, size D, are the energies of the rotating frame; all 0: that of the laboratory.
 */
export class Packing implements Coordinates {
  readonly size: number;

  constructor(readonly energy: Float64Array) {
    this.size = energy.length * (energy.length + 1);
  }

  /** The unknowns of a state at t. */
  packed({ re, im }: DensityMatrix, t: number): Float64Array {
    const [D, n] = [this.energy.length, this.size / 2];
    const y = new Float64Array(this.size);
    for (let a = 0, k = 0; a < D; a++) {
      for (let b = a; b < D; b++, k++) {
        const angle = (this.energy[a]! - this.energy[b]!) * t;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const [x, z] = [re[a * D + b]!, im[a * D + b]!];
        y[k] = x * c - z * s;
        y[n + k] = x * s + z * c;
      }
    }
    return y;
  }

  /** Writes the state that the unknowns tell at t, in the laboratory. */
  state(y: Float64Array, t: number, { re, im }: DensityMatrix): void {
    const [D, n] = [this.energy.length, this.size / 2];
    const [cos, sin] = [this.energy.map((e) => Math.cos(e * t)), this.energy.map((e) => Math.sin(e * t))];
    for (let a = 0, k = 0; a < D; a++) {
      for (let b = a; b < D; b++, k++) {
        // e^{−i(Eₐ − E_b)t}
        const c = cos[a]! * cos[b]! + sin[a]! * sin[b]!;
        const s = cos[a]! * sin[b]! - sin[a]! * cos[b]!;
        const x = y[k]!;
        const z = y[n + k]!;
        re[a * D + b] = re[b * D + a] = x * c - z * s;
        im[a * D + b] = x * s + z * c;
        im[b * D + a] = a === b ? 0 : -im[a * D + b]!;
      }
      im[a * D + a] = 0;
    }
  }
}
