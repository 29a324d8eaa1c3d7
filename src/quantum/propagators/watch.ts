import { liesAbove } from "../../numerics/linear/hermitian-factor.js";
import type { DensityMatrix } from "../density-matrix.js";

/** Thrown when a state has an eigenvalue below the limit. */
export class LostPositivity extends Error {
  constructor(
    readonly time: number,
    readonly limit: number,
  ) {
    super(`The state has an eigenvalue below ${limit} at ${time}.`);
  }
}

/** Up to this size each state is looked at; of larger ones about so many, and the last. */
const small = 16;
const looks = 32;

/**
 * Watches that ρ stays a state: no eigenvalue below −limit. An exact map keeps them above −1e-12; Runge-Kutta results
 * need not be positive: down to −10 tolerances are their due, below −1000 something is wrong.
 */
export class Watch {
  #seen = 0;
  readonly #every: number;

  constructor(
    size: number,
    readonly count: number,
    readonly limit: number,
  ) {
    this.#every = size <= small ? 1 : Math.ceil(count / looks);
  }

  look(t: number, rho: DensityMatrix): void {
    this.#seen++;
    if (this.#seen % this.#every !== 0 && this.#seen !== this.count) return;
    if (!liesAbove(this.limit, rho)) throw new LostPositivity(t, -this.limit);
  }
}

/** Eigenvalues of what exact maps give. */
export const exactLimit = 1e-12;
/** The part of its tolerance by which a Runge-Kutta result may be negative. */
export const toleranceLimit = 1000;
