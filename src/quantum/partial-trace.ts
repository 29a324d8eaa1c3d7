import { type DensityMatrix, densityMatrix } from "./density-matrix.js";
import type { Ket } from "./ket.js";
import { offsetsOf, others, partOf } from "./space.js";

/** The state of some systems, in the order in which they are named; the others are traced out. */
export function partialTrace(rho: DensityMatrix, systems: readonly number[]): DensityMatrix {
  const { space } = rho;
  const D = space.size;
  const kept = offsetsOf(space, systems);
  const traced = offsetsOf(space, others(space, systems));
  const part = densityMatrix(partOf(space, systems));
  const n = part.size;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let [re, im] = [0, 0];
      for (const rest of traced) {
        const at = (kept[i]! + rest) * D + kept[j]! + rest;
        re += rho.re[at]!;
        im += rho.im[at]!;
      }
      part.re[i * n + j] = re;
      part.im[i * n + j] = im;
    }
  }
  return part;
}

/** The reduced state of some systems of |ψ⟩, in the order in which they are named. */
export function partOfKet({ space, re, im }: Ket, systems: readonly number[]): DensityMatrix {
  const kept = offsetsOf(space, systems);
  const traced = offsetsOf(space, others(space, systems));
  const part = densityMatrix(partOf(space, systems));
  const n = part.size;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let [x, y] = [0, 0];
      for (const rest of traced) {
        const [a, b] = [kept[i]! + rest, kept[j]! + rest];
        x += re[a]! * re[b]! + im[a]! * im[b]!;
        y += im[a]! * re[b]! - re[a]! * im[b]!;
      }
      part.re[i * n + j] = x;
      part.im[i * n + j] = y;
    }
  }
  return part;
}

/** ρ with the indices of some systems transposed (A. Peres, Physical Review Letters 77, 1413, 1996). */
export function partialTranspose(rho: DensityMatrix, systems: readonly number[]): DensityMatrix {
  const { space } = rho;
  const D = space.size;
  const turned = offsetsOf(space, systems);
  const left = offsetsOf(space, others(space, systems));
  const result = densityMatrix(space);
  for (const a of left) {
    for (const b of left) {
      for (const p of turned) {
        for (const q of turned) {
          result.re[(a + p) * D + b + q] = rho.re[(a + q) * D + b + p]!;
          result.im[(a + p) * D + b + q] = rho.im[(a + q) * D + b + p]!;
        }
      }
    }
  }
  return result;
}
