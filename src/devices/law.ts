/**
 * A formula ready to run, as a device sees it: a function of the time and of an array of inputs, with its slopes, the
 * quantities at whose change of sign it jumps, and the times at which it jumps.
 */
export interface Law {
  /** How many inputs it reads: indices 0 … inputs − 1. */
  readonly inputs: number;
  /** The value at time t (s; −∞ in a static analysis). */
  value(t: number, u: Float64Array): number;
  /** Writes the value to out[0] and ∂/∂u[k] to out[1 + k]. */
  load(t: number, u: Float64Array, out: Float64Array): void;
  readonly smooth: boolean;
  /** The number of switching functions. */
  readonly guards: number;
  /** Writes the switching functions to out[0 … guards − 1]. */
  guard(t: number, u: Float64Array, out: Float64Array): void;
  /** Times at which it jumps, ascending, s. */
  readonly breakpoints: readonly number[];
}

/** The first breakpoint after t of several laws; Infinity if there is none. */
export function nextOf(laws: readonly Law[], t: number): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { breakpoints } of laws) {
    const next = breakpoints.find((time) => time > t);
    if (next !== undefined && next < first) first = next;
  }
  return first;
}

/** The corners of laws, as those of a source; absent where there are none. */
export const sourceOf = (laws: readonly Law[]) =>
  laws.some(({ breakpoints }) => breakpoints.length > 0)
    ? { source: { next: (t: number) => nextOf(laws, t), period: () => Number.POSITIVE_INFINITY } }
    : {};
