import type { Double } from "./double.js";

// What a Runge-Kutta method does to all unknowns: out = base + Σ factor · k, up to three at a time, for memory is what costs.

export function addOne(n: number, out: Float64Array, base: Float64Array, a: Double, p: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = base[i]! + a * p[i]!;
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
  for (let i = 0; i < n; i++) out[i] = base[i]! + a * p[i]! + b * q[i]!;
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
  for (let i = 0; i < n; i++) out[i] = base[i]! + a * p[i]! + b * q[i]! + c * r[i]!;
}
