import type { Complex } from "../numerics/linear/complex-matrix.js";
import { reorderedSpace, type Space, spaceOf } from "./space.js";

/** A pure state. */
export interface Ket {
  readonly space: Space;
  readonly re: Float64Array; // size D = space.size
  readonly im: Float64Array; // size D
}

export function ketOf(space: Space, amplitudes: readonly Complex[]): Ket {
  return {
    space,
    re: Float64Array.from(amplitudes, ({ re }) => re),
    im: Float64Array.from(amplitudes, ({ im }) => im),
  };
}

/** Σ |ψₖ|². */
export function norm2({ re, im }: Ket): number {
  let sum = 0;
  for (let k = 0; k < re.length; k++) sum += re[k]! * re[k]! + im[k]! * im[k]!;
  return sum;
}

/** ψ/|ψ|. */
export function normalized(ket: Ket): Ket {
  const scale = 1 / Math.sqrt(norm2(ket));
  return { ...ket, re: ket.re.map((x) => x * scale), im: ket.im.map((x) => x * scale) };
}

/** The first ⊗ the second ⊗ …, of the registers side by side. */
export function productKet(...kets: readonly Ket[]): Ket {
  return kets.reduce((left, right) => {
    const [n, m] = [left.re.length, right.re.length];
    const [re, im] = [new Float64Array(n * m), new Float64Array(n * m)];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        re[i * m + j] = left.re[i]! * right.re[j]! - left.im[i]! * right.im[j]!;
        im[i * m + j] = left.re[i]! * right.im[j]! + left.im[i]! * right.re[j]!;
      }
    }
    return { space: spaceOf(...left.space.dimensions, ...right.space.dimensions), re, im };
  });
}

/** The same state with the systems in another order: system k of the result is system `order[k]` of the ket. */
export function reorderedKet({ space: given, re, im }: Ket, order: readonly number[]): Ket {
  const { space, from } = reorderedSpace(given, order);
  return { space, re: Float64Array.from(from, (k) => re[k]!), im: Float64Array.from(from, (k) => im[k]!) };
}
