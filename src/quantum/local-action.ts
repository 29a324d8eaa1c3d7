import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import { type DensityMatrix, densityMatrix } from "./density-matrix.js";
import type { Ket } from "./ket.js";
import { offsetsOf, others, type Space } from "./space.js";

/** A matrix on some systems of a register, laid out for use on the left: it mixes rows, and the rows are few. */
export class LocalAction {
  readonly #rows: Int32Array; // size k: where the rows of a block stand, from its base
  readonly #bases: Int32Array; // size D/k
  readonly #start: Int32Array; // size k + 1: the entries of row i are start[i] … start[i+1] − 1
  readonly #column: Int32Array; // size nnz
  readonly #re: Float64Array; // size nnz
  readonly #im: Float64Array; // size nnz
  readonly #kept: boolean[]; // size k: whether a row is left as it is

  /**
   * @param systems in the order of the matrix's Kronecker factors
   * @param matrix size: the product of their dimensions
   */
  constructor(space: Space, systems: readonly number[], matrix: ComplexMatrix) {
    this.#rows = offsetsOf(space, systems);
    this.#bases = offsetsOf(space, others(space, systems));
    const entries: [column: number, re: number, im: number][] = [];
    const start = [0];
    const n = matrix.size;
    this.#kept = [];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const [re, im] = [matrix.re[i * n + j]!, matrix.im[i * n + j]!];
        if (re !== 0 || im !== 0) entries.push([j, re, im]);
      }
      const own = entries.slice(start[i]);
      this.#kept.push(own.length === 1 && own[0]![0] === i && own[0]![1] === 1 && own[0]![2] === 0);
      start.push(entries.length);
    }
    this.#start = Int32Array.from(start);
    this.#column = Int32Array.from(entries, ([column]) => column);
    this.#re = Float64Array.from(entries, ([, re]) => re);
    this.#im = Float64Array.from(entries, ([, , im]) => im);
  }

  /** A ρ A†, for ρ = ρ†: A(Aρ)† is that, and rows are what A mixes well. */
  onBothSides(rho: DensityMatrix): DensityMatrix {
    const left = { ...rho, ...this.#onLeft(rho.re, rho.im, rho.size) };
    const turned = conjugateTransposed(left);
    return { ...rho, ...this.#onLeft(turned.re, turned.im, rho.size) };
  }

  /** A|ψ⟩. */
  on(ket: Ket): Ket {
    return { ...ket, ...this.#onLeft(ket.re, ket.im, 1) };
  }

  /** A times a matrix of `width` columns. */
  #onLeft(re: Float64Array, im: Float64Array, width: number): { readonly re: Float64Array; readonly im: Float64Array } {
    const [outRe, outIm] = [re.slice(), im.slice()];
    for (const base of this.#bases) {
      for (let i = 0; i < this.#rows.length; i++) {
        if (this.#kept[i]) continue;
        const to = (base + this.#rows[i]!) * width;
        outRe.fill(0, to, to + width);
        outIm.fill(0, to, to + width);
        for (let k = this.#start[i]!; k < this.#start[i + 1]!; k++) {
          const from = (base + this.#rows[this.#column[k]!]!) * width;
          addRow(outRe, outIm, to, re, im, from, width, this.#re[k]!, this.#im[k]!);
        }
      }
    }
    return { re: outRe, im: outIm };
  }
}

/** out += (ar + i·ai) · row. */
function addRow(
  outRe: Float64Array,
  outIm: Float64Array,
  to: number,
  re: Float64Array,
  im: Float64Array,
  from: number,
  width: number,
  ar: number,
  ai: number,
): void {
  for (let j = 0; j < width; j++) {
    const x = re[from + j]!;
    const y = im[from + j]!;
    outRe[to + j]! += ar * x - ai * y;
    outIm[to + j]! += ar * y + ai * x;
  }
}

/** A†. */
function conjugateTransposed({ space, size, re, im }: DensityMatrix): DensityMatrix {
  const turned = densityMatrix(space);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      turned.re[j * size + i] = re[i * size + j]!;
      turned.im[j * size + i] = -im[i * size + j]!;
    }
  }
  return turned;
}

/** Σ Aₖ ρ Aₖ†: a channel by its Kraus operators. */
export function throughChannel(kraus: readonly LocalAction[], rho: DensityMatrix): DensityMatrix {
  const sum = densityMatrix(rho.space);
  for (const one of kraus) {
    const { re, im } = one.onBothSides(rho);
    for (let k = 0; k < re.length; k++) {
      sum.re[k]! += re[k]!;
      sum.im[k]! += im[k]!;
    }
  }
  return sum;
}
