import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";

/** Two planes of a square complex matrix, row-major. */
interface Planes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** ρ ↦ WρW† for Hermitian ρ and square W: about 6n³ products of real numbers; entries of W that are 0 cost half. */
export class Conjugation {
  readonly #half: Planes;

  constructor(readonly size: number) {
    this.#half = { re: new Float64Array(size * size), im: new Float64Array(size * size) };
  }

  /** Adds factor·WρW† to `out`, which may not be ρ. */
  add(factor: number, W: ComplexMatrix | Planes, rho: Planes, out: Planes): void {
    this.#times(W, rho);
    const n = this.size;
    const [hr, hi] = [this.#half.re, this.#half.im];
    const [wr, wi] = [W.re, W.im];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let [x, y] = [0, 0];
        for (let k = 0, p = i * n, q = j * n; k < n; k++, p++, q++) {
          x += hr[p]! * wr[q]! + hi[p]! * wi[q]!;
          y += hi[p]! * wr[q]! - hr[p]! * wi[q]!;
        }
        out.re[i * n + j]! += factor * x;
        if (i === j) continue; // the diagonal is real
        out.im[i * n + j]! += factor * y;
        out.re[j * n + i]! += factor * x;
        out.im[j * n + i]! -= factor * y;
      }
    }
  }

  /** Wρ. */
  #times(W: Planes, rho: Planes): void {
    const n = this.size;
    const [hr, hi] = [this.#half.re.fill(0), this.#half.im.fill(0)];
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        const [x, y] = [W.re[i * n + k]!, W.im[i * n + k]!];
        if (x === 0 && y === 0) continue;
        for (let j = 0, p = i * n, q = k * n; j < n; j++, p++, q++) {
          hr[p]! += x * rho.re[q]! - y * rho.im[q]!;
          hi[p]! += x * rho.im[q]! + y * rho.re[q]!;
        }
      }
    }
  }
}
