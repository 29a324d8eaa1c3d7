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

  constructor(dynamics: Dynamics, system: number) {
    const { space } = dynamics;
    this.#D = space.size;
    this.#rungs = rungs(dynamics, system);
    this.#bases = offsetsOf(space, others(space, [system]));
    this.#weight = new Float64Array(this.#rungs.length ** 2);
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
    const [c, s] = [Math.exp(-lost / 2) * Math.cos(angle), -Math.exp(-lost / 2) * Math.sin(angle)];
    const [ground, excited] = [this.#rungs[0]!, this.#rungs[1]!];
    for (const row of this.#bases) {
      for (const column of this.#bases) {
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
    const [D, d] = [this.#D, this.#rungs.length];
    this.#weigh(lost);
    const alone = this.#bases.length === 1;
    for (const row of this.#bases) {
      for (const column of this.#bases) {
        // What is read lies higher up than what is written, so that ρ can be overwritten from the ground up.
        for (let j = 0; j < d; j++) {
          for (let k = alone ? j : 0; k < d; k++) {
            this.#onElement(re, im, row, column, j, k, lost < 0 ? -1 : 1);
            const at = (row + this.#rungs[j]!) * D + column + this.#rungs[k]!;
            const [c, s] = [Math.cos(angle * (j - k)), -Math.sin(angle * (j - k))];
            const [x, y] = [re[at]!, im[at]!];
            re[at] = x * c - y * s;
            im[at] = x * s + y * c;
          }
        }
      }
    }
    if (alone) mirror(re, im, D);
  }

  #onElement(
    re: Float64Array,
    im: Float64Array,
    row: number,
    column: number,
    j: number,
    k: number,
    sign: number,
  ): void {
    const [D, d, weight] = [this.#D, this.#rungs.length, this.#weight];
    const at = (row + this.#rungs[j]!) * D + column + this.#rungs[k]!;
    const up = (this.#rungs[1]! - this.#rungs[0]!) * (D + 1);
    let [x, y, way] = [0, 0, 1];
    for (let m = 0; m < d - Math.max(j, k); m++) {
      const w = way * weight[j * d + m]! * weight[k * d + m]!;
      x += w * re[at + m * up]!;
      y += w * im[at + m * up]!;
      way *= sign;
    }
    re[at] = x;
    im[at] = y;
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
