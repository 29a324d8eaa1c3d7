import { chebyshevPoints, chebyshevTailThrough, chebyshevWeights } from "../numerics/chebyshev.js";
import { type DensityMatrix, densityMatrix } from "./density-matrix.js";
import { Packing } from "./packing.js";
import type { Space } from "./space.js";

/** ρ over a span of time, as polynomials of its entries in the rotating frame of some energies. */
export class StateCourse {
  readonly #packing: Packing;
  readonly #packed: Float64Array[] = [];
  readonly #y: Float64Array;
  readonly #rho: DensityMatrix;
  #shown = Number.NaN; // the time that #rho is of

  constructor(
    space: Space,
    energy: Float64Array,
    readonly from: number,
    readonly to: number,
  ) {
    this.#packing = new Packing(energy);
    this.#y = new Float64Array(this.#packing.size);
    this.#rho = densityMatrix(space);
  }

  /** Where the state has to be known, ascending. */
  points(): Float64Array {
    return chebyshevPoints(this.from, this.to);
  }

  /** Takes the state at the next of the points. */
  add(rho: DensityMatrix, t: number): void {
    this.#packed.push(this.#packing.packed(rho, t));
  }

  /** The state at a time within; valid until the next call. */
  state(t: number): DensityMatrix {
    const at = Math.min(Math.max(t, this.from), this.to);
    if (at === this.#shown) return this.#rho;
    const weights = chebyshevWeights(this.from, this.to, at);
    this.#y.fill(0);
    for (const [j, packed] of this.#packed.entries()) {
      const weight = weights[j]!;
      if (weight !== 0) for (let k = 0; k < packed.length; k++) this.#y[k]! += weight * packed[k]!;
    }
    this.#packing.state(this.#y, at, this.#rho);
    this.#shown = at;
    return this.#rho;
  }

  /** About what the polynomials leave out, of any entry. */
  tail(): number {
    const values = new Float64Array(this.#packed.length);
    let most = 0;
    for (let k = 0; k < this.#packing.size; k++) {
      for (let j = 0; j < values.length; j++) values[j] = this.#packed[j]![k]!;
      most = Math.max(most, chebyshevTailThrough(values));
    }
    return most;
  }
}
