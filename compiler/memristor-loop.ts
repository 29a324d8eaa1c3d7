import type { Double } from "../src/numerics/linear/kernels/double.js";
import { type LawValues, law, moveUnideally, type Point } from "./memristor-law.js";

// The loop over the memristors of a class, which is translated once for each law, by which it takes `law`. Nothing runs it as it
// stands: `Device.load` of each, one after the other, is what it is tested against.

/**
 * Adds the instances, rows p, n, x, to the circuit's equations.
 *
 * @param places size count × 3: where p, n and x stand; −1 for ground
 * @param fs size count × 9: where the slopes of f stand in G, p and n first by each other, then by x, then those of x; −1: nowhere
 * @param qs size count: where that of the state's charge stands in C
 * @param differing so many values differ among the instances: value which[k] of instance i is columns[k·count + i]
 * @param isHeld size count × 3, read if `held` > 0: 1 where a row is dx/dt = 0
 */
export function memristorLoop(
  count: number,
  places: Int32Array,
  fs: Int32Array,
  qs: Int32Array,
  differing: number,
  which: Int32Array,
  columns: Float64Array,
  held: number,
  isHeld: Int32Array,
  values: LawValues,
  at: Point,
  x: Float64Array,
  q: Float64Array,
  f: Float64Array,
  C: Float64Array,
  G: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    for (let d = 0; d < differing; d++) values[which[d]!] = columns[d * count + k]!;
    const p = places[3 * k]!;
    const n = places[3 * k + 1]!;
    const own = places[3 * k + 2]!;
    const state = x[own]!;
    const above: Double = p < 0 ? 0 : x[p]!;
    const below: Double = n < 0 ? 0 : x[n]!;
    law(state, above - below, values, at);
    moveUnideally(state, values.off, values.asym, values.retention, values.stuck, at);
    const slots = 9 * k;
    if (p >= 0) f[p]! += at.i;
    if (n >= 0) f[n]! -= at.i;
    if (p >= 0) G[fs[slots]!]! += at.i_v;
    if (p >= 0 && n >= 0) {
      G[fs[slots + 1]!]! -= at.i_v;
      G[fs[slots + 2]!]! -= at.i_v;
    }
    if (n >= 0) G[fs[slots + 3]!]! += at.i_v;
    if (p >= 0) G[fs[slots + 4]!]! += at.i_x;
    if (n >= 0) G[fs[slots + 5]!]! -= at.i_x;
    q[own]! += state;
    C[qs[k]!]! += 1;
    if (held > 0 && isHeld[3 * k + 2]! !== 0) continue;
    f[own]! -= at.rate;
    if (p >= 0) G[fs[slots + 6]!]! -= at.rate_v;
    if (n >= 0) G[fs[slots + 7]!]! += at.rate_v;
    G[fs[slots + 8]!]! -= at.rate_x;
  }
}
