import { integral } from "./integral.js";

/** ∫ density² df over all points: what a spectral density (V/√Hz) adds up to, V². */
export function powerOver(f: Float64Array, density: Float64Array): number {
  const square = density.map((value) => value * value);
  if (!isGeometric(f)) return integral(f, square);
  // Over ln f, where a spectrum that falls off bends evenly: df = f d(ln f).
  return integral(
    f.map(Math.log),
    square.map((value, k) => value * f[k]!),
  );
}

/** Whether points are as far apart, in parts of themselves, at the end as at the beginning. */
function isGeometric(f: Float64Array): boolean {
  if (f.length < 3 || !(f[0]! > 0)) return false;
  const [first, last] = [Math.log(f[1]! / f[0]!), Math.log(f.at(-2)! / f.at(-3)!)];
  return Math.abs(first - last) < 0.1 * first || f.length === 3;
}
