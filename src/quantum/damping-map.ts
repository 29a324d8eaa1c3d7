import type { DensityMatrix } from "./density-matrix.js";
import { type Dynamics, rungs } from "./dynamics.js";
import { offsetsOf, others } from "./space.js";

/**
 * What free motion and damping of one system do to a register over a time h, without approximation:
 *
 *     ρ'_jk = e^{−iωh(j−k)} Σ_m √(C(j+m, m) C(k+m, m)) η^{(j+k)/2} (1 − η)^m ρ_{j+m, k+m},    η = e^{−ΔK},
 *
 * j and k being rungs of the system: each of the n excitations is lost with probability 1 − η (M. Srinivas and E. Davies,
 * Optica Acta 28, 981, 1981). On a qubit this is the amplitude damping with E₀ = diag(√η, 1), E₁ = √(1 − η)|g⟩⟨e|.
 */
export class DampingMap {
  readonly #D: number;
  readonly #rungs: Int32Array; // size d: places of the rungs, from the ground up
  readonly #bases: Int32Array; // size D/d: the states of all the rest
  readonly #weight: Float64Array; // size d × d: √(C(j+m, m) η^j |1−η|^m) at j·d + m
  readonly #cos: Float64Array; // size d: of the angle by which elements turn that lie as many rungs apart
  readonly #sin: Float64Array;

  constructor(dynamics: Dynamics, system: number) {
    const { space } = dynamics;
    this.#D = space.size;
    this.#rungs = rungs(dynamics, system);
    this.#bases = offsetsOf(space, others(space, [system]));
    this.#weight = new Float64Array(this.#rungs.length ** 2);
    this.#cos = new Float64Array(this.#rungs.length);
    this.#sin = new Float64Array(this.#rungs.length);
  }

  /** Overwrites ρ. `lost` is ΔK, `angle` is ωh. */
  apply(rho: DensityMatrix, lost: number, angle: number): void {
    if (this.#rungs.length === 2) this.#onQubit(rho, lost, angle);
    else this.#onLadder(rho, lost, angle);
  }

  #onQubit({ re, im }: DensityMatrix, lost: number, angle: number): void {
    const D = this.#D;
    const eta = Math.exp(-lost);
    const gone = -Math.expm1(-lost);
    const c = Math.exp(-lost / 2) * Math.cos(angle);
    const s = -Math.exp(-lost / 2) * Math.sin(angle);
    const ground = this.#rungs[0]!;
    const excited = this.#rungs[1]!;
    const bases = this.#bases;
    for (let i = 0; i < bases.length; i++) {
      const row = bases[i]!;
      for (let j = 0; j < bases.length; j++) {
        const column = bases[j]!;
        const ee = (row + excited) * D + column + excited;
        const eg = (row + excited) * D + column + ground;
        const ge = (row + ground) * D + column + excited;
        const gg = (row + ground) * D + column + ground;
        re[gg]! += gone * re[ee]!;
        im[gg]! += gone * im[ee]!;
        re[ee]! *= eta;
        im[ee]! *= eta;
        const x = re[eg]!;
        const y = im[eg]!;
        re[eg] = x * c - y * s;
        im[eg] = x * s + y * c;
        const u = re[ge]!;
        const v = im[ge]!;
        re[ge] = u * c + v * s;
        im[ge] = v * c - u * s;
      }
    }
  }

  #onLadder({ re, im }: DensityMatrix, lost: number, angle: number): void {
    const [D, d, bases] = [this.#D, this.#rungs.length, this.#bases];
    this.#weigh(lost);
    for (let n = 0; n < d; n++) {
      this.#cos[n] = Math.cos(angle * n);
      this.#sin[n] = Math.sin(angle * n);
    }
    const alone = bases.length === 1;
    for (let r = 0; r < bases.length; r++) {
      for (let c = 0; c < bases.length; c++) {
        for (let difference = alone ? 0 : 1 - d; difference < d; difference++) {
          this.#onDiagonal(re, im, bases[r]! * D + bases[c]!, difference, lost < 0 ? -1 : 1);
        }
      }
    }
    if (alone) mirror(re, im, D);
  }

  /** What lies as many rungs apart mixes with its like alone, and comes from higher up: from the ground up it is overwritten. */
  #onDiagonal(re: Float64Array, im: Float64Array, base: number, difference: number, sign: number): void {
    const D = this.#D;
    const d = this.#rungs.length;
    const weight = this.#weight;
    const step = this.#rungs[1]! - this.#rungs[0]!;
    const up = step * (D + 1);
    const apart = Math.abs(difference);
    // Of the row lies lower: ρ_{j, j + apart}; else the column.
    const first = base + this.#rungs[0]! * (D + 1) + (difference > 0 ? apart * step : apart * step * D);
    const c = this.#cos[apart]!;
    const s = difference > 0 ? this.#sin[apart]! : -this.#sin[apart]!;
    for (let j = 0, at = first; j + apart < d; j++, at += up) {
      const k = j + apart;
      let x = 0;
      let y = 0;
      let way = 1;
      for (let m = 0, from = at; m < d - k; m++, from += up) {
        const w = way * weight[j * d + m]! * weight[k * d + m]!;
        x += w * re[from]!;
        y += w * im[from]!;
        way *= sign;
      }
      re[at] = x * c - y * s;
      im[at] = x * s + y * c;
    }
  }

  /** Each weight by the one before: √(C(j+m, m) η^j |1−η|^m). */
  #weigh(lost: number): void {
    const d = this.#rungs.length;
    const gone = Math.sqrt(Math.abs(Math.expm1(-lost)));
    for (let j = 0; j < d; j++) {
      let w = Math.exp((-lost * j) / 2);
      for (let m = 0; m < d - j; m++) {
        this.#weight[j * d + m] = w;
        w *= gone * Math.sqrt((j + m + 1) / (m + 1));
      }
    }
  }
}

/** The lower triangle from the upper. */
function mirror(re: Float64Array, im: Float64Array, D: number): void {
  for (let i = 0; i < D; i++) {
    for (let j = i + 1; j < D; j++) {
      re[j * D + i] = re[i * D + j]!;
      im[j * D + i] = -im[i * D + j]!;
    }
  }
}
