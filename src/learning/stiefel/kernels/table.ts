import type { Double } from "../../../numerics/linear/kernels/double.js";

/** Writes of each lane q and f of the matrix at Y, as `TableCost` has them: f = Σ q² where `squares`, else Σ q. */
export function tableCost(
  memory: Float64Array,
  truth: Int32Array,
  Y: number,
  q: number,
  f: number,
  rows: number,
  count: number,
  kraus: number,
  squares: number,
  width: number,
): void {
  memory.fill(0, f, f + width);
  for (let k = 0; k < count; k++) {
    const right = truth[k]! * kraus;
    const column = Y + 2 * k * rows * width;
    for (let lane = 0; lane < width; lane++) {
      let sum: Double = 0;
      let at = column + lane;
      for (let i = 0; i < rows; i++) {
        if (i === right) {
          i += kraus - 1;
          at += 2 * kraus * width;
          continue;
        }
        const x = memory[at]!;
        const y = memory[at + width]!;
        sum += x * x + y * y;
        at += 2 * width;
      }
      memory[q + k * width + lane] = sum;
      if (squares === 1) memory[f + lane]! += sum * sum;
      else memory[f + lane]! += sum;
    }
  }
}

/**
 * Writes ξ, the gradient of the cost along the manifold at S, and its squared length, in each lane. With the gradient
 * G = S D on wrong rows, D the diagonal of 4q or 2, and H = (S†G + G†S)/2 it is G − SH. What two columns of S have in common on
 * the wrong rows of one is what they have on its right ones, turned round, since S†S = 1; on the diagonal H is Dq.
 */
export function tableTangent(
  memory: Float64Array,
  truth: Int32Array,
  S: number,
  xi: number,
  H: number,
  q: number,
  D: number,
  square: number,
  rows: number,
  count: number,
  kraus: number,
  squares: number,
  width: number,
): void {
  for (let k = 0; k < count; k++) diagonal(memory, q + k * width, D + k * width, H + 2 * k * (count + 1) * width, squares, width); // biome-ignore format: one thought
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < k; j++) common(memory, truth, S, H, D, rows, count, kraus, j, k, width);
  }
  memory.fill(0, square, square + width);
  for (let k = 0; k < count; k++)
    leaveTangent(memory, S, xi, H, D + k * width, square, rows, count, k, truth[k]! * kraus, kraus, width);
}

/** D and H on the diagonal. */
function diagonal(memory: Float64Array, q: number, D: number, H: number, squares: number, width: number): void {
  for (let lane = 0; lane < width; lane++) {
    const slope: Double = squares === 1 ? 4 * memory[q + lane]! : 2;
    memory[D + lane] = slope;
    memory[H + lane] = slope * memory[q + lane]!;
    memory[H + width + lane] = 0;
  }
}

/** H above the diagonal, and below. */
function common(
  memory: Float64Array,
  truth: Int32Array,
  S: number,
  H: number,
  D: number,
  rows: number,
  count: number,
  kraus: number,
  j: number,
  k: number,
  width: number,
): void {
  const apart = 2 * (truth[j]! - truth[k]!) * kraus * width;
  const a = S + 2 * (j * rows + truth[k]! * kraus) * width;
  const b = S + 2 * (k * rows + truth[k]! * kraus) * width;
  const above = H + 2 * (k * count + j) * width;
  const below = H + 2 * (j * count + k) * width;
  for (let lane = 0; lane < width; lane++) {
    const one = memory[D + k * width + lane]! / -2;
    const other = memory[D + j * width + lane]! / -2;
    let re: Double = 0;
    let im: Double = 0;
    let p = a + lane;
    let q = b + lane;
    for (let i = 0; i < kraus; i++) {
      const x = memory[p]!;
      const y = memory[p + width]!;
      const u = memory[q]!;
      const v = memory[q + width]!;
      re += x * u + y * v;
      im += x * v - y * u;
      p += 2 * width;
      q += 2 * width;
    }
    let hre = one * re;
    let him = one * im;
    if (apart !== 0) {
      re = 0;
      im = 0;
      p = a + apart + lane;
      q = b + apart + lane;
      for (let i = 0; i < kraus; i++) {
        const x = memory[p]!;
        const y = memory[p + width]!;
        const u = memory[q]!;
        const v = memory[q + width]!;
        re += x * u + y * v;
        im += x * v - y * u;
        p += 2 * width;
        q += 2 * width;
      }
    }
    hre += other * re;
    him += other * im;
    memory[above + lane] = hre;
    memory[above + width + lane] = him;
    memory[below + lane] = hre;
    memory[below + width + lane] = -him;
  }
}

/** Column k of G − SH. */
function leaveTangent(
  memory: Float64Array,
  S: number,
  xi: number,
  H: number,
  D: number,
  square: number,
  rows: number,
  count: number,
  k: number,
  right: number,
  kraus: number,
  width: number,
): void {
  const size = 2 * rows * width;
  for (let lane = 0; lane < width; lane++) {
    const slope = memory[D + lane]!;
    let sum: Double = 0;
    let from = S + lane;
    let to = S + k * size + lane;
    let at = xi + k * size + lane;
    for (let i = 0; i < rows; i++) {
      let re: Double = 0;
      let im: Double = 0;
      if (i < right || i >= right + kraus) {
        re = slope * memory[to]!;
        im = slope * memory[to + width]!;
      }
      let p = from;
      let c = H + 2 * k * count * width + lane;
      for (let j = 0; j < count; j++) {
        const x = memory[p]!;
        const y = memory[p + width]!;
        const u = memory[c]!;
        const v = memory[c + width]!;
        re -= x * u - y * v;
        im -= x * v + y * u;
        p += size;
        c += 2 * width;
      }
      memory[at] = re;
      memory[at + width] = im;
      sum += re * re + im * im;
      from += 2 * width;
      to += 2 * width;
      at += 2 * width;
    }
    memory[square + lane]! += sum;
  }
}
