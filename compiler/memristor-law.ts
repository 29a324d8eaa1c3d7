import type { Double } from "../src/numerics/linear/kernels/double.js";

// What loops over memristors call, for the types' sake alone: a law is translated in the place of `law`, for each law anew.

/** The values of an instance; those that have names are the same of every kind. */
export interface LawValues {
  [place: number]: Double;
  readonly off: Double;
  readonly asym: Double;
  readonly retention: Double;
  readonly stuck: Double;
}

/** What comes of a law at one (x, v). */
export interface Point {
  i: Double;
  i_x: Double;
  i_v: Double;
  rate: Double;
  rate_x: Double;
  rate_v: Double;
}

export declare function law(x: Double, v: Double, values: LawValues, at: Point): void;

/** The same for the current alone, where that is had for less. */
export declare function current(x: Double, v: Double, values: LawValues, at: Point): void;

/** What real pieces do beside the law. */
export declare function moveUnideally(
  state: Double,
  off: Double,
  asym: Double,
  retention: Double,
  stuck: Double,
  at: Point,
): void;
