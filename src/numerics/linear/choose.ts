import type { Pattern } from "../system.js";
import { denseLu } from "./dense-lu.js";
import { type LinearSolver, Singular } from "./linear-solver.js";
import { sparseLu } from "./sparse-lu.js";

/** Below this many unknowns the full matrix is the faster one. */
const small = 20;

/** A matrix of fixed shape that is factored again and again: the four acts behind two verbs. */
export interface FactoredMatrix {
  /**
   * Takes new entries, in the order of the pattern. Keeps the pivots of the last time while they serve and chooses
   * new ones where they do not; gives `Singular` when no pivots serve. The same numbers again cost nothing.
   */
  factor(values: Float64Array): Singular | undefined;
  /** Overwrites `b` with the solution of A·x = b. Only after a `factor` that succeeded. */
  solve(b: Float64Array): void;
  /** How often it was factored. */
  readonly factorizations: number;
}

/** Picks the solver that suits a matrix of this shape. */
export const factoredMatrix = (pattern: Pattern): FactoredMatrix =>
  pattern.size < small ? new Doubted(pattern) : new Factored(sparseLu, pattern);

/** Orders that were found: a pattern is analysed once by a solver, however many matrices have it. */
const orders = new WeakMap<object, WeakMap<Pattern, unknown>>();

function orderOf<Order>(solver: LinearSolver<Order, unknown>, pattern: Pattern): Order {
  const found = orders.get(solver) ?? new WeakMap<Pattern, unknown>();
  orders.set(solver, found);
  // What a solver finds is of its own type.
  const known = found.get(pattern) as Order | undefined;
  if (known !== undefined) return known;
  const order = solver.analyze(pattern);
  found.set(pattern, order);
  return order;
}

/**
 * The full matrix; and where that finds no pivot, the sparse one. An unknown that is the derivative of a derivative has
 * entries in proportion to the step and to its square; without blocks they meet in one pivot, which looks like rounding.
 */
class Doubted implements FactoredMatrix {
  readonly #full: FactoredMatrix;
  #blocks: FactoredMatrix | undefined;
  #used: FactoredMatrix;

  constructor(readonly pattern: Pattern) {
    this.#full = new Factored(denseLu, pattern);
    this.#used = this.#full;
  }

  get factorizations(): number {
    return this.#full.factorizations + (this.#blocks?.factorizations ?? 0);
  }

  factor(values: Float64Array): Singular | undefined {
    this.#used = this.#full;
    const singular = this.#full.factor(values);
    if (singular === undefined) return undefined;
    this.#blocks ??= new Factored(sparseLu, this.pattern);
    this.#used = this.#blocks;
    return this.#blocks.factor(values) && singular;
  }

  solve(b: Float64Array): void {
    this.#used.solve(b);
  }
}

class Factored<Order, Factors> implements FactoredMatrix {
  factorizations = 0;
  readonly #solver: LinearSolver<Order, Factors>;
  readonly #order: Order;
  readonly #values: Float64Array; // size nnz: what was factored
  #factors: Factors | undefined;

  constructor(solver: LinearSolver<Order, Factors>, pattern: Pattern) {
    this.#solver = solver;
    this.#order = orderOf(solver, pattern);
    this.#values = new Float64Array(pattern.row.length).fill(NaN);
  }

  factor(values: Float64Array): Singular | undefined {
    if (this.#factors !== undefined && equal(values, this.#values)) return undefined;
    this.factorizations++;
    this.#values.set(values);
    if (this.#factors !== undefined) {
      const again = this.#solver.refactor(this.#factors, values);
      if (!(again instanceof Singular)) return undefined;
    }
    const factors = this.#solver.factor(this.#order, values);
    this.#factors = factors instanceof Singular ? undefined : factors;
    return factors instanceof Singular ? factors : undefined;
  }

  solve(b: Float64Array): void {
    if (this.#factors === undefined) throw new Error("A matrix was to be solved that has not been factored.");
    this.#solver.solve(this.#factors, b);
  }
}

function equal(a: Float64Array, b: Float64Array): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}
