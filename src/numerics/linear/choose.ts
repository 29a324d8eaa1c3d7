import type { Pattern } from "../system.js";
import { orderOf } from "./analysed.js";
import { denseLu } from "./dense-lu.js";
import { type LinearSolver, Singular } from "./linear-solver.js";
import { sparseLu } from "./sparse-lu.js";
import { symmetric } from "./symmetric.js";

/** Below this many unknowns the full matrix is the faster one. */
const small = 20;
/** From this many on it pays to find out whether a matrix is symmetric. */
const large = 200;
/** A solver that a matrix does not suit so many times in a row is not tried again. */
const patience = 8;

/** A matrix of fixed shape that is factored again and again: the four acts behind two verbs. */
export interface FactoredMatrix {
  /**
   * Takes new entries, in the order of the pattern. Keeps the pivots of the last time while they serve and chooses
   * new ones where they do not; gives `Singular` when no pivots serve. The same numbers again cost nothing.
   */
  factor(values: Float64Array): Singular | undefined;
  /**
   * Takes of new entries what costs next to nothing: solutions are approximate from then on, for an iteration. False if
   * they would not be: then it has to be factored.
   */
  refresh(values: Float64Array): boolean;
  /** Overwrites `b` with the solution of A·x = b. Only after a `factor` that succeeded. */
  solve(b: Float64Array): void;
  /** How often it was factored. */
  readonly factorizations: number;
}

/**
 * Picks the solver that suits a matrix of this shape.
 *
 * For the full matrix the sparse one is at hand: an unknown that is the derivative of a derivative has entries in
 * proportion to the step and to its square; without blocks they meet in one pivot, which looks like rounding.
 */
export function factoredMatrix(pattern: Pattern): FactoredMatrix {
  const general = () => new Factored(sparseLu, pattern);
  if (pattern.size < small) return new Preferred(new Factored(denseLu, pattern), general, Infinity);
  return pattern.size < large ? general() : new Preferred(new Factored(symmetric, pattern), general, patience);
}

/** The matrix by a solver that may not suit it; and where it does not, by one that does. */
class Preferred implements FactoredMatrix {
  factorizations = 0;
  #other: FactoredMatrix | undefined;
  #used: FactoredMatrix;
  #refused = 0; // in a row

  constructor(
    readonly preferred: FactoredMatrix,
    readonly general: () => FactoredMatrix,
    readonly patience: number,
  ) {
    this.#used = preferred;
  }

  factor(values: Float64Array): Singular | undefined {
    const before = this.#count();
    const singular = this.#factor(values);
    if (this.#count() > before) this.factorizations++;
    return singular;
  }

  #factor(values: Float64Array): Singular | undefined {
    if (this.#refused < this.patience) {
      this.#used = this.preferred;
      const singular = this.preferred.factor(values);
      this.#refused = singular === undefined ? 0 : this.#refused + 1;
      if (singular === undefined) return undefined;
    }
    this.#other ??= this.general();
    this.#used = this.#other;
    return this.#other.factor(values);
  }

  refresh(values: Float64Array): boolean {
    return this.#used.refresh(values);
  }

  #count(): number {
    return this.preferred.factorizations + (this.#other?.factorizations ?? 0);
  }

  solve(b: Float64Array): void {
    this.#used.solve(b);
  }
}

class Factored<Order, Factors> implements FactoredMatrix {
  factorizations = 0;
  readonly #solver: LinearSolver<Order, Factors>;
  readonly #pattern: Pattern;
  readonly #values: Float64Array; // size nnz: what was factored
  #factors: Factors | undefined;
  #isSound = false; // whether the factors are those of a matrix, or near them

  constructor(solver: LinearSolver<Order, Factors>, pattern: Pattern) {
    this.#solver = solver;
    this.#pattern = pattern;
    this.#values = new Float64Array(pattern.row.length).fill(NaN);
  }

  factor(values: Float64Array): Singular | undefined {
    if (this.#isSound && equal(values, this.#values)) return undefined;
    this.factorizations++;
    this.#values.set(values);
    this.#isSound = true;
    if (this.#factors !== undefined) {
      const again = this.#solver.refactor(this.#factors, values);
      if (!(again instanceof Singular)) return undefined;
    }
    const factors = this.#solver.factor(orderOf(this.#solver, this.#pattern), values);
    this.#isSound = !(factors instanceof Singular);
    this.#factors = factors instanceof Singular ? undefined : factors;
    return factors instanceof Singular ? factors : undefined;
  }

  refresh(values: Float64Array): boolean {
    if (this.#factors === undefined || this.#solver.refresh === undefined) return false;
    this.#values.fill(NaN); // what stands there is of no one matrix
    this.#isSound = this.#isSound && this.#solver.refresh(this.#factors, values);
    return this.#isSound;
  }

  solve(b: Float64Array): void {
    if (this.#factors === undefined || !this.#isSound)
      throw new Error("A matrix was to be solved that has not been factored.");
    this.#solver.solve(this.#factors, b);
  }
}

function equal(a: Float64Array, b: Float64Array): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}
