import { type ComplexMatrix, zeroMatrix } from "./complex-matrix.js";

/** More sweeps than any matrix needs; six to ten are usual. */
const mostSweeps = 60;

/**
 * The singular values of a complex matrix, descending, small ones with small errors: rows are turned against each other
 * until all are orthogonal (M. Hestenes, Journal of the SIAM 6, 51, 1958).
 */
export function singularValues(matrix: ComplexMatrix): Float64Array {
  const { size, re, im } = { ...matrix, re: matrix.re.slice(), im: matrix.im.slice() };
  makeRowsOrthogonal({ rows: size, columns: size, re, im });
  const lengths = Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let k = i * size; k < (i + 1) * size; k++) sum += re[k]! ** 2 + im[k]! ** 2;
    return Math.sqrt(sum);
  });
  return lengths.sort().reverse();
}

/** A complex matrix that need not be square. */
export interface ComplexRectangle {
  readonly rows: number;
  readonly columns: number;
  readonly re: Float64Array; // size rows × columns, row-major
  readonly im: Float64Array; // size rows × columns, row-major
}

/** A ← UA with a unitary U, after which rows are orthogonal, their lengths the singular values, in no order. */
export function makeRowsOrthogonal({ rows, columns, re, im }: ComplexRectangle): void {
  for (let sweep = 0, turned = true; turned && sweep < mostSweeps; sweep++) {
    turned = false;
    for (let p = 0; p < rows - 1; p++)
      for (let q = p + 1; q < rows; q++) if (turn(columns, re, im, p, q)) turned = true;
  }
}

/** Makes rows p and q orthogonal; false if they are. */
function turn(n: number, re: Float64Array, im: Float64Array, p: number, q: number): boolean {
  let [a, b, xr, xi] = [0, 0, 0, 0]; // |p|², |q|², Σ p̄ₖ qₖ
  for (let k = 0, i = p * n, j = q * n; k < n; k++, i++, j++) {
    a += re[i]! ** 2 + im[i]! ** 2;
    b += re[j]! ** 2 + im[j]! ** 2;
    xr += re[i]! * re[j]! + im[i]! * im[j]!;
    xi += re[i]! * im[j]! - im[i]! * re[j]!;
  }
  const overlap = Math.hypot(xr, xi);
  if (overlap <= Number.EPSILON * Math.sqrt(a * b)) return false;
  const zeta = (b - a) / (2 * overlap);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const [sr, si] = [(c * t * xr) / overlap, (c * t * xi) / overlap];
  for (let k = 0, i = p * n, j = q * n; k < n; k++, i++, j++) {
    const [pr, pi, qr, qi] = [re[i]!, im[i]!, re[j]!, im[j]!];
    re[i] = c * pr - sr * qr - si * qi;
    im[i] = c * pi - sr * qi + si * qr;
    re[j] = c * qr + sr * pr - si * pi;
    im[j] = c * qi + sr * pi + si * pr;
  }
  return true;
}

/** A† B. */
export function overlaps(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  const n = a.size;
  const product = zeroMatrix(n);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const [re, im] = [a.re[k * n + i]!, a.im[k * n + i]!];
      if (re === 0 && im === 0) continue;
      for (let j = 0; j < n; j++) {
        product.re[i * n + j]! += re * b.re[k * n + j]! + im * b.im[k * n + j]!;
        product.im[i * n + j]! += re * b.im[k * n + j]! - im * b.re[k * n + j]!;
      }
    }
  }
  return product;
}
