import type { Double } from "../../../numerics/linear/kernels/double.js";

/** c = a†b of two columns, in each lane. */
export function overlap(memory: Float64Array, a: number, b: number, c: number, rows: number, width: number): void {
  for (let lane = 0; lane < width; lane++) {
    let re: Double = 0;
    let im: Double = 0;
    let p = a + lane;
    let q = b + lane;
    for (let i = 0; i < rows; i++) {
      const x = memory[p]!;
      const y = memory[p + width]!;
      const u = memory[q]!;
      const v = memory[q + width]!;
      re += x * u + y * v;
      im += x * v - y * u;
      p += 2 * width;
      q += 2 * width;
    }
    memory[c + lane] = re;
    memory[c + width + lane] = im;
  }
}

/** The column y loses c·a, in each lane. */
function takeOut(memory: Float64Array, a: number, y: number, c: number, rows: number, width: number): void {
  for (let lane = 0; lane < width; lane++) {
    const u = memory[c + lane]!;
    const v = memory[c + width + lane]!;
    let p = a + lane;
    let q = y + lane;
    for (let i = 0; i < rows; i++) {
      const re = memory[p]!;
      const im = memory[p + width]!;
      memory[q]! -= re * u - im * v;
      memory[q + width]! -= re * v + im * u;
      p += 2 * width;
      q += 2 * width;
    }
  }
}

/** Σ Re a*b over entries, in each lane. */
export function inner(memory: Float64Array, a: number, b: number, sum: number, entries: number, width: number): void {
  for (let lane = 0; lane < width; lane++) {
    let all: Double = 0;
    let p = a + lane;
    let q = b + lane;
    for (let e = 0; e < entries; e++) {
      all += memory[p]! * memory[q]! + memory[p + width]! * memory[q + width]!;
      p += 2 * width;
      q += 2 * width;
    }
    memory[sum + lane] = all;
  }
}

/** y = a + s·b with a real s of each lane. */
export function move(
  memory: Float64Array,
  a: number,
  b: number,
  y: number,
  s: number,
  entries: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    const factor = memory[s + lane]!;
    let at = lane;
    for (let e = 0; e < 2 * entries; e++) {
      memory[y + at] = memory[a + at]! + factor * memory[b + at]!;
      at += width;
    }
  }
}

/** The same of the first `count` lanes of `lanes`, which come to stand one beside the other. */
export function moveLanes(
  memory: Float64Array,
  lanes: Int32Array,
  a: number,
  b: number,
  y: number,
  s: number,
  entries: number,
  from: number,
  width: number,
  count: number,
): void {
  let row = 0;
  let to = y;
  for (let e = 0; e < 2 * entries; e++) {
    for (let p = 0; p < count; p++) {
      const at = row + lanes[p]!;
      memory[to + p] = memory[a + at]! + memory[s + p]! * memory[b + at]!;
    }
    row += from;
    to += width;
  }
}

/** Overwrites G with its projection onto the tangent space at S, G − S(S†G + G†S)/2, in each lane; C has room for n × n. */
export function project(
  memory: Float64Array,
  S: number,
  G: number,
  C: number,
  rows: number,
  count: number,
  width: number,
): void {
  const size = 2 * rows * width;
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < count; j++)
      overlap(memory, S + j * size, G + k * size, C + 2 * (k * count + j) * width, rows, width);
  }
  for (let k = 0; k < count; k++) {
    for (let j = 0; j <= k; j++) symmetrise(memory, C + 2 * (k * count + j) * width, C + 2 * (j * count + k) * width, width); // biome-ignore format: one thought
  }
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < count; j++)
      takeOut(memory, S + j * size, G + k * size, C + 2 * (k * count + j) * width, rows, width);
  }
}

/** Entries (j, k) and (k, j) of C become those of (C + C†)/2. */
function symmetrise(memory: Float64Array, a: number, b: number, width: number): void {
  for (let lane = 0; lane < width; lane++) {
    const x = (memory[a + lane]! + memory[b + lane]!) / 2;
    const y = (memory[a + width + lane]! - memory[b + width + lane]!) / 2;
    memory[a + lane] = x;
    memory[b + lane] = x;
    memory[a + width + lane] = y;
    memory[b + width + lane] = -y;
  }
}
