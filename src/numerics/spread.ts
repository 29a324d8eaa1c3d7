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
  const { length } = values;
  let sum = 0;
  for (let k = 0; k < length; k++) sum += values[k]!;
  if (!Number.isNaN(sum)) return sum / length;
  const numbers = values.filter((value) => !Number.isNaN(value));
  return numbers.length < length ? meanOf(numbers) : sum;
}

/** The quantile of ascending values, by linear interpolation between them (type 7 of Hyndman and Fan, 1996). */
export function quantile(sorted: Float64Array, part: number): number {
  if (sorted.length === 0) return NaN;
  const at = part * (sorted.length - 1);
  const low = Math.floor(at);
  const value = sorted[low]!;
  return at === low ? value : value + (at - low) * (sorted[low + 1]! - value);
}
