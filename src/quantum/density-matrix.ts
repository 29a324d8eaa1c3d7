import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import type { Ket } from "./ket.js";
import { reorderedSpace, type Space, spaceOf } from "./space.js";

/**
 * A state of a register, ρ = ρ† with trace 1: real and imaginary parts in two planes, each row-major, so that rows are
 * contiguous and a local operator on the left is a sum of rows.
 */
export interface DensityMatrix extends ComplexMatrix {
  readonly space: Space;
}

/** A place for one, filled with zeros. */
export const densityMatrix = (space: Space): DensityMatrix => ({
  space,
  size: space.size,
  re: new Float64Array(space.size ** 2),
  im: new Float64Array(space.size ** 2),
});

export const copyOf = (rho: DensityMatrix): DensityMatrix => ({ ...rho, re: rho.re.slice(), im: rho.im.slice() });

/** |ψ⟩⟨ψ|. */
export function pure({ space, re, im }: Ket): DensityMatrix {
  const rho = densityMatrix(space);
  const D = space.size;
  for (let i = 0; i < D; i++) {
    for (let j = 0; j < D; j++) {
      rho.re[i * D + j] = re[i]! * re[j]! + im[i]! * im[j]!;
      rho.im[i * D + j] = im[i]! * re[j]! - re[i]! * im[j]!;
    }
  }
  return rho;
}

/** The first ⊗ the second ⊗ …: registers side by side that know nothing of each other; of none the number 1. */
export function productState(...states: readonly DensityMatrix[]): DensityMatrix {
  if (states.length === 0) return { ...densityMatrix(spaceOf()), re: Float64Array.of(1) };
  return states.reduce((a, b) => {
    const rho = densityMatrix(spaceOf(...a.space.dimensions, ...b.space.dimensions));
    const n = b.size;
    const D = rho.size;
    for (let i = 0; i < D; i++) {
      for (let j = 0; j < D; j++) {
        const p = Math.floor(i / n) * a.size + Math.floor(j / n);
        const q = (i % n) * n + (j % n);
        rho.re[i * D + j] = a.re[p]! * b.re[q]! - a.im[p]! * b.im[q]!;
        rho.im[i * D + j] = a.re[p]! * b.im[q]! + a.im[p]! * b.re[q]!;
      }
    }
    return rho;
  });
}

/** The same state with the systems in another order: system k of the result is system `order[k]` of `rho`. */
export function reordered(rho: DensityMatrix, order: readonly number[]): DensityMatrix {
  const { space, from: old } = reorderedSpace(rho.space, order);
  const result = densityMatrix(space);
  const D = space.size;
  for (let i = 0; i < D; i++) {
    for (let j = 0; j < D; j++) {
      result.re[i * D + j] = rho.re[old[i]! * D + old[j]!]!;
      result.im[i * D + j] = rho.im[old[i]! * D + old[j]!]!;
    }
  }
  return result;
}

/** Tr ρ. */
export function trace({ size, re }: DensityMatrix): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += re[i * size + i]!;
  return sum;
}

/** The largest |ρᵢⱼ − ρⱼᵢ*|. */
export function hermiticity({ size, re, im }: DensityMatrix): number {
  let most = 0;
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const x = re[i * size + j]! - re[j * size + i]!;
      const y = im[i * size + j]! + im[j * size + i]!;
      const off = x * x + y * y;
      // Written so that a value that is not a number stays.
      if (!(off <= most)) most = off;
    }
  }
  return Math.sqrt(most);
}

/** Memory that `count` density matrices of D² complex numbers take, bytes. */
export const bytesOf = (size: number, count = 1): number => 16 * size * size * count;
