import type { Double } from "../../../numerics/linear/kernels/double.js";

// Numbers of lanes in a line search, one of each: those of all lanes stand by the lane, those of the lanes that are left by their place among them.

/** Writes which of the first lanes may move, whose gradient is not 0; gives how many. */
export function moving(memory: Float64Array, left: Int32Array, square: number, lanes: number): number {
  let count = 0;
  for (let l = 0; l < lanes; l++) if (memory[square + l]! > 0) left[count++] = l;
  return count;
}

/**
 * Writes at t the step that each begins with, times its sign: t0, or, where steps grow, twice that before, up to the longest,
 * if there is one before.
 */
export function firstSteps(
  memory: Float64Array,
  left: Int32Array,
  before: number,
  t: number,
  sign: Double,
  t0: Double,
  longest: Double,
  grow: number,
  count: number,
): void {
  for (let p = 0; p < count; p++) {
    const last = memory[before + left[p]!]!;
    if (grow === 1 && last > 0) memory[t + p] = sign * Math.min(longest, 2 * last);
    else memory[t + p] = sign * t0;
  }
}

/** How many costs, of those found, have fallen from those before by `part` of what the slope promises along the step. */
export function fallen(
  memory: Float64Array,
  left: Int32Array,
  found: number,
  cost: number,
  t: number,
  slope: number,
  part: Double,
  count: number,
): number {
  let all = 0;
  for (let p = 0; p < count; p++) {
    const l = left[p]!;
    if (memory[found + p]! <= memory[cost + l]! - part * memory[t + p]! * memory[slope + l]!) all++;
  }
  return all;
}

/** Numbers times a sign. */
export function signed(memory: Float64Array, from: number, to: number, sign: Double, count: number): void {
  for (let p = 0; p < count; p++) memory[to + p] = sign * memory[from + p]!;
}

/** Of each lane the cost, Σ q² over rows where `squares`, else Σ q, and the share of rows whose right answer is the likelier. */
export function judge(
  memory: Float64Array,
  q: number,
  cost: number,
  right: number,
  rows: number,
  squares: number,
  lanes: number,
  width: number,
): void {
  for (let l = 0; l < lanes; l++) {
    let sum: Double = 0;
    let count = 0;
    for (let r = 0; r < rows; r++) {
      const wrong = memory[q + r * width + l]!;
      if (squares === 1) sum += wrong * wrong;
      else sum += Math.max(0, wrong); // what is below 0 is rounding
      if (wrong < 0.5) count++;
    }
    memory[cost + l] = sum;
    memory[right + l] = count / rows;
  }
}
