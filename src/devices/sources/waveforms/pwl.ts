import type { Waveform } from "../waveform.js";

export interface PiecewiseLinearOptions {
  /** Delay of the whole, s. Default 0. */
  readonly td?: number;
  /** One of the times: from the last point the waveform goes on from there again, without end. */
  readonly repeat?: number;
  /** Keeps each value up to the next point instead of going there on a straight line. */
  readonly hold?: boolean;
}

/**
 * A waveform through given points: the first value before them, the last one behind. Two points at one time are a jump.
 * `times` ascend (s), `levels` has as many entries. Every call makes a waveform of its own.
 */
export function pwl(
  times: Float64Array,
  levels: Float64Array,
  { td = 0, repeat, hold = false }: PiecewiseLinearOptions = {},
): Waveform {
  const last = times.length - 1;
  const first = repeat === undefined ? -1 : times.indexOf(repeat);
  const period = first < 0 ? Number.POSITIVE_INFINITY : times[last]! - times[first]!;
  const repeats = period > 0 && period < Number.POSITIVE_INFINITY;

  /** The time of point k in cycle n; from cycle 1 on only points behind `first` stand in a cycle of their own. */
  const at = (k: number, n: number): number => (n === 0 ? td + times[k]! : td + (times[k]! + n * period));

  /** How many times the waveform has gone back to `repeat` before t. */
  const cycle = (t: number): number => {
    if (!repeats || t < at(last, 0)) return 0;
    const n = Math.max(1, Math.floor((t - td - times[first]!) / period));
    return t < at(last, n - 1) ? n - 1 : t >= at(last, n) ? n + 1 : n;
  };

  /** The last point of cycle n at or before t; −1 before all. The end of the cycle before is its point `first`. */
  const point = (t: number, n: number): number => {
    let low = n === 0 ? -1 : first;
    let high = last + 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (at(middle, n) <= t) low = middle;
      else high = middle;
    }
    return low;
  };

  return {
    kind: "pwl",
    title: "Piecewise linear",
    equations: ["straight lines through given points"],
    parameters: {},
    value(t) {
      const n = cycle(t);
      const k = point(t, n);
      if (k < 0) return levels[0]!;
      if (k >= last || hold) return levels[k]!;
      const from = n > 0 && k === first ? at(last, n - 1) : at(k, n);
      return levels[k]! + (levels[k + 1]! - levels[k]!) * Math.min(1, Math.max(0, (t - from) / (at(k + 1, n) - from)));
    },
    next(t) {
      const n = cycle(t);
      const k = point(t, n) + 1;
      return k <= last ? at(k, n) : Number.POSITIVE_INFINITY;
    },
    period: () => (repeats ? period : Number.POSITIVE_INFINITY),
    isStraight: true,
  };
}
