import type { Double } from "../../../numerics/linear/kernels/double.js";
import { applied } from "./rows.js";

/** f = Σ q² where `squares`, else Σ q, over all rows: q = Tr O N(σ); `room` for a state of each lane. */
export function nodeCost(
  memory: Float64Array,
  look: Int32Array,
  R: number,
  sigma: number,
  O: number,
  f: number,
  room: number,
  of: number,
  rows: number,
  before: number,
  after: number,
  given: number,
  inputs: number,
  outputs: number,
  squares: number,
  width: number,
): void {
  memory.fill(0, f, f + width);
  for (let r = 0; r < rows; r++) {
    const row = sigma + look[of + 2 * r + 1]! * given * width;
    applied(memory, look, R, look[of + 2 * r]!, row, room, given, inputs, outputs, width);
    for (let b = 0; b < before; b++) {
      const first = O + (b * rows + r) * after * outputs * width;
      for (let a = 0; a < after; a++) answer(memory, first + a * outputs * width, room, f, outputs, squares, width);
    }
  }
}

/** q of each row of the table, where a tree gives `states`. */
export function answers(
  memory: Float64Array,
  states: number,
  O: number,
  q: number,
  rows: number,
  outputs: number,
  width: number,
): void {
  for (let r = 0; r < rows; r++) {
    for (let lane = 0; lane < width; lane++) {
      let sum: Double = 0;
      let at = r * outputs * width + lane;
      for (let e = 0; e < outputs; e++) {
        sum += memory[O + at]! * memory[states + at]!;
        at += width;
      }
      memory[q + r * width + lane] = sum;
    }
  }
}

/** Adds to f what a row adds. */
function answer(
  memory: Float64Array,
  O: number,
  state: number,
  f: number,
  outputs: number,
  squares: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    let sum: Double = 0;
    let at = lane;
    for (let e = 0; e < outputs; e++) {
      sum += memory[O + at]! * memory[state + at]!;
      at += width;
    }
    const q = Math.max(0, sum); // what is below 0 is rounding
    if (squares === 1) memory[f + lane]! += q * q;
    else memory[f + lane]! += q;
  }
}

/** M for which f changes by Σ M·dR, where the node gives `states`; `room` for an observable of each lane. */
export function nodeSlope(
  memory: Float64Array,
  look: Int32Array,
  M: number,
  sigma: number,
  states: number,
  O: number,
  room: number,
  of: number,
  rows: number,
  before: number,
  after: number,
  given: number,
  inputs: number,
  outputs: number,
  squares: number,
  width: number,
): void {
  memory.fill(0, M, M + inputs * outputs * width);
  for (let r = 0; r < rows; r++) {
    memory.fill(0, room, room + outputs * width);
    const state = states + r * outputs * width;
    for (let b = 0; b < before; b++) {
      const first = O + (b * rows + r) * after * outputs * width;
      for (let a = 0; a < after; a++) weigh(memory, first + a * outputs * width, state, room, outputs, squares, width);
    }
    const row = sigma + look[of + 2 * r + 1]! * given * width;
    for (let o = 0; o < outputs; o++) spread(memory, look, M + o * inputs * width, look[of + 2 * r]!, row, room + o * width, given, width); // biome-ignore format: one thought
  }
}

/** Adds to `sum` f'(q) O of a row. */
function weigh(
  memory: Float64Array,
  O: number,
  state: number,
  sum: number,
  outputs: number,
  squares: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    let q: Double = 0;
    let at = lane;
    for (let e = 0; e < outputs; e++) {
      q += memory[O + at]! * memory[state + at]!;
      at += width;
    }
    const slope: Double = squares === 1 ? 2 * Math.max(0, q) : 1;
    at = lane;
    for (let e = 0; e < outputs; e++) {
      memory[sum + at]! += slope * memory[O + at]!;
      at += width;
    }
  }
}

/** Adds to a line of M its weight times σ, at the columns that σ meets. */
function spread(
  memory: Float64Array,
  look: Int32Array,
  line: number,
  columns: number,
  sigma: number,
  weight: number,
  given: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    const w = memory[weight + lane]!;
    let at = sigma + lane;
    for (let e = 0; e < given; e++) {
      memory[line + look[columns + e]! * width + lane]! += w * memory[at]!;
      at += width;
    }
  }
}
