import { type Product, productOf } from "../numerics/lanes/product.js";
import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";

/** Two planes of a square complex matrix, row-major. */
interface Planes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * ρ ↦ WρW† for Hermitian ρ and square W: two products of real matrices, [X Y] [Re Z, Im Z; −Im Z, Re Z] being [Re, Im] of
 * (X + iY)Z. Half of the second is known from the other half, but to leave it out saves less than whole blocks do.
 */
export class Conjugation {
  readonly #product: Product;

  constructor(readonly size: number) {
    this.#product = productOf(size, 2 * size, 2 * size);
  }

  /** Adds factor·WρW† to `out`, which may not be ρ. */
  add(factor: number, W: ComplexMatrix | Planes, rho: Planes, out: Planes): void {
    const { c, width, multiply } = this.#product;
    const n = this.size;
    this.#layLeft(W);
    this.#layRight(rho);
    multiply();
    this.#takeLeft();
    this.#layAdjoint(W);
    multiply();
    for (let i = 0; i < n; i++) {
      const [row, from] = [i * n, i * width];
      for (let j = 0; j < i; j++) {
        const [x, y] = [factor * c[from + j]!, factor * c[from + n + j]!];
        out.re[row + j]! += x;
        out.im[row + j]! += y;
        out.re[j * n + i]! += x;
        out.im[j * n + i]! -= y;
      }
      out.re[row + i]! += factor * c[from + i]!; // the diagonal is real
    }
  }

  #layLeft({ re, im }: Planes): void {
    const { a } = this.#product;
    const n = this.size;
    for (let i = 0, p = 0, q = 0; i < n; i++, q += n) {
      for (let j = 0; j < n; j++, p++) {
        a[q + p] = re[p]!;
        a[q + n + p] = im[p]!;
      }
    }
  }

  /** What came out goes in again. */
  #takeLeft(): void {
    const { a, c, width } = this.#product;
    const row = 2 * this.size;
    if (row === width) a.set(c);
    else for (let i = 0; i < this.size; i++) a.set(c.subarray(i * width, i * width + row), i * row);
  }

  #layRight({ re, im }: Planes): void {
    const { b, width } = this.#product;
    const n = this.size;
    for (let i = 0, p = 0; i < n; i++) {
      for (let j = 0, q = i * width; j < n; j++, p++, q++) {
        const [x, y] = [re[p]!, im[p]!];
        b[q] = x;
        b[q + n] = y;
        b[q + n * width] = -y;
        b[q + n * (width + 1)] = x;
      }
    }
  }

  #layAdjoint({ re, im }: Planes): void {
    const { b, width } = this.#product;
    const n = this.size;
    for (let j = 0, p = 0; j < n; j++) {
      for (let i = 0, q = j; i < n; i++, p++, q += width) {
        const [x, y] = [re[p]!, im[p]!];
        b[q] = x;
        b[q + n] = -y;
        b[q + n * width] = y;
        b[q + n * (width + 1)] = x;
      }
    }
  }
}
