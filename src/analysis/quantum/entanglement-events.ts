import type { WavesPicture } from "../../result/picture.js";

/** Below this a concurrence or negativity is none: above what rounding leaves of zero, 1e-8. */
const none = 1e-7;

type Event = NonNullable<WavesPicture["events"]>[number];

/**
 * Where entanglement dies, and where it is born again behind a time without any (T. Yu and J. H. Eberly, Science 323, 598,
 * 2009). Its curve goes down to zero in a straight line, and is followed through its last two points before zero, or back
 * through the first two behind it, but no further than the interval in which it happens.
 */
export function entanglementEvents(t: Float64Array, c: Float64Array): readonly Event[] {
  const events: Event[] = [];
  const alive = (k: number): boolean => c[k]! > none;
  for (let k = 1; k < c.length; k++) {
    if (alive(k) === alive(k - 1)) continue;
    if (alive(k - 1)) {
      // A touch of zero at one point is no death: the curve of a pure state goes through such points.
      if (k + 1 < c.length && alive(k + 1)) continue;
      events.push({ kind: "death", at: zeroOf(t, c, k - 1, k - 2, k) });
    } else if (events.at(-1)?.kind === "death") {
      events.push({ kind: "birth", at: zeroOf(t, c, k, k + 1, k - 1) });
    }
  }
  return events;
}

/** Where the line through two points, the nearer first, meets zero: between the nearer one and where there is none. */
function zeroOf(t: Float64Array, c: Float64Array, near: number, far: number, zero: number): number {
  const [from, to] = [t[near]!, t[zero]!];
  const slope = far < 0 || far >= c.length ? 0 : (c[near]! - c[far]!) / (from - t[far]!);
  const met = slope === 0 ? to : from - c[near]! / slope;
  return Math.min(Math.max(met, Math.min(from, to)), Math.max(from, to));
}
