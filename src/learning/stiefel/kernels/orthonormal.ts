import type { Double } from "../../../numerics/linear/kernels/double.js";

/** The part of a column's squared length that must be left, lest it be gone over again; as in `orthonormalise`. */
const kept = 0.1;

/**
 * The columns of Y become orthonormal, as `orthonormalise` makes them, in each lane: Y = QR, and Y becomes Q. R, n × n, takes
 * what is above the diagonal and the diagonal itself; nothing is written below. One pass is enough but where a column loses
 * most of its length: in `left` stands of each lane what its worst column has left beyond that, and what is not above 0
 * asks for another pass. Gives how many of the first lanes do.
 */
export function orthonormal(
  memory: Float64Array,
  Y: number,
  R: number,
  left: number,
  rows: number,
  count: number,
  width: number,
  lanes: number,
): number {
  memory.fill(0, left, left + width);
  const size = 2 * rows * width;
  for (let k = 0; k < count; k++) {
    const column = Y + k * size;
    const above = R + 2 * k * count * width;
    firstOverlap(memory, Y, column, above, rows, width, k);
    for (let j = 0; j + 1 < k; j++) takeAndOverlap(memory, Y + j * size, column, above + 2 * j * width, rows, width);
    takeAndScale(memory, Y + (k - 1) * size, column, above + 2 * k * width, left, rows, width, k);
  }
  let again = 0;
  for (let l = 0; l < lanes; l++) if (!(memory[left + l]! > 0)) again++;
  return again;
}

/** Before anything is taken out of column k: its squared length, on the diagonal for now, and its overlap with column 0. */
function firstOverlap(
  memory: Float64Array,
  a: number,
  y: number,
  above: number,
  rows: number,
  width: number,
  k: number,
): void {
  const diagonal = above + 2 * k * width;
  for (let lane = 0; lane < width; lane++) {
    let re: Double = 0;
    let im: Double = 0;
    let before: Double = 0;
    let p = a + lane;
    let q = y + lane;
    for (let i = 0; i < rows; i++) {
      const x = memory[p]!;
      const z = memory[p + width]!;
      const u = memory[q]!;
      const v = memory[q + width]!;
      before += u * u + v * v;
      re += x * u + z * v;
      im += x * v - z * u;
      p += 2 * width;
      q += 2 * width;
    }
    memory[above + lane] = re;
    memory[above + width + lane] = im;
    memory[diagonal + lane] = before;
  }
}

/** The column y loses what it has of the unit column a; then its overlap with the one behind a. */
function takeAndOverlap(memory: Float64Array, a: number, y: number, c: number, rows: number, width: number): void {
  const size = 2 * rows * width;
  for (let lane = 0; lane < width; lane++) {
    const s = memory[c + lane]!;
    const t = memory[c + width + lane]!;
    let re: Double = 0;
    let im: Double = 0;
    let p = a + lane;
    let q = y + lane;
    for (let i = 0; i < rows; i++) {
      const x = memory[p]!;
      const z = memory[p + width]!;
      const u = memory[q]! - (x * s - z * t);
      const v = memory[q + width]! - (x * t + z * s);
      memory[q] = u;
      memory[q + width] = v;
      const f = memory[p + size]!;
      const g = memory[p + size + width]!;
      re += f * u + g * v;
      im += f * v - g * u;
      p += 2 * width;
      q += 2 * width;
    }
    memory[c + 2 * width + lane] = re;
    memory[c + 3 * width + lane] = im;
  }
}

/** Column k loses what it has of the one before it, and is divided by its length, which stands on the diagonal then. */
function takeAndScale(
  memory: Float64Array,
  a: number,
  y: number,
  diagonal: number,
  left: number,
  rows: number,
  width: number,
  k: number,
): void {
  const c = diagonal - 2 * width;
  for (let lane = 0; lane < width; lane++) {
    const before = memory[diagonal + lane]!;
    let after: Double = 0;
    let q = y + lane;
    if (k === 0) {
      after = before;
    } else {
      const s = memory[c + lane]!;
      const t = memory[c + width + lane]!;
      let p = a + lane;
      for (let i = 0; i < rows; i++) {
        const x = memory[p]!;
        const z = memory[p + width]!;
        const u = memory[q]! - (x * s - z * t);
        const v = memory[q + width]! - (x * t + z * s);
        memory[q] = u;
        memory[q + width] = v;
        after += u * u + v * v;
        p += 2 * width;
        q += 2 * width;
      }
    }
    const length = Math.sqrt(after);
    const by = 1 / length;
    q = y + lane;
    for (let i = 0; i < 2 * rows; i++) {
      memory[q]! *= by;
      q += width;
    }
    memory[diagonal + lane] = length;
    memory[diagonal + width + lane] = 0;
    // A length that is no number, or endless, leaves none.
    const beyond = (after - kept * before) / after + after * 0;
    memory[left + lane] = k === 0 ? beyond : Math.min(memory[left + lane]!, beyond);
  }
}
