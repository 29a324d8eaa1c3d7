import { Curve } from "./interpolation.js";

/** ∫ y dt of the piecewise cubic through the points: Simpson's rule is exact for it in each interval. */
export function integral(t: Float64Array, y: Float64Array): number {
  const curve = new Curve(t, y);
  let sum = 0;
  for (let k = 0; k + 1 < t.length; k++) {
    const h = t[k + 1]! - t[k]!;
    if (h <= 0) continue;
    sum += (h / 6) * (y[k]! + 4 * curve.within(k, t[k]! + h / 2) + y[k + 1]!);
  }
  return sum;
}
