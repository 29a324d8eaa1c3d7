import type { Columns } from "../../numerics/linear/columns.js";
import type { Cost } from "./cost.js";
import type { Table } from "./table-cost.js";

/** The shape of a point of a Stiefel manifold: N × n. */
export interface Shape {
  readonly rows: number;
  readonly count: number;
}

/** What an ensemble trains: one channel, or a network of them, each of which is moved while the others stay. */
export interface Trainable {
  /** Of each channel that is trained. */
  readonly shapes: readonly Shape[];
  /** Of one channel that is trained as a whole. */
  readonly table?: Table;
  /** About how many products of numbers an iteration takes. */
  readonly effort: number;
  /** Takes up a realisation: what is asked next is of these points. */
  begin(points: readonly Columns[]): void;
  /** The cost as a function of one channel, the others held as they are. */
  costOf(part: number): Cost;
  /** Of the points begun with, as they are now. */
  cost(): number;
  /** The probability of a wrong answer, of each row of the truth table. */
  errors(): Float64Array;
}
