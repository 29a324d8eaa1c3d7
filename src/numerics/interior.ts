/**
 * Keeps times inside a stretch: a source that jumps at one of its ends has the value there that it has inside.
 * For |t0| and |t1| alike the ends are moved in by some last digits.
 */
export function interior(t0: number, t1: number): (t: number) => number {
  const digit = 4 * Number.EPSILON * Math.max(Math.abs(t0), Math.abs(t1));
  const first = t0 + digit;
  const last = t1 - digit;
  return (t) => Math.min(Math.max(t, first), last);
}
