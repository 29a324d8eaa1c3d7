import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";

/** Two planes of a square complex matrix, row-major. */
interface Planes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** ρ ↦ WρW† for Hermitian ρ and square W: about 6n³ products of real numbers. */
export class Conjugation {
  readonly #half: Planes;
  readonly #sums = new Float64Array(8); // re and im of [i, j], [i, j1], [i1, j], [i1, j1]

  constructor(readonly size: number) {
    this.#half = { re: new Float64Array(size * size), im: new Float64Array(size * size) };
  }

  /** Adds factor·WρW† to `out`, which may not be ρ. */
  add(factor: number, W: ComplexMatrix | Planes, rho: Planes, out: Planes): void {
    this.#times(W, rho);
    const n = this.size;
    const sums = this.#sums;
    for (let i = 0; i < n; i += 2) {
      const last = Math.min(i + 1, n - 1);
      for (let j = 0; j <= i; j += 2) {
        this.#multiply(this.#half, W, i, j);
        for (let row = i; row <= last; row++) {
          for (let column = j; column <= Math.min(j + 1, row); column++) {
            const k = 4 * (row - i) + 2 * (column - j);
            const [x, y] = [factor * sums[k]!, factor * sums[k + 1]!];
            out.re[row * n + column]! += x;
            if (row === column) continue; // the diagonal is real
            out.im[row * n + column]! += y;
            out.re[column * n + row]! += x;
            out.im[column * n + row]! -= y;
          }
        }
      }
    }
  }

  /** Wρ, of which row j of ρ is the adjoint of column j. */
  #times(W: Planes, rho: Planes): void {
    const n = this.size;
    const sums = this.#sums;
    const { re, im } = this.#half;
    for (let i = 0; i < n; i += 2) {
      const i1 = Math.min(i + 1, n - 1);
      for (let j = 0; j < n; j += 2) {
        const j1 = Math.min(j + 1, n - 1);
        this.#multiply(W, rho, i, j);
        re[i1 * n + j1] = sums[6]!;
        im[i1 * n + j1] = sums[7]!;
        re[i1 * n + j] = sums[4]!;
        im[i1 * n + j] = sums[5]!;
        re[i * n + j1] = sums[2]!;
        im[i * n + j1] = sums[3]!;
        re[i * n + j] = sums[0]!;
        im[i * n + j] = sums[1]!;
      }
    }
  }

  /**
   * Σₖ A[i,k]·B[j,k]* for two rows of each, i and j and those behind them: each number that is fetched serves twice, which halves
   * the time of a product.
   */
  #multiply({ re: ar, im: ai }: Planes, { re: br, im: bi }: Planes, i: number, j: number): void {
    const n = this.size;
    // The last row of an odd number stands for the one behind it.
    const nextI = i + 1 < n ? n : 0;
    const nextJ = j + 1 < n ? n : 0;
    let [x0, y0, x1, y1, x2, y2, x3, y3] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let p = i * n, q = j * n; p < (i + 1) * n; p++, q++) {
      const [a, b, c, d] = [ar[p]!, ai[p]!, br[q]!, bi[q]!];
      const [e, f, g, h] = [ar[p + nextI]!, ai[p + nextI]!, br[q + nextJ]!, bi[q + nextJ]!];
      x0 += a * c + b * d;
      y0 += b * c - a * d;
      x1 += a * g + b * h;
      y1 += b * g - a * h;
      x2 += e * c + f * d;
      y2 += f * c - e * d;
      x3 += e * g + f * h;
      y3 += f * g - e * h;
    }
    const sums = this.#sums;
    sums[0] = x0;
    sums[1] = y0;
    sums[2] = x1;
    sums[3] = y1;
    sums[4] = x2;
    sums[5] = y2;
    sums[6] = x3;
    sums[7] = y3;
  }
}
