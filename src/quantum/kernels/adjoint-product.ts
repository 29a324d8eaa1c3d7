import type { Double } from "../../numerics/linear/kernels/double.js";

/**
 * C = A†B of complex matrices, `inner` rows of A and B, which are as wide as C. A row has its real parts, then its imaginary ones, each as many
 * as the matrix is wide, an even number. Four rows of C are summed up at once, for which what is read of A lies side by side.
 *
 * @param isHermitian whether C is, and what stands left of its diagonal need not be found
 */
export function adjointProduct(
  memory: Float64Array,
  A: number,
  B: number,
  C: number,
  rows: number,
  inner: number,
  width: number,
  isHermitian: number,
): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) fourRows(memory, A + i, B, C + 2 * i * width, isHermitian * i, inner, width);
  for (; i < rows; i++) oneRow(memory, A + i, B, C + 2 * i * width, isHermitian * (i - (i & 1)), inner, width);
}

function fourRows(
  memory: Float64Array,
  A: number,
  B: number,
  C: number,
  from: number,
  inner: number,
  width: number,
): void {
  const down = 2 * width;
  for (let lane = from; lane < width; lane++) {
    let re0: Double = 0;
    let im0: Double = 0;
    let re1: Double = 0;
    let im1: Double = 0;
    let re2: Double = 0;
    let im2: Double = 0;
    let re3: Double = 0;
    let im3: Double = 0;
    let b = B + lane;
    let bi = B + width + lane;
    let a = A;
    let ai = A + width;
    for (let k = 0; k < inner; k++) {
      const u = memory[b]!;
      const v = memory[bi]!;
      let x = memory[a]!;
      let y = memory[ai]!;
      re0 += x * u + y * v;
      im0 += x * v - y * u;
      x = memory[a + 1]!;
      y = memory[ai + 1]!;
      re1 += x * u + y * v;
      im1 += x * v - y * u;
      x = memory[a + 2]!;
      y = memory[ai + 2]!;
      re2 += x * u + y * v;
      im2 += x * v - y * u;
      x = memory[a + 3]!;
      y = memory[ai + 3]!;
      re3 += x * u + y * v;
      im3 += x * v - y * u;
      a += down;
      ai += down;
      b += down;
      bi += down;
    }
    const c = C + lane;
    memory[c] = re0;
    memory[c + width] = im0;
    memory[c + 2 * width] = re1;
    memory[c + 3 * width] = im1;
    memory[c + 4 * width] = re2;
    memory[c + 5 * width] = im2;
    memory[c + 6 * width] = re3;
    memory[c + 7 * width] = im3;
  }
}

function oneRow(
  memory: Float64Array,
  A: number,
  B: number,
  C: number,
  from: number,
  inner: number,
  width: number,
): void {
  const down = 2 * width;
  for (let lane = from; lane < width; lane++) {
    let re: Double = 0;
    let im: Double = 0;
    let b = B + lane;
    let a = A;
    for (let k = 0; k < inner; k++) {
      const u = memory[b]!;
      const v = memory[b + width]!;
      const x = memory[a]!;
      const y = memory[a + width]!;
      re += x * u + y * v;
      im += x * v - y * u;
      a += down;
      b += down;
    }
    memory[C + lane] = re;
    memory[C + width + lane] = im;
  }
}
