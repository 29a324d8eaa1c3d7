import type { LaneState } from "./lane-state.js";
import type { Shape } from "./trainable.js";

/** A cost of some realisations side by side, as `Cost` is of one: what stands in their room, by its places. */
export interface LaneCost extends Shape {
  /** How many numbers of each lane `evaluate` leaves at `found`, from which `slope` goes on. */
  readonly kept: number;
  readonly found: number;
  /** Writes at f what matrices at Y cost: those of the lanes that were taken last. */
  evaluate(Y: number, f: number, width: number): void;
  /** Writes ξ, the gradient along the manifold at S, and its squared length, of all lanes; `overlap` has room for n × n. */
  slope(S: number, xi: number, overlap: number, square: number, width: number): void;
  /** Costs are asked of all lanes of a state from now on, or of the first `count` in the room's `left`. */
  take(state: LaneState, count: number, width: number): void;
}
