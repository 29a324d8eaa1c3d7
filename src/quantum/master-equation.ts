import type { ExplicitSystem } from "../numerics/system.js";
import { Generator } from "./generator.js";
import type { Motion } from "./motion.js";
import { Packing } from "./packing.js";
import { Sandwich } from "./sandwich.js";

/** An unknown of ρ matters down to this part of 1/D beside what is tolerated of the largest. */
const negligible = 1e-3;

/**
 * The master equation as an ordinary one, in the rotating frame of all that is diagonal and constant in the Hamiltonian,
 * ρ̃ = e^{iEt} ρ e^{−iEt}: what is left is slow, so that steps are long.
 *
 *     dρ̃/dt = X + X† + Σ γ L̃ρ̃L̃†,     X = (−iH̃ − ½Σ γ L̃†L̃) ρ̃
 *
 * The unknowns are those of `Packing`.
 * Nothing of the size D² × D² is made, nor a product of full matrices: X sums rows of ρ̃, as many as an operator has entries
 * in a row.
 */
export class MasterEquation implements ExplicitSystem {
  readonly size: number;
  readonly coordinates: Packing;
  readonly negligible: Float64Array;
  readonly kind: Int32Array;
  readonly #D: number;
  readonly #generator: Generator;
  readonly #sandwiches: readonly Sandwich[];
  readonly #decay: Float64Array; // size D: ½Σ γ (L†L)ₐₐ at the present time
  readonly #re: Float64Array; // size D × D: ρ̃
  readonly #im: Float64Array;
  readonly #xr: Float64Array; // size D × D: X
  readonly #xi: Float64Array;

  constructor({ energy, hamiltonian, jumps }: Motion) {
    const D = energy.length;
    this.#D = D;
    this.coordinates = new Packing(energy);
    this.size = this.coordinates.size;
    this.negligible = new Float64Array(this.size).fill(negligible / D);
    this.kind = new Int32Array(this.size);
    const losses = jumps.map(({ rate, lost }) => ({ rate, entries: lost }));
    this.#generator = new Generator(D, energy, hamiltonian, losses);
    this.#sandwiches = jumps.map(({ rate, L }) => new Sandwich(D, energy, L, rate));
    this.#decay = new Float64Array(D);
    const plane = () => new Float64Array(D * D);
    [this.#re, this.#im, this.#xr, this.#xi] = [plane(), plane(), plane(), plane()];
  }

  rate(t: number, y: Float64Array, out: Float64Array): boolean {
    const [D, n] = [this.#D, this.size / 2];
    this.#unpack(y);
    this.#generator.at(t, this.#decay);
    this.#generator.timesRows(this.#re, this.#im, this.#xr, this.#xi);
    close(D, n, this.#xr, this.#xi, this.#decay, y, out, this.#generator.isDiagonal);
    for (const sandwich of this.#sandwiches) sandwich.add(t, this.#re, this.#im, out);
    return true;
  }

  #unpack(y: Float64Array): void {
    const D = this.#D;
    const n = this.size / 2;
    const re = this.#re;
    const im = this.#im;
    for (let a = 0, k = 0; a < D; a++) {
      for (let b = a, p = a * D + a, q = p; b < D; b++, k++, p++, q += D) {
        const x = y[k]!;
        const z = y[n + k]!;
        re[p] = x;
        im[p] = z;
        re[q] = x;
        im[q] = -z;
      }
      im[a * D + a] = 0;
    }
  }
}

/** out = X + X† − (dₐ + d_b)ρ̃ on the upper triangle. */
function close(
  D: number,
  n: number,
  xr: Float64Array,
  xi: Float64Array,
  decay: Float64Array,
  y: Float64Array,
  out: Float64Array,
  isDiagonal: boolean,
): void {
  for (let a = 0, k = 0; a < D; a++) {
    const own = decay[a]!;
    if (isDiagonal) {
      for (let b = a; b < D; b++, k++) {
        const lost = own + decay[b]!;
        out[k] = -lost * y[k]!;
        out[n + k] = -lost * y[n + k]!;
      }
    } else {
      for (let b = a, p = a * D + a, q = p; b < D; b++, k++, p++, q += D) {
        const lost = own + decay[b]!;
        out[k] = xr[p]! + xr[q]! - lost * y[k]!;
        out[n + k] = xi[p]! - xi[q]! - lost * y[n + k]!;
      }
    }
  }
}
