/** A curve through points (xₖ, yₖ), xₖ ascending. */
export interface Interpolant {
  value(x: number): number;
  slope(x: number): number;
  /** Where its slope may jump, ascending. */
  readonly corners: Float64Array;
}

/** Straight lines from point to point; constant outside of them. */
export class Polyline implements Interpolant {
  constructor(
    readonly corners: Float64Array, // size n ≥ 1
    readonly y: Float64Array, // size n
  ) {}

  value(x: number): number {
    const { corners, y } = this;
    const k = interval(corners, x);
    if (k < 0) return x < corners[0]! ? y[0]! : x >= corners[corners.length - 1]! ? y[y.length - 1]! : NaN;
    const part = (x - corners[k]!) / (corners[k + 1]! - corners[k]!);
    return y[k]! + (y[k + 1]! - y[k]!) * part;
  }

  slope(x: number): number {
    const { corners, y } = this;
    const k = interval(corners, x);
    return k < 0 ? 0 : (y[k + 1]! - y[k]!) / (corners[k + 1]! - corners[k]!);
  }
}

/** Straight lines from point to point; the first and the last go on outside. */
export class EndlessPolyline implements Interpolant {
  /** The points where one line ends and another begins: the outermost are none. */
  readonly corners: Float64Array;

  constructor(
    readonly x: Float64Array, // size n ≥ 1
    readonly y: Float64Array, // size n
  ) {
    this.corners = x.subarray(1, Math.max(1, x.length - 1));
  }

  value(at: number): number {
    const { x, y } = this;
    const k = nearestInterval(x, at);
    return y[k]! + this.slope(at) * (at - x[k]!);
  }

  /** Of a single point there is no line: the constant through it. */
  slope(at: number): number {
    const { x, y } = this;
    const k = nearestInterval(x, at);
    return x.length < 2 ? 0 : (y[k + 1]! - y[k]!) / (x[k + 1]! - x[k]!);
  }
}

/**
 * Cubics from point to point that join with one slope and nowhere overshoot: monotone where the points are (Fritsch and
 * Carlson, SIAM J. Numer. Anal. 17, 238, 1980). A slope at a point is the weighted harmonic mean of its neighbours'
 * (Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5, 300, 1984), 0 at an extremum; at the ends that of the last line.
 * Constant outside.
 */
export class MonotoneCubic implements Interpolant {
  /** Only at its ends does it meet the constant outside with a corner. */
  readonly corners: Float64Array;
  readonly #m: Float64Array; // size n: slopes at the points

  constructor(
    readonly x: Float64Array, // size n ≥ 1
    readonly y: Float64Array, // size n
  ) {
    this.corners = Float64Array.of(x[0]!, x[x.length - 1]!);
    this.#m = monotoneSlopes(x, y);
  }

  value(at: number): number {
    const { x, y } = this;
    const k = interval(x, at);
    if (k < 0) return at < x[0]! ? y[0]! : at >= x[x.length - 1]! ? y[y.length - 1]! : NaN;
    const h = x[k + 1]! - x[k]!;
    const s = (at - x[k]!) / h;
    const rise = (y[k + 1]! - y[k]!) / h;
    const m0 = this.#m[k]!;
    const m1 = this.#m[k + 1]!;
    // Hermite's cubic in powers of s, by Horner
    return y[k]! + h * s * (m0 + s * (3 * rise - 2 * m0 - m1 + s * (m0 + m1 - 2 * rise)));
  }

  slope(at: number): number {
    const { x, y } = this;
    const k = interval(x, at);
    if (k < 0) return 0;
    const h = x[k + 1]! - x[k]!;
    const s = (at - x[k]!) / h;
    const rise = (y[k + 1]! - y[k]!) / h;
    const m0 = this.#m[k]!;
    const m1 = this.#m[k + 1]!;
    return m0 + s * (2 * (3 * rise - 2 * m0 - m1) + 3 * s * (m0 + m1 - 2 * rise));
  }
}

/** The k with x[k] ≤ at < x[k+1]; −1 outside. */
function interval(x: Float64Array, at: number): number {
  let low = 0;
  let high = x.length - 1;
  if (!(at >= x[0]! && at < x[high]!)) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** As `interval`; outside it is the first or the last. */
function nearestInterval(x: Float64Array, at: number): number {
  if (at < x[0]!) return 0;
  const k = interval(x, at);
  return k < 0 ? Math.max(0, x.length - 2) : k;
}

function monotoneSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  const m = new Float64Array(n);
  if (n < 2) return m;
  const width = (k: number) => x[k + 1]! - x[k]!;
  const rise = (k: number) => (y[k + 1]! - y[k]!) / width(k);
  m[0] = rise(0);
  m[n - 1] = rise(n - 2);
  for (let k = 1; k < n - 1; k++) {
    const before = rise(k - 1);
    const after = rise(k);
    if (before * after <= 0) continue;
    const w1 = 2 * width(k) + width(k - 1);
    const w2 = width(k) + 2 * width(k - 1);
    m[k] = (w1 + w2) / (w1 / before + w2 / after);
  }
  return m;
}

/** Splits x₁, y₁, x₂, y₂ … */
export const unzip = (points: readonly number[]): [x: Float64Array, y: Float64Array] => [
  Float64Array.from(points.filter((_, k) => k % 2 === 0)),
  Float64Array.from(points.filter((_, k) => k % 2 === 1)),
];
