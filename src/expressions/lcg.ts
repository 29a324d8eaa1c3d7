/**
 * Number n (from 1) of the generator x ← (1664525·x + 1013904223) mod 2³², x₀ = seed, over 2³²: 0 … 1, the same everywhere
 * (constants of D. E. Knuth and H. W. Lewis, as in W. H. Press et al., Numerical Recipes in C, 2nd ed., Cambridge University
 * Press, 1992, §7.1). Its low digits have patterns: it serves published examples, not statistics.
 */
export function lcg(seed: number, n: number): number {
  let [x, a, c] = [seed >>> 0, multiplier, increment];
  // n steps are an affine map, by squares of the map of one.
  for (let left = Math.floor(n); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) x = (Math.imul(a, x) + c) >>> 0;
    c = (Math.imul(a, c) + c) >>> 0;
    a = Math.imul(a, a) >>> 0;
  }
  return n >= 1 ? x / 2 ** 32 : Number.NaN;
}

/** The first numbers of the generator. */
export function lcgNumbers(seed: number, count: number): Float64Array {
  let x = seed >>> 0;
  return Float64Array.from({ length: count }, () => (x = (Math.imul(multiplier, x) + increment) >>> 0) / 2 ** 32);
}

const multiplier = 1664525;
const increment = 1013904223;
