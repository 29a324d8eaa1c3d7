import { beginPart, nextNormal } from "../../../numerics/kernels/xoshiro.js";

/**
 * Overwrites the matrix at Y of each lane with independent complex normal numbers, drawn row by row of a part of a stream for
 * each, of the first lane that of number `first`; `state` has room for a generator's.
 */
export function drawNormal(
  memory: Float64Array,
  origin: Int32Array,
  state: Int32Array,
  Y: number,
  rows: number,
  count: number,
  first: number,
  lanes: number,
  width: number,
): void {
  for (let l = 0; l < lanes; l++) {
    beginPart(state, origin, first + l, 0);
    for (let i = 0; i < rows; i++) {
      let at = Y + 2 * i * width + l;
      for (let k = 0; k < count; k++) {
        memory[at] = nextNormal(state);
        memory[at + width] = nextNormal(state);
        at += 2 * rows * width;
      }
    }
  }
}
