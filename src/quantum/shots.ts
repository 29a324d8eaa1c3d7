import { binomial } from "../numerics/binomial.js";
import type { Random } from "../numerics/random.js";

/**
 * The mean of so many measurements of an observable whose outcomes are ±1, such as σy: each +1 with probability
 * (1 + mean)/2, all independent. Its standard deviation is √((1 − mean²)/shots).
 */
export function measured(random: Random, mean: number, shots: number): number {
  // Rounding may leave a mean just outside of ±1.
  const p = Math.min(1, Math.max(0, (1 + mean) / 2));
  return (2 * binomial(random, shots, p)) / shots - 1;
}
