import type { WavesPicture } from "../../result/picture.js";

/** Below this a concurrence or negativity is none: above what rounding leaves of zero, 1e-8. */
const none = 1e-7;

type Event = NonNullable<WavesPicture["events"]>[number];

/**
 * Where entanglement dies, and where it is born again behind a time without any (T. Yu and J. H. Eberly, Science 323, 598,
 * 2009): the first points of the run without and with it. A touch of zero at a single point is no death.
 */
export function entanglementEvents(t: Float64Array, c: Float64Array): readonly Event[] {
  const events: Event[] = [];
  for (let k = 1; k < c.length; k++) {
    const [before, now, behind] = [c[k - 1]! > none, c[k]! > none, k + 1 < c.length && c[k + 1]! > none];
    if (before && !now && !behind) events.push({ kind: "death", at: t[k]! });
    else if (!before && now && events.at(-1)?.kind === "death") events.push({ kind: "birth", at: t[k]! });
  }
  return events;
}
