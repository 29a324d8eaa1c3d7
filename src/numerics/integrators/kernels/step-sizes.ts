import type { Double } from "../../linear/kernels/double.js";

// How long the steps of an explicit method of order 8 are, and what is read within them.

/** Part of the tolerance that a step aims at, and bounds of its growth. */
const aimedAt = 0.9;
const mostGrowth = 6;
const leastGrowth = 0.2;
/** A first step moves the solution by this part of itself. */
const firstMovement = 0.01;

/**
 * A first step, s.
 *
 * @param size of the solution, in what is tolerated
 * @param speed at which it moves, likewise, 1/s
 */
export function firstStep(size: Double, speed: Double, longest: Double, rest: Double): Double {
  const wished: Double = speed > 0 ? (firstMovement * size) / speed : rest;
  const h = Math.min(longest, rest, wished);
  return h > 0 ? h : 1e-6 * rest;
}

/** The error of a step of length h, by its estimates of orders 5 and 3. As a ratio: squares of what is tiny would be 0. */
export function errorOfOrders(h: Double, fifth: Double, third: Double): Double {
  if (fifth === 0) return 0;
  const ratio: Double = third / fifth;
  return (h * fifth) / Math.sqrt(1 + 0.01 * ratio * ratio);
}

/** How much longer or shorter a step should be whose error was this part of the tolerance: error^(−1/8), a little less. */
function inTolerance(error: Double): Double {
  return aimedAt / Math.sqrt(Math.sqrt(Math.sqrt(error)));
}

/** The step behind one that was accepted; it is no longer where that one had been refused before. */
export function nextStep(h: Double, error: Double, wasRefused: number): Double {
  const most: Double = wasRefused === 1 ? 1 : mostGrowth;
  return h * Math.max(leastGrowth, Math.min(most, inTolerance(error)));
}

/** The step to try in the place of one that was refused; its error is NaN if it could not be had. */
export function shorterStep(h: Double, error: Double): Double {
  return h * (error > 0 ? Math.max(leastGrowth, inTolerance(error)) : leastGrowth);
}

/** The largest change of an unknown over a step, in the largest size that it has had: 1 for a logarithm, from the beginning. */
export function largestMovement(
  n: number,
  logarithmic: Int32Array,
  largest: Float64Array,
  before: Float64Array,
  after: Float64Array,
): Double {
  let moved: Double = 0;
  for (let i = 0; i < n; i++) {
    if (logarithmic[i]! === 0) largest[i] = Math.max(largest[i]!, Math.abs(after[i]!));
    if (largest[i]! > 0) moved = Math.max(moved, Math.abs(after[i]! - before[i]!) / largest[i]!);
  }
  return moved;
}

/** y₀ + s(F₀ + (1−s)(F₁ + s(F₂ + (1−s)(F₃ + s(F₄ + (1−s)(F₅ + s F₆)))))), equation (6.13) of Hairer, Nørsett & Wanner, §II.6. */
export function alongStep(
  s: Double,
  y0: Double,
  f0: Double,
  f1: Double,
  f2: Double,
  f3: Double,
  f4: Double,
  f5: Double,
  f6: Double,
): Double {
  const r: Double = 1 - s;
  const inner: Double = f3 + s * (f4 + r * (f5 + s * f6));
  return y0 + s * (f0 + r * (f1 + s * (f2 + r * inner)));
}
