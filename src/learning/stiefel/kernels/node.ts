import type { Double } from "../../../numerics/linear/kernels/double.js";

// Hermitian matrices are real numbers here: of a state the entry (i, j) above the diagonal stands as its real part at i·n + j and
// as its imaginary part at j·n + i; of an observable as ∂q/∂ of these, so that Tr Oρ is a sum of products. A channel is then a
// real matrix R from n² to m² numbers.

/** R of the channel at S, m² × n², in each lane. */
export function realForm(
  memory: Float64Array,
  S: number,
  R: number,
  output: number,
  input: number,
  kraus: number,
  width: number,
): void {
  const column = 2 * output * kraus * width;
  const square = input * input * width;
  for (let o = 0; o < output; o++) {
    for (let p = o; p < output; p++) {
      const re = R + (o * output + p) * square;
      const im = R + (p * output + o) * square;
      for (let i = 0; i < input; i++) {
        for (let j = i; j < input; j++) {
          const above = (i * input + j) * width;
          const below = (j * input + i) * width;
          const a = S + i * column + 2 * o * kraus * width;
          const b = S + j * column + 2 * p * kraus * width;
          if (i === j) formDiagonal(memory, a, b, re + above, im + above, kraus, width);
          else if (o === p) formOwn(memory, a, b, re + above, re + below, kraus, width);
          else formPair(memory, a, b, (j - i) * column, re + above, re + below, im + above, im + below, kraus, width);
        }
      }
    }
  }
}

/** Σ_a s_a t_a* over Kraus operators: its parts at `re` and `im`, or the real one alone where they are one place. */
function formDiagonal(
  memory: Float64Array,
  s: number,
  t: number,
  re: number,
  im: number,
  kraus: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    let x: Double = 0;
    let y: Double = 0;
    let p = s + lane;
    let q = t + lane;
    for (let a = 0; a < kraus; a++) {
      x += memory[p]! * memory[q]! + memory[p + width]! * memory[q + width]!;
      y += memory[p + width]! * memory[q]! - memory[p]! * memory[q + width]!;
      p += 2 * width;
      q += 2 * width;
    }
    memory[im + lane] = y;
    memory[re + lane] = x;
  }
}

/** Of a probability: 2 Re and −2 Im of Σ_a s_a t_a*. */
function formOwn(
  memory: Float64Array,
  s: number,
  t: number,
  above: number,
  below: number,
  kraus: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    let x: Double = 0;
    let y: Double = 0;
    let p = s + lane;
    let q = t + lane;
    for (let a = 0; a < kraus; a++) {
      x += memory[p]! * memory[q]! + memory[p + width]! * memory[q + width]!;
      y += memory[p + width]! * memory[q]! - memory[p]! * memory[q + width]!;
      p += 2 * width;
      q += 2 * width;
    }
    memory[above + lane] = 2 * x;
    memory[below + lane] = -2 * y;
  }
}

/** Of a coherence: σ_ij goes into it by J = Σ_a s_a t_a*, and σ_ji by K, which has `apart` more of s and less of t. */
function formPair(
  memory: Float64Array,
  s: number,
  t: number,
  apart: number,
  re: number,
  reIm: number,
  im: number,
  imIm: number,
  kraus: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    let x: Double = 0;
    let y: Double = 0;
    let u: Double = 0;
    let v: Double = 0;
    let p = s + lane;
    let q = t + lane;
    for (let a = 0; a < kraus; a++) {
      x += memory[p]! * memory[q]! + memory[p + width]! * memory[q + width]!;
      y += memory[p + width]! * memory[q]! - memory[p]! * memory[q + width]!;
      const c = memory[p + apart]!;
      const d = memory[p + apart + width]!;
      const e = memory[q - apart]!;
      const f = memory[q - apart + width]!;
      u += c * e + d * f;
      v += d * e - c * f;
      p += 2 * width;
      q += 2 * width;
    }
    memory[re + lane] = x + u;
    memory[reIm + lane] = v - y;
    memory[im + lane] = y + v;
    memory[imIm + lane] = x - u;
  }
}

/** What the gradient is of S where f changes by Σ M·dR: G = HS, the Hermitian H from M; `room` for four numbers of each lane. */
export function backFromForm(
  memory: Float64Array,
  M: number,
  S: number,
  G: number,
  room: number,
  output: number,
  input: number,
  kraus: number,
  width: number,
): void {
  const column = 2 * output * kraus * width;
  const square = input * input * width;
  memory.fill(0, G, G + input * column);
  for (let o = 0; o < output; o++) {
    for (let p = o; p < output; p++) {
      const re = M + (o * output + p) * square;
      const im = M + (p * output + o) * square;
      for (let i = 0; i < input; i++) {
        for (let j = i; j < input; j++) {
          const above = (i * input + j) * width;
          const below = (j * input + i) * width;
          const a = i * column + 2 * o * kraus * width;
          const b = j * column + 2 * p * kraus * width;
          const apart = (j - i) * column;
          if (i === j) alike(memory, re + above, im + above, room, o === p ? 1 : 0, width);
          else if (o === p) own(memory, re + above, re + below, room, width);
          else both(memory, re + above, re + below, im + above, im + below, room, width);
          turn(memory, S + a, S + b, G + a, G + b, room, kraus, width);
          if (i === j || o === p) continue;
          turn(memory, S + a + apart, S + b - apart, G + a + apart, G + b - apart, room + 2 * width, kraus, width);
        }
      }
    }
  }
}

function alike(memory: Float64Array, re: number, im: number, H: number, real: number, width: number): void {
  for (let lane = 0; lane < width; lane++) {
    memory[H + lane] = memory[re + lane]!;
    memory[H + width + lane] = real === 1 ? 0 : memory[im + lane]!;
  }
}

function own(memory: Float64Array, above: number, below: number, H: number, width: number): void {
  for (let lane = 0; lane < width; lane++) {
    memory[H + lane] = 2 * memory[above + lane]!;
    memory[H + width + lane] = -2 * memory[below + lane]!;
  }
}

function both(
  memory: Float64Array,
  re: number,
  reIm: number,
  im: number,
  imIm: number,
  H: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    const x = memory[re + lane]!;
    const y = memory[reIm + lane]!;
    const u = memory[im + lane]!;
    const v = memory[imIm + lane]!;
    memory[H + lane] = x + v;
    memory[H + width + lane] = u - y;
    memory[H + 2 * width + lane] = x - v;
    memory[H + 3 * width + lane] = u + y;
  }
}

/** g += H t and h += H* s, H a number of each lane. */
function turn(
  memory: Float64Array,
  s: number,
  t: number,
  g: number,
  h: number,
  H: number,
  kraus: number,
  width: number,
): void {
  for (let lane = 0; lane < width; lane++) {
    const x = memory[H + lane]!;
    const y = memory[H + width + lane]!;
    let at = lane;
    for (let a = 0; a < kraus; a++) {
      const c = memory[s + at]!;
      const d = memory[s + at + width]!;
      const e = memory[t + at]!;
      const f = memory[t + at + width]!;
      memory[g + at]! += x * e - y * f;
      memory[g + at + width]! += x * f + y * e;
      memory[h + at]! += x * c + y * d;
      memory[h + at + width]! += x * d - y * c;
      at += 2 * width;
    }
  }
}
