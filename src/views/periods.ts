/** The rows `from` (included) to `to` (excluded) of a run: one period of its drive. */
export interface Period {
  /** From 0. */
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** A rest shorter than this part of a period is rounding, not another period. */
const sliver = 0.02;

/**
 * Cuts the rows of a run into periods of its drive, counted from the first time. Neighbours share a row, so that their
 * curves join. Without a period all rows are one.
 */
export function periodsOf(time: Float64Array, period: number | undefined): readonly Period[] {
  const whole: Period = { index: 0, from: 0, to: time.length };
  const [first, last] = [time[0], time.at(-1)];
  if (period === undefined || !(period > 0) || first === undefined || last === undefined) return [whole];
  const count = Math.ceil((last - first) / period - sliver);
  if (count < 2 || count > time.length) return [whole];
  const cuts = Array.from({ length: count - 1 }, (_, k) => rowAt(time, first + (k + 1) * period * (1 - 1e-12)));
  return Array.from({ length: count }, (_, index) => ({
    index,
    from: index === 0 ? 0 : cuts[index - 1]!,
    to: index === count - 1 ? time.length : cuts[index]! + 1,
  }));
}

/** The first row that is not before a time; `time` ascends. */
function rowAt(time: Float64Array, at: number): number {
  let low = 0;
  let high = time.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The most periods that a picture shows: more lie upon one another, and make a file that no program likes to open. */
const most = 24;

/** All periods, or some of them, evenly spread, the first and the last among them. */
export function withoutMiddle(periods: readonly Period[]): readonly Period[] {
  if (periods.length <= most) return periods;
  return Array.from({ length: most }, (_, k) => periods[Math.round((k * (periods.length - 1)) / (most - 1))]!);
}
