import { type Product, productOf } from "../numerics/lanes/product.js";
import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import { adjoint, multiplied, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { Conjugation } from "./conjugation.js";
import type { DensityMatrix } from "./density-matrix.js";
import { partialTrace } from "./partial-trace.js";
import { offsetsOf, others, type Space } from "./space.js";

/**
 * A register whose one qubit is put into √(1 − s)|0⟩ + √s|1⟩ again and again, and which moves by itself in between: between
 * two inputs all there is of the past is σ, the state of the other systems. So a row is two products with matrices of half
 * the size, σ ← Σₐ WₐσWₐ† with Wₐ = ⟨a|U|ψ⟩, and each mean value at its end, or before it, three sums over σ: observables
 * are taken back to the row's start instead of the state to its end.
 */
export class InjectedRegister {
  readonly #d: number;
  readonly #U: readonly (readonly Planes[])[]; // #U[a][b] = ⟨a|U|b⟩
  readonly #functionals: Product; // of what of σ is independent, d², into means × 3: by ⟨e|…|e⟩, ⟨g|…|g⟩ and both others
  readonly #means: number;
  readonly #conjugation: Conjugation;
  readonly #W: Planes;
  #sigma: Planes;
  #other: Planes;

  /**
   * @param part how the register moves over a part of a row
   * @param parts of a row
   * @param observables Hermitian, each read at the end of every part
   */
  constructor(
    start: DensityMatrix,
    qubit: number,
    part: ComplexMatrix,
    parts: number,
    observables: readonly ComplexMatrix[],
  ) {
    // biome-ignore format: one thought
    const { space } = start;
    const d = space.size / 2;
    this.#d = d;
    this.#conjugation = new Conjugation(d);
    this.#sigma = partialTrace(start, others(space, [qubit]));
    this.#other = planes(d);
    this.#W = planes(d);
    this.#means = observables.length * parts;
    this.#functionals = productOf(1, d * d, 3 * this.#means);
    const back = adjoint(part);
    const taken = new Conjugation(space.size);
    let all = observables;
    let whole = part;
    for (let k = 0; k < parts; k++) {
      all = all.map((O) => {
        const before = zeroMatrix(space.size);
        taken.add(1, back, O, before);
        return before;
      });
      if (k > 0) whole = multiplied(part, whole);
      for (const [n, O] of all.entries()) this.#lay(k * observables.length + n, blocksOf(O, space, qubit));
    }
    this.#U = blocksOf(whole, space, qubit);
  }

  /** Back to a state. */
  restart(start: DensityMatrix, qubit: number): void {
    this.#sigma = partialTrace(start, others(start.space, [qubit]));
  }

  /** Writes the means of a row whose input is s: all observables at the end of its first part, then of its second, …. */
  read(s: number, out: Float64Array): void {
    const { re, im } = this.#sigma;
    const d = this.#d;
    const { a, c, multiply } = this.#functionals;
    for (let i = 0, k = 0; i < d; i++) {
      a[k++] = re[i * d + i]!;
      for (let j = i + 1; j < d; j++) {
        a[k++] = re[i * d + j]!;
        a[k++] = im[i * d + j]!;
      }
    }
    multiply();
    const both = Math.sqrt(s * (1 - s));
    for (let m = 0; m < this.#means; m++) out[m] = s * c[3 * m]! + (1 - s) * c[3 * m + 1]! + both * c[3 * m + 2]!;
  }

  /** Goes over a row whose input is s. */
  advance(s: number): void {
    const [e, g] = [Math.sqrt(s), Math.sqrt(1 - s)];
    const next = this.#other;
    next.re.fill(0);
    next.im.fill(0);
    for (const [first, second] of this.#U as readonly (readonly [Planes, Planes])[]) {
      const { re, im } = this.#W;
      for (let k = 0; k < re.length; k++) {
        re[k] = e * first.re[k]! + g * second.re[k]!;
        im[k] = e * first.im[k]! + g * second.im[k]!;
      }
      this.#conjugation.add(1, this.#W, this.#sigma, next);
    }
    this.#other = this.#sigma;
    this.#sigma = next;
  }

  /** Tr(O(|ψ⟩⟨ψ| ⊗ σ)) as sums over what of σ is independent. */
  #lay(mean: number, [[ee, eg], [ge, gg]]: ReturnType<typeof blocksOf>): void {
    const d = this.#d;
    const both = { re: ge.re.map((v, k) => v + eg.re[k]!), im: ge.im.map((v, k) => v + eg.im[k]!) };
    const { b, width } = this.#functionals;
    for (const [which, { re, im }] of [ee, gg, both].entries()) {
      let k = mean * 3 + which;
      const lay = (value: number): void => {
        b[k] = value;
        k += width;
      };
      for (let i = 0; i < d; i++) {
        lay(re[i * d + i]!);
        for (let j = i + 1; j < d; j++) {
          // O[j,i]σ[i,j] + O[i,j]σ[j,i] with σ[j,i] = σ[i,j]*; of Hermitian blocks twice the real part of one.
          lay(re[j * d + i]! + re[i * d + j]!);
          lay(im[i * d + j]! - im[j * d + i]!);
        }
      }
    }
  }
}

interface Planes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const planes = (d: number): Planes => ({ re: new Float64Array(d * d), im: new Float64Array(d * d) });

/** ⟨a|M|b⟩ over the levels of a qubit: four matrices of the other systems. */
function blocksOf(
  M: ComplexMatrix,
  space: Space,
  qubit: number,
): readonly [readonly [Planes, Planes], readonly [Planes, Planes]] {
  // biome-ignore format: one thought
  const rest = offsetsOf(space, others(space, [qubit]));
  const stride = space.strides[qubit]!;
  const block = (a: number, b: number): Planes => {
    const found = planes(rest.length);
    for (const [i, p] of rest.entries()) {
      for (const [j, q] of rest.entries()) {
        const from = (p + a * stride) * space.size + q + b * stride;
        found.re[i * rest.length + j] = M.re[from]!;
        found.im[i * rest.length + j] = M.im[from]!;
      }
    }
    return found;
  };
  return [
    [block(0, 0), block(0, 1)],
    [block(1, 0), block(1, 1)],
  ];
}
