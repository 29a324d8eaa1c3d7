import { adjoint, type ComplexMatrix, multiplied } from "../src/numerics/linear/complex-matrix.js";
import type { Random } from "../src/numerics/random.js";
import { type DensityMatrix, densityMatrix } from "../src/quantum/density-matrix.js";
import type { Ket } from "../src/quantum/ket.js";
import { normalized } from "../src/quantum/ket.js";
import type { Space } from "../src/quantum/space.js";

/** A matrix of normal complex numbers (Ginibre). */
export function randomMatrix(size: number, random: Random): ComplexMatrix {
  const draw = () => Float64Array.from({ length: size * size }, () => random.normal());
  return { size, re: draw(), im: draw() };
}

/** A mixed state: G G† / Tr of a Ginibre matrix (K. Życzkowski and H.-J. Sommers, Journal of Physics A 34, 7111, 2001). */
export function randomState(space: Space, random: Random): DensityMatrix {
  const g = randomMatrix(space.size, random);
  const product = multiplied(g, adjoint(g));
  let trace = 0;
  for (let i = 0; i < space.size; i++) trace += product.re[i * (space.size + 1)]!;
  const rho = densityMatrix(space);
  rho.re.set(product.re.map((x) => x / trace));
  rho.im.set(product.im.map((x) => x / trace));
  return rho;
}

/** A pure state, Haar-random. */
export function randomKet(space: Space, random: Random): Ket {
  const draw = () => Float64Array.from({ length: space.size }, () => random.normal());
  return normalized({ space, re: draw(), im: draw() });
}

/** A unitary matrix: Gram and Schmidt's on the rows of a Ginibre matrix. */
export function randomUnitary(size: number, random: Random): ComplexMatrix {
  const { re, im } = randomMatrix(size, random);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      let [sr, si] = [0, 0];
      for (let k = 0; k < size; k++) {
        const [p, q] = [j * size + k, i * size + k];
        sr += re[p]! * re[q]! + im[p]! * im[q]!;
        si += re[p]! * im[q]! - im[p]! * re[q]!;
      }
      for (let k = 0; k < size; k++) {
        const [p, q] = [j * size + k, i * size + k];
        re[q]! -= sr * re[p]! - si * im[p]!;
        im[q]! -= sr * im[p]! + si * re[p]!;
      }
    }
    let sum = 0;
    for (let k = i * size; k < (i + 1) * size; k++) sum += re[k]! ** 2 + im[k]! ** 2;
    for (let k = i * size; k < (i + 1) * size; k++) {
      re[k]! /= Math.sqrt(sum);
      im[k]! /= Math.sqrt(sum);
    }
  }
  return { size, re, im };
}

/** A ρ A† by dense products: the oracle of everything that works locally. */
export const conjugated = (a: ComplexMatrix, rho: ComplexMatrix): ComplexMatrix =>
  multiplied(multiplied(a, rho), adjoint(a));

/** The largest difference of two matrices' entries. */
export function distance(a: ComplexMatrix, b: ComplexMatrix): number {
  let most = 0;
  for (let k = 0; k < a.re.length; k++) {
    most = Math.max(most, Math.abs(a.re[k]! - b.re[k]!), Math.abs(a.im[k]! - b.im[k]!));
  }
  return most;
}
