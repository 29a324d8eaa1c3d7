import type { ComplexMatrix } from "./complex-matrix.js";

/** More rounds than any eigenvalue needs; two or three are usual. */
const mostRounds = 60;

/**
 * The eigenvalues of a Hermitian matrix, ascending, each to about n·ε·|A|: Householder's reflections make the matrix
 * tridiagonal (A. Householder, Journal of the ACM 5, 339, 1958), QR steps with Wilkinson's shift diagonal (G. Golub and
 * C. Van Loan, Matrix Computations, 4th ed., algorithms 8.3.1 and 8.3.2). NaN throughout if an entry is not finite.
 */
export function hermitianEigenvalues(matrix: ComplexMatrix): Float64Array {
  const { diagonal, beside } = tridiagonal({ ...matrix, re: matrix.re.slice(), im: matrix.im.slice() });
  if (!diagonal.every(Number.isFinite) || !beside.every(Number.isFinite)) return diagonal.fill(Number.NaN);
  for (let high = diagonal.length - 1; high > 0; high--) {
    for (let round = 0; round < mostRounds; round++) {
      const low = startOfBlock(diagonal, beside, high);
      if (low === high) break;
      qrStep(diagonal, beside, low, high);
    }
  }
  return diagonal.sort();
}

interface Tridiagonal {
  readonly diagonal: Float64Array; // size n
  readonly beside: Float64Array; // size n: |A[k+1, k]|; phases do not change eigenvalues
}

/** Overwrites its argument. */
function tridiagonal({ size: n, re, im }: ComplexMatrix): Tridiagonal {
  const beside = new Float64Array(n);
  const place = () => new Float64Array(n);
  const [vr, vi, wr, wi] = [place(), place(), place(), place()];
  for (let k = 0; k < n - 1; k++) {
    beside[k] = reflector(n, re, im, k, vr, vi);
    if (k < n - 2) reflectBothSides(n, re, im, k + 1, [vr, vi, wr, wi]);
  }
  return { diagonal: Float64Array.from({ length: n }, (_, k) => re[k * n + k]!), beside };
}

type Vectors = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** Writes the unit vector v for which 1 − 2vv† maps column k below the diagonal onto its first entry; gives its length. */
function reflector(n: number, re: Float64Array, im: Float64Array, k: number, vr: Float64Array, vi: Float64Array) {
  let sum = 0;
  for (let i = k + 1; i < n; i++) {
    vr[i] = re[i * n + k]!;
    vi[i] = im[i * n + k]!;
    sum += vr[i]! * vr[i]! + vi[i]! * vi[i]!;
  }
  const length = Math.sqrt(sum);
  const first = Math.hypot(vr[k + 1]!, vi[k + 1]!);
  // The sign that does not cancel.
  vr[k + 1]! += first > 0 ? (vr[k + 1]! / first) * length : length;
  vi[k + 1]! += first > 0 ? (vi[k + 1]! / first) * length : 0;
  const scale = length > 0 ? 1 / Math.sqrt(2 * length * (length + first)) : 0;
  for (let i = k + 1; i < n; i++) {
    vr[i]! *= scale;
    vi[i]! *= scale;
  }
  return length;
}

/** A ← (1 − 2vv†) A (1 − 2vv†) = A − 2(v w† + w v†), w = Av − (v†Av) v, on the rows and columns from `from` on. */
function reflectBothSides(n: number, re: Float64Array, im: Float64Array, from: number, vectors: Vectors): void {
  const [vr, vi, wr, wi] = vectors;
  let overlap = 0; // v†Av, which is real
  for (let i = from; i < n; i++) {
    let [sr, si] = [0, 0];
    for (let j = from; j < n; j++) {
      sr += re[i * n + j]! * vr[j]! - im[i * n + j]! * vi[j]!;
      si += re[i * n + j]! * vi[j]! + im[i * n + j]! * vr[j]!;
    }
    wr[i] = sr;
    wi[i] = si;
    overlap += vr[i]! * sr + vi[i]! * si;
  }
  for (let i = from; i < n; i++) {
    wr[i]! -= overlap * vr[i]!;
    wi[i]! -= overlap * vi[i]!;
  }
  for (let i = from; i < n; i++) {
    const [ar, ai, br, bi] = [2 * vr[i]!, 2 * vi[i]!, 2 * wr[i]!, 2 * wi[i]!];
    for (let j = from; j < n; j++) {
      re[i * n + j]! -= ar * wr[j]! + ai * wi[j]! + br * vr[j]! + bi * vi[j]!;
      im[i * n + j]! -= ai * wr[j]! - ar * wi[j]! + bi * vr[j]! - br * vi[j]!;
    }
  }
}

/** Where the block that ends at `high` begins: above it the entry beside the diagonal is rounding. */
function startOfBlock(diagonal: Float64Array, beside: Float64Array, high: number): number {
  let low = high;
  while (low > 0) {
    const size = Math.abs(diagonal[low]!) + Math.abs(diagonal[low - 1]!);
    if (Math.abs(beside[low - 1]!) <= Number.EPSILON * size || Math.abs(beside[low - 1]!) < Number.MIN_VALUE / 1e-16) {
      beside[low - 1] = 0;
      break;
    }
    low--;
  }
  return low;
}

function qrStep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  const half = (d[high - 1]! - d[high]!) / 2;
  const last = e[high - 1]!;
  const shift = d[high]! - last ** 2 / (half + (half < 0 ? -1 : 1) * Math.hypot(half, last));
  let x = d[low]! - shift;
  let z = e[low]!;
  for (let k = low; k < high; k++) {
    const r = Math.hypot(x, z);
    const [c, s] = r > 0 ? [x / r, z / r] : [1, 0];
    if (k > low) e[k - 1] = r;
    const [a, b, g] = [d[k]!, e[k]!, d[k + 1]!];
    d[k] = c * c * a + 2 * c * s * b + s * s * g;
    d[k + 1] = s * s * a - 2 * c * s * b + c * c * g;
    x = e[k] = c * s * (g - a) + (c * c - s * s) * b;
    if (k === high - 1) break;
    z = s * e[k + 1]!;
    e[k + 1]! *= c;
  }
}
