import type { Columns } from "../../numerics/linear/columns.js";

/** Realisations that are moved together; what one does depends on no other. They are counted within the group. */
export interface Group {
  readonly runs: number;
  /** How often line searches asked for a cost. */
  readonly evaluations: number;
  /** How many products with the Hessian were made. */
  readonly products: number;
  /** An iteration of those that do not rest. */
  advance(rests?: (run: number) => boolean): void;
  /** Writes what they cost, and the shares of the truth table's rows that they answer right, from a place on. */
  score(cost: Float64Array, right: Float64Array, first: number): void;
  /** Its channels. */
  points(run: number): readonly Columns[];
  /** All that a realisation goes on from besides its start. */
  numbers(run: number): readonly number[];
  /** Takes such numbers up, of which there are as many as it gives. */
  resume(run: number, numbers: readonly number[]): void;
}
