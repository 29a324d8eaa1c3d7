import type { Double } from "../../../numerics/linear/kernels/double.js";

// Over the rows of a truth table: those of a node's own inputs, r, and for each of them those of all other inputs, `before` × `after`.
// Of a row r `look` has two numbers at `of`: where the columns of R stand that meet what the node is given, of which there are
// `given` numbers, and the place of what it is given.

/** N(σ) of each row of a node's own inputs. */
export function through(
  memory: Float64Array,
  look: Int32Array,
  R: number,
  sigma: number,
  to: number,
  of: number,
  rows: number,
  given: number,
  inputs: number,
  outputs: number,
  width: number,
): void {
  for (let r = 0; r < rows; r++) {
    const row = sigma + look[of + 2 * r + 1]! * given * width;
    applied(memory, look, R, look[of + 2 * r]!, row, to + r * outputs * width, given, inputs, outputs, width);
  }
}

/** R·σ of a row, by the columns of R that σ meets. */
export function applied(
  memory: Float64Array,
  look: Int32Array,
  R: number,
  columns: number,
  sigma: number,
  to: number,
  given: number,
  inputs: number,
  outputs: number,
  width: number,
): void {
  for (let o = 0; o < outputs; o++) {
    const line = R + o * inputs * width;
    for (let lane = 0; lane < width; lane++) {
      let sum: Double = 0;
      let at = sigma + lane;
      for (let e = 0; e < given; e++) {
        sum += memory[line + look[columns + e]! * width + lane]! * memory[at]!;
        at += width;
      }
      memory[to + o * width + lane] = sum;
    }
  }
}

/** What O is of what the node is given, N†(O), of each row. */
export function back(
  memory: Float64Array,
  look: Int32Array,
  R: number,
  O: number,
  to: number,
  of: number,
  rows: number,
  before: number,
  after: number,
  given: number,
  inputs: number,
  outputs: number,
  width: number,
): void {
  for (let b = 0; b < before; b++) {
    for (let r = 0; r < rows; r++) {
      for (let a = 0; a < after; a++) {
        const x = (b * rows + r) * after + a;
        backOfRow(memory, look, R, O + x * outputs * width, to + x * given * width, look[of + 2 * r]!, given, inputs, outputs, width); // biome-ignore format: one thought
      }
    }
  }
}

function backOfRow(
  memory: Float64Array,
  look: Int32Array,
  R: number,
  O: number,
  to: number,
  columns: number,
  given: number,
  inputs: number,
  outputs: number,
  width: number,
): void {
  for (let e = 0; e < given; e++) {
    const column = R + look[columns + e]! * width;
    for (let lane = 0; lane < width; lane++) {
      let sum: Double = 0;
      let p = column + lane;
      let q = O + lane;
      for (let o = 0; o < outputs; o++) {
        sum += memory[p]! * memory[q]!;
        p += inputs * width;
        q += width;
      }
      memory[to + e * width + lane] = sum;
    }
  }
}
