import { liesAbove } from "../../numerics/linear/hermitian-factor.js";
import { type DensityMatrix, hermiticity, trace } from "../density-matrix.js";

/** Thrown when a state has an eigenvalue below the limit. */
export class LostPositivity extends Error {
  constructor(
    readonly time: number,
    readonly limit: number,
  ) {
    super(`The state has an eigenvalue below ${limit} at ${time}.`);
  }
}

/** Thrown when a state has not trace 1 or is not Hermitian any more. */
export class LostState extends Error {
  constructor(
    readonly time: number,
    readonly lost: "trace" | "hermiticity",
    /** |Tr ρ − Tr ρ at the start|, or the largest |ρᵢⱼ − ρⱼᵢ*|. */
    readonly by: number,
  ) {
    super(`The state's ${lost} is off by ${by} at ${time}.`);
  }
}

/** By how much rounding may change trace and hermiticity over a long run of exact maps. */
const rounding = 1e-9;
/** Up to this size each state is looked at; of larger ones about so many, and the last. */
const small = 16;
const looks = 32;

/**
 * Watches that ρ stays a state. Trace and hermiticity, which every method keeps, at each look. No eigenvalue below −limit. An exact map keeps them above −1e-12; Runge-Kutta results
 * need not be positive: down to −10 tolerances are their due, below −1000 something is wrong.
 */
export class Watch {
  #seen = 0;
  #trace: number | undefined;
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
    const sum = trace(rho);
    this.#trace ??= sum;
    const off = Math.abs(sum - this.#trace);
    // Written so that a value that is not a number is refused too.
    if (!(off <= Math.max(rounding, this.limit))) throw new LostState(t, "trace", off);
    const skew = hermiticity(rho);
    if (!(skew <= rounding)) throw new LostState(t, "hermiticity", skew);
    if (this.#seen % this.#every !== 0 && this.#seen !== this.count) return;
    if (!liesAbove(this.limit, rho)) throw new LostPositivity(t, -this.limit);
  }
}

/** Eigenvalues of what exact maps give. */
export const exactLimit = 1e-12;
/** The part of its tolerance by which a Runge-Kutta result may be negative. */
export const toleranceLimit = 1000;
