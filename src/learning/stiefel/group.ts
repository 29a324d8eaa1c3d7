import type { Columns } from "../../numerics/linear/columns.js";

/** Realisations that are moved together; what one does depends on no other. They are counted within the group. */
export interface Group {
  readonly runs: number;
  /** How often line searches asked for a cost. */
  readonly evaluations: number;
  /** How many products with the Hessian were made. */
  readonly products: number;
  /** An iteration of those that do not rest. */
  advance(rests: (run: number) => boolean): void;
  cost(run: number): number;
  /** The share of the truth table's rows that it answers right. */
  right(run: number): number;
  /** Its channels. */
  points(run: number): readonly Columns[];
  /** All that a realisation goes on from besides its start. */
  numbers(run: number): readonly number[];
  /** Takes such numbers up, of which there are as many as it gives. */
  resume(run: number, numbers: readonly number[]): void;
}
