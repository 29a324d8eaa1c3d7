import type { Double } from "../../numerics/linear/kernels/double.js";

/**
 * C += AB of complex matrices. A row has its real parts, then its imaginary ones, each as many as the matrix is wide; B and C
 * are `width` wide, an even number, A is `across`. Four rows of C are summed up at once, in the processor's registers.
 */
export function addProduct(
  memory: Float64Array,
  A: number,
  across: number,
  B: number,
  C: number,
  rows: number,
  inner: number,
  width: number,
): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) addFourRows(memory, A + 2 * i * across, across, B, C + 2 * i * width, inner, width);
  for (; i < rows; i++) addRow(memory, A + 2 * i * across, across, B, C + 2 * i * width, inner, width);
}

function addFourRows(
  memory: Float64Array,
  A: number,
  across: number,
  B: number,
  C: number,
  inner: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    const c = C + lane;
    let re0: Double = memory[c]!;
    let im0: Double = memory[c + width]!;
    let re1: Double = memory[c + 2 * width]!;
    let im1: Double = memory[c + 3 * width]!;
    let re2: Double = memory[c + 4 * width]!;
    let im2: Double = memory[c + 5 * width]!;
    let re3: Double = memory[c + 6 * width]!;
    let im3: Double = memory[c + 7 * width]!;
    let b = B + lane;
    let a = A;
    for (let k = 0; k < inner; k++) {
      const u = memory[b]!;
      const v = memory[b + width]!;
      let x = memory[a]!;
      let y = memory[a + across]!;
      re0 += x * u - y * v;
      im0 += x * v + y * u;
      x = memory[a + 2 * across]!;
      y = memory[a + 3 * across]!;
      re1 += x * u - y * v;
      im1 += x * v + y * u;
      x = memory[a + 4 * across]!;
      y = memory[a + 5 * across]!;
      re2 += x * u - y * v;
      im2 += x * v + y * u;
      x = memory[a + 6 * across]!;
      y = memory[a + 7 * across]!;
      re3 += x * u - y * v;
      im3 += x * v + y * u;
      a++;
      b += 2 * width;
    }
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

function addRow(
  memory: Float64Array,
  A: number,
  across: number,
  B: number,
  C: number,
  inner: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    const c = C + lane;
    let re: Double = memory[c]!;
    let im: Double = memory[c + width]!;
    let b = B + lane;
    for (let k = 0; k < inner; k++) {
      const u = memory[b]!;
      const v = memory[b + width]!;
      const x = memory[A + k]!;
      const y = memory[A + across + k]!;
      re += x * u - y * v;
      im += x * v + y * u;
      b += 2 * width;
    }
    memory[c] = re;
    memory[c + width] = im;
  }
}

/** y = Σ_k factors[k]·a_k over numbers, where a_k stand behind each other. */
export function combine(
  memory: Float64Array,
  factors: number,
  count: number,
  a: number,
  y: number,
  numbers: number,
): void {
  for (let lane = 0; lane < numbers; lane++) {
    let sum: Double = 0;
    let at = a + lane;
    for (let k = 0; k < count; k++) {
      sum += memory[factors + k]! * memory[at]!;
      at += numbers;
    }
    memory[y + lane] = sum;
  }
}
