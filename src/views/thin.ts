import { type Polyline, pick } from "./polyline.js";

/**
 * Of the points in each column of pixels, keeps the first, the lowest, the highest and the last: what is drawn looks
 * the same, and no peak is lost. `x` must not turn back.
 */
export function thinnedToColumns(line: Polyline): Polyline {
  const kept: number[] = [];
  const { x, y } = line;
  for (let from = 0; from < x.length; ) {
    const column = Math.floor(x[from]!);
    let low = from;
    let high = from;
    let to = from;
    for (; to < x.length && Math.floor(x[to]!) === column; to++) {
      if (y[to]! < y[low]!) low = to;
      if (y[to]! > y[high]!) high = to;
    }
    const four = [from, Math.min(low, high), Math.max(low, high), to - 1];
    kept.push(...four.filter((index, k) => k === 0 || index > four[k - 1]!));
    from = to;
  }
  return pick(line, kept);
}

/** True where x never decreases, or never increases. */
export function isMonotone(x: Float64Array): boolean {
  let rises = false;
  let falls = false;
  for (let i = 1; i < x.length; i++) {
    if (x[i]! > x[i - 1]!) rises = true;
    if (x[i]! < x[i - 1]!) falls = true;
  }
  return !(rises && falls);
}
