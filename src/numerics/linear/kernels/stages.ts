import type { Double } from "./double.js";

// What a Runge-Kutta method does to all unknowns, an even number: out = base + Σ factor · k, up to three at a time, for memory is what costs.

export function addOne(n: number, out: Float64Array, base: Float64Array, a: Double, p: Float64Array): void {
  for (let lane = 0; lane < n; lane++) out[lane] = base[lane]! + a * p[lane]!;
}

export function addTwo(
  n: number,
  out: Float64Array,
  base: Float64Array,
  a: Double,
  p: Float64Array,
  b: Double,
  q: Float64Array,
): void {
  for (let lane = 0; lane < n; lane++) out[lane] = base[lane]! + a * p[lane]! + b * q[lane]!;
}

export function addThree(
  n: number,
  out: Float64Array,
  base: Float64Array,
  a: Double,
  p: Float64Array,
  b: Double,
  q: Float64Array,
  c: Double,
  r: Float64Array,
): void {
  for (let lane = 0; lane < n; lane++) out[lane] = base[lane]! + a * p[lane]! + b * q[lane]! + c * r[lane]!;
}
