import {
  adjoint,
  type ComplexMatrix,
  identityMatrix,
  kronecker,
  multiplied,
  zeroMatrix,
} from "../numerics/linear/complex-matrix.js";
import { hermitianEigenvectors } from "../numerics/linear/hermitian-eigenvectors.js";
import type { Random } from "../numerics/random.js";
import { copyOf, type DensityMatrix, trace } from "./density-matrix.js";
import { constant } from "./generator.js";
import { LocalAction } from "./local-action.js";
import type { Operator } from "./operator.js";
import { offsetsOf, others, type Space } from "./space.js";

/**
 * A weak continuous measurement of an observable q at strength k, over spans of time h:
 *
 *     dρ = −k[q, [q, ρ]]dt + √(2k)({q, ρ} − 2⟨q⟩ρ)dW,     dy = ⟨q⟩dt + dW/√(8k)
 *
 * (K. Jacobs and D. Steck, Contemporary Physics 47, 279, 2006). What it does by itself over h is known exactly: the mean
 * record ȳ is one of q's eigenvalues, each as probable as the state says, plus a normal deviation of variance 1/(8kh),
 * and ρ becomes AρA/Tr with A = exp(−2kh(q − ȳ)²). So no step is too long for a state to stay one.
 */
export class WeakMeasurement {
  readonly #values: Float64Array; // size d: eigenvalues of q
  readonly #place: Int32Array; // size D: the eigenvalue that belongs to each state of the basis
  readonly #turn: LocalAction | undefined; // into the eigenbasis; undefined: it is the basis
  readonly #back: LocalAction | undefined;

  /** @param operator constant; Hermitian */
  constructor(
    space: Space,
    operator: Operator,
    /** k, 1/s. */
    readonly strength: number,
  ) {
    const systems = [...new Set(operator.flatMap(({ factors }) => factors.map(({ system }) => system)))].sort(
      (a, b) => a - b,
    );
    const local = matrixOn(space, systems, operator);
    const { values, vectors } = hermitianEigenvectors(local);
    this.#values = values;
    this.#place = new Int32Array(space.size);
    const states = offsetsOf(space, systems);
    for (const base of offsetsOf(space, others(space, systems)))
      for (let i = 0; i < states.length; i++) this.#place[base + states[i]!] = i;
    if (!isDiagonal(local)) {
      this.#turn = new LocalAction(space, systems, adjoint(vectors));
      this.#back = new LocalAction(space, systems, vectors);
    }
  }

  /** Measures for a time h; gives the state that knows the result, and ∫dy over h. */
  measured(rho: DensityMatrix, h: number, random: Random): { readonly rho: DensityMatrix; readonly record: number } {
    const turned = this.#turn?.onBothSides(rho) ?? copyOf(rho);
    const found = this.#values[this.#drawn(turned, random)]!;
    const mean = found + random.normal() / Math.sqrt(8 * this.strength * h);
    this.#know(turned, mean, h);
    return { rho: this.#back?.onBothSides(turned) ?? turned, record: mean * h };
  }

  /** An eigenvalue, each as probable as the state says. */
  #drawn({ size, re }: DensityMatrix, random: Random): number {
    const weight = new Float64Array(this.#values.length);
    for (let a = 0; a < size; a++) weight[this.#place[a]!]! += Math.max(0, re[a * size + a]!);
    let rest = random.uniform() * weight.reduce((sum, w) => sum + w, 0);
    const drawn = weight.findIndex((w) => (rest -= w) < 0);
    // Rounding may leave a last digit: then it is the last that can be.
    return drawn >= 0 ? drawn : weight.findLastIndex((w) => w > 0);
  }

  /** ρ ← AρA/Tr. */
  #know(rho: DensityMatrix, mean: number, h: number): void {
    const { size, re, im } = rho;
    const exponents = this.#values.map((q) => -2 * this.strength * h * (q - mean) ** 2);
    const largest = Math.max(...exponents); // divides out with the trace
    const factor = exponents.map((e) => Math.exp(e - largest));
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const f = factor[this.#place[a]!]! * factor[this.#place[b]!]!;
        re[a * size + b]! *= f;
        im[a * size + b]! *= f;
      }
    }
    const whole = trace(rho);
    for (let k = 0; k < re.length; k++) {
      re[k]! /= whole;
      im[k]! /= whole;
    }
  }
}

/** The matrix of an operator on the systems that it acts on, which are few. */
function matrixOn({ dimensions }: Space, systems: readonly number[], operator: Operator): ComplexMatrix {
  const size = systems.reduce((product, system) => product * dimensions[system]!, 1);
  return operator.reduce((sum, { coefficient, factors }) => {
    const { re: cr, im: ci } = constant(coefficient);
    const product = systems.reduce((matrix, system) => {
      const own = factors.filter((factor) => factor.system === system).map(({ matrix: of }) => of);
      return kronecker(matrix, own.reduce(multiplied, identityMatrix(dimensions[system]!)));
    }, identityMatrix(1));
    return {
      size,
      re: sum.re.map((x, k) => x + cr * product.re[k]! - ci * product.im[k]!),
      im: sum.im.map((x, k) => x + cr * product.im[k]! + ci * product.re[k]!),
    };
  }, zeroMatrix(size));
}

const isDiagonal = ({ size, re, im }: ComplexMatrix): boolean =>
  re.every((x, k) => k % (size + 1) === 0 || (x === 0 && im[k] === 0));
