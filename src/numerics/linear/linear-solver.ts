import type { Pattern } from "../system.js";

/**
 * A direct solver, in the four acts of KLU (Davis & Palamadai Natarajan,
 * ACM TOMS 37, 36 (2010)); each act is as rare as it can be:
 *
 *     analyze    once a circuit      orders the unknowns
 *     factor     once an analysis    chooses the pivots
 *     refactor   once an iteration   new numbers, same pivots
 *     solve      once a right-hand side
 */
export interface LinearSolver<Order, Factors> {
  analyze(pattern: Pattern): Order;
  factor(order: Order, values: Float64Array): Factors | Singular;
  /** As `factor`, in the place and with the pivots of `factors`; cheaper, less robust. */
  refactor(factors: Factors, values: Float64Array): Factors | Singular;
  /**
   * Takes of new numbers what costs next to nothing and keeps the rest: solutions are near those of the new matrix, good
   * enough for an iteration. False if it could not; then the factors are spoilt. Without it nothing is that cheap.
   */
  refresh?(factors: Factors, values: Float64Array): boolean;
  /** Overwrites `b` with the solution of A·x = b. */
  solve(factors: Factors, b: Float64Array): void;
}

/** The matrix has no inverse: the unknown `column` is not determined by the equations. */
export class Singular {
  constructor(readonly column: number) {}
}
