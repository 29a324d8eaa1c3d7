/** How a quantity is spread over the realisations that have it. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p05: number;
  readonly p95: number;
}

/** The spread of the values that are numbers; all NaN where none is. */
export function spreadOf(values: Float64Array): Spread {
  const all = values.slice().sort(); // what is no number comes last
  let count = all.length;
  while (count > 0 && Number.isNaN(all[count - 1]!)) count--;
  const sorted = all.subarray(0, count);
  return {
    mean: meanOf(sorted),
    median: quantile(sorted, 0.5),
    p05: quantile(sorted, 0.05),
    p95: quantile(sorted, 0.95),
  };
}

/** The mean of the values that are numbers; NaN where none is. */
export function meanOf(values: Float64Array): number {
  let [sum, count] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    if (Number.isNaN(values[k])) continue;
    sum += values[k]!;
    count++;
  }
  return sum / count;
}

/** The quantile of ascending values, by linear interpolation between them (type 7 of Hyndman and Fan, 1996). */
export function quantile(sorted: Float64Array, part: number): number {
  if (sorted.length === 0) return NaN;
  const at = part * (sorted.length - 1);
  const low = Math.floor(at);
  const value = sorted[low]!;
  return at === low ? value : value + (at - low) * (sorted[low + 1]! - value);
}
