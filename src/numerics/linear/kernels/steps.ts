import type { Double } from "./double.js";

// What a step of a multistep method does to all unknowns. Backward differences ∇ᵐ of n unknowns stand at columns[m·n …].

/** Writes Σ ∇ᵐ over m = 0 … order: the polynomial through the last points, a step later. */
export function predictPoint(n: number, order: number, columns: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum: Double = columns[i]!;
    let at = i;
    for (let m = 0; m < order; m++) {
      at += n;
      sum += columns[at]!;
    }
    out[i] = sum;
  }
}

/** The same for charges, and β = Σ factor[m] ∇ᵐ − α q⁽⁰⁾ over m = 1 … order. */
export function predictCharges(
  n: number,
  order: number,
  alpha: Double,
  factor: Float64Array,
  columns: Float64Array,
  predicted: Float64Array,
  beta: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    let sum: Double = columns[i]!;
    let at = i;
    for (let m = 0; m < order; m++) {
      at += n;
      sum += columns[at]!;
    }
    predicted[i] = sum;
    let past: Double = -alpha * sum;
    at = i;
    for (let m = 1; m <= order; m++) {
      at += n;
      past += factor[m]! * columns[at]!;
    }
    beta[i] = past;
  }
}

/** Takes the next point, by how far it lies from the one predicted; keeps differences up to order + 2. */
export function advancePoint(
  n: number,
  order: number,
  point: Float64Array,
  predicted: Float64Array,
  columns: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    let sum: Double = point[i]! - predicted[i]!;
    let at = (order + 1) * n + i;
    columns[at + n] = sum - columns[at]!;
    columns[at] = sum;
    for (let m = 0; m < order; m++) {
      at -= n;
      sum += columns[at]!;
      columns[at] = sum;
    }
    columns[i] = point[i]!; // differences that were added up lose last digits, and know nothing of ranges
  }
}

/** (∇¹ … ∇ᵒʳᵈᵉʳ) ← (∇¹ … ∇ᵒʳᵈᵉʳ) · change, which is a matrix by rows; `row` is room for one row. */
export function changeDifferences(
  n: number,
  order: number,
  change: Float64Array,
  row: Float64Array,
  columns: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    for (let m = 0; m < order; m++) row[m] = columns[(m + 1) * n + i]!;
    for (let j = 0; j < order; j++) {
      let sum: Double = 0;
      for (let m = 0; m < order; m++) sum += row[m]! * change[m * order + j]!;
      columns[(j + 1) * n + i] = sum;
    }
  }
}

/** Writes αq + β + f; gives the first place where it is not finite, or −1. */
export function addUp(
  n: number,
  alpha: Double,
  q: Float64Array,
  beta: Float64Array,
  f: Float64Array,
  out: Float64Array,
): number {
  for (let i = 0; i < n; i++) {
    const value = alpha * q[i]! + beta[i]! + f[i]!;
    out[i] = value;
    if (!(Math.abs(value) < Infinity)) return i;
  }
  return -1;
}

/** x ← x − step; gives the largest |step| / weight, NaN where one is not a number. */
export function moveBy(n: number, step: Float64Array, weight: Float64Array, x: Float64Array): Double {
  let size: Double = 0;
  for (let i = 0; i < n; i++) {
    const by = step[i]!;
    x[i]! -= by;
    size = Math.max(size, Math.abs(by) / weight[i]!);
  }
  return size;
}

/** Writes a − b; gives the largest |a − b| / weight, NaN where one is not a number. */
export function takeDifference(
  n: number,
  a: Float64Array,
  b: Float64Array,
  weight: Float64Array,
  out: Float64Array,
): Double {
  let size: Double = 0;
  for (let i = 0; i < n; i++) {
    const by = a[i]! - b[i]!;
    out[i] = by;
    size = Math.max(size, Math.abs(by) / weight[i]!);
  }
  return size;
}
