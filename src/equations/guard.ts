/**
 * Something that can jump: a state at its wall, a mode, a condition. Its guard is 0 or above while things stay as they
 * are, and below 0 when they must change.
 */
export interface Guarded {
  readonly guards: number;
  /** Writes the guards to out[first …]. */
  guard(t: number, x: Float64Array, out: Float64Array, first: number): void;
  /**
   * Changes what guard k (counted from 0) calls for. `before` is the solution right before the instant, from which
   * states are set anew; without it, in a static analysis, they stay.
   */
  cross(k: number, t: number, x: Float64Array, before?: Float64Array): void;
  /**
   * Guard k is below 0 right after it was crossed, by an error of the solution. True: it stands all the same. False: it
   * cannot, because a law looks at the quantity itself; the change is taken back and comes a little later.
   */
  excuse(k: number, t: number, x: Float64Array): boolean;
  /** Takes walls and modes as they are at the start of an analysis. */
  settle(t: number, x: Float64Array): void;
}

/**
 * What a guard may fall below 0 by right after a change: the place of a change is known to rounding only, and a guard
 * that is as much below 0 there must not call for the change back.
 */
export const slackAfter = (guard: number): number => (guard < 0 ? -2 * guard : 0);
