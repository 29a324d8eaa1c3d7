import type { CompiledSystem } from "../equations/compiled-system.js";
import type { System } from "../numerics/system.js";

/** Rounding of a source's own arithmetic about a corner stays below this many units in the last place of the time. */
const ulps = 16;

/**
 * The equations between two breakpoints. At its ends a stretch sees the sources from inside: their jump at a
 * breakpoint belongs to neither stretch. So the time is kept a few units in the last place within the ends.
 */
export function within(system: CompiledSystem, from: number, to: number): System {
  const margin = Math.min(ulps * Number.EPSILON * Math.max(Math.abs(from), Math.abs(to)), (to - from) / 4);
  const low = from + margin;
  const high = to - margin;
  return {
    pattern: system.pattern,
    negligible: system.negligible,
    lower: system.lower,
    upper: system.upper,
    load(t, x, out) {
      system.load(Math.min(high, Math.max(low, t)), x, out);
    },
  };
}
