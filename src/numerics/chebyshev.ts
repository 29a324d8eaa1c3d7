/** Degree of the polynomials here. */
const degree = 16;

/** cos(πj/n): Chebyshev's extreme points on [−1, 1], ascending. */
const points = Float64Array.from({ length: degree + 1 }, (_, j) => -Math.cos((Math.PI * j) / degree));

/** Where a function on [a, b] is looked at, ascending, both ends among them. */
export const chebyshevPoints = (a: number, b: number): Float64Array =>
  points.map((x, j) => (j === 0 ? a : j === degree ? b : (a + b) / 2 + (x * (b - a)) / 2));

/** size (n + 1)²: what the value at point j gives to coefficient k. The points ascend: the angle of point j is π − πj/n. */
const transform = Float64Array.from({ length: (degree + 1) ** 2 }, (_, place) => {
  const [k, j] = [Math.floor(place / (degree + 1)), place % (degree + 1)];
  const isEnd = (index: number): boolean => index === 0 || index === degree;
  return (Math.cos((Math.PI * k * (degree - j)) / degree) * (isEnd(j) ? 0.5 : 1) * (isEnd(k) ? 1 : 2)) / degree;
});

/** Σ cₖTₖ(x) through values at the points (L. Trefethen, Approximation Theory and Approximation Practice, SIAM 2013, §3). */
export const chebyshevSeries = (values: Float64Array): Float64Array =>
  Float64Array.from({ length: degree + 1 }, (_, k) => coefficient(k, values));

function coefficient(k: number, values: Float64Array): number {
  let sum = 0;
  for (let j = 0; j <= degree; j++) sum += transform[k * (degree + 1) + j]! * values[j]!;
  return sum;
}

/** The largest of the last coefficients: about what the series leaves out. */
export function chebyshevTail(series: Float64Array): number {
  return Math.max(...series.subarray(degree - 2).map(Math.abs));
}

/** The same of the series through values, without the rest of it. */
export function chebyshevTailThrough(values: Float64Array): number {
  let most = 0;
  for (let k = degree - 2; k <= degree; k++) most = Math.max(most, Math.abs(coefficient(k, values)));
  return most;
}

/** ∫ from −1 to x of a series, as a series of one degree more (same place, §3.8 and ex. 3.16). */
export function chebyshevIntegral(series: Float64Array): Float64Array {
  const n = series.length;
  const at = (k: number): number => (k < n ? series[k]! : 0);
  const integral = Float64Array.from({ length: n + 1 }, (_, k) =>
    k === 0 ? 0 : ((k === 1 ? 2 : 1) * at(k - 1) - at(k + 1)) / (2 * k),
  );
  // 0 at x = −1, where Tₖ is (−1)ᵏ.
  integral[0] = -integral.reduce((sum, c, k) => sum + (k % 2 === 0 ? c : -c), 0);
  return integral;
}

/** Σ cₖTₖ(x) by Clenshaw's recurrence (C. Clenshaw, Mathematics of Computation 9, 118, 1955). */
export function chebyshevValue(series: Float64Array, x: number): number {
  let [b1, b2] = [0, 0];
  for (let k = series.length - 1; k > 0; k--) [b1, b2] = [2 * x * b1 - b2 + series[k]!, b1];
  return x * b1 - b2 + series[0]!;
}

/** How much of each value at the points of [a, b] is in the polynomial at t (J.-P. Berrut and L. Trefethen, SIAM Review 46, 501, 2004). */
export function chebyshevWeights(a: number, b: number, t: number): Float64Array {
  const places = chebyshevPoints(a, b);
  const at = places.indexOf(t);
  if (at >= 0) return places.map((_, j) => (j === at ? 1 : 0));
  const parts = places.map((x, j) => ((j % 2 === 0 ? 1 : -1) * (j === 0 || j === degree ? 0.5 : 1)) / (t - x));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}
