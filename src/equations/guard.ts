/**
 * Something that can jump: a state at its wall, a mode, a condition. Its guard is 0 or above while things stay as they
 * are, and below 0 when they must change.
 */
export interface Guarded {
  readonly guards: number;
  /** The number of the instance that guard k belongs to. */
  owner(k: number): number;
  /** Writes the guards to out[first …]. */
  guard(t: number, x: Float64Array, out: Float64Array, first: number): void;
  /** Guard k alone, counted from 0. */
  guardAt(k: number, t: number, x: Float64Array): number;
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

/** Several kinds of guards as one: their numbers follow each other. */
export function joined(parts: readonly Guarded[]): Guarded {
  const first: number[] = [];
  let guards = 0;
  for (const part of parts) {
    first.push(guards);
    guards += part.guards;
  }
  const partOf = (k: number) => first.findLastIndex((from, j) => from <= k && parts[j]!.guards > 0);
  return {
    guards,
    owner(k) {
      const part = partOf(k);
      return parts[part]!.owner(k - first[part]!);
    },
    guard(t, x, out) {
      for (let k = 0; k < parts.length; k++) parts[k]!.guard(t, x, out, first[k]!);
    },
    guardAt(k, t, x) {
      const part = partOf(k);
      return parts[part]!.guardAt(k - first[part]!, t, x);
    },
    cross(k, t, x, before) {
      const part = partOf(k);
      parts[part]!.cross(k - first[part]!, t, x, before);
    },
    excuse(k, t, x) {
      const part = partOf(k);
      return parts[part]!.excuse(k - first[part]!, t, x);
    },
    settle(t, x) {
      for (const part of parts) part.settle(t, x);
    },
  };
}
