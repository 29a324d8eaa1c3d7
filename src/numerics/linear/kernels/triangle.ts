import type { Double } from "./double.js";

/**
 * Folds rows into an upper triangle R of so many columns by Householder's reflections, each of a row of R and of all of `block`; columns
 * behind these go along. RᵀR grows by what the rows have.
 *
 * @param columns what is folded, `rows` numbers of a column behind each other; a multiple of four
 * @param width of a row of R and of the block, an even number
 */
export function foldRows(
  R: Float64Array,
  columns: Float64Array,
  block: Float64Array,
  v: Float64Array,
  rows: number,
  count: number,
  width: number,
): void {
  for (let j = 0; j < width; j++) {
    let to = j;
    for (let i = 0; i < rows; i++) {
      block[to] = columns[j * rows + i]!;
      to += width;
    }
  }
  for (let j = 0; j < count; j++) {
    let below: Double = 0;
    let at = j;
    for (let i = 0; i < rows; i++) {
      const value: Double = block[at]!;
      v[i] = value;
      below += value * value;
      at += width;
    }
    if (below === 0) continue;
    const place = j * width + j;
    const head: Double = R[place]!;
    const length: Double = Math.sqrt(head * head + below);
    const diagonal: Double = head > 0 ? -length : length;
    const top: Double = head - diagonal;
    reflectRows(R, block, v, rows, j * width, j + (j & 1), width, top, 2 / (top * top + below));
    R[place] = diagonal;
  }
}

/** Of a row of R and of the block c − scale·v(v·c) for all columns c from one on; `top` stands above v. */
function reflectRows(
  R: Float64Array,
  block: Float64Array,
  v: Float64Array,
  rows: number,
  row: number,
  from: number,
  width: number,
  top: Double,
  scale: Double,
): void {
  const down = 4 * width;
  for (let lane = from; lane < width; lane++) {
    let sum: Double = top * R[row + lane]!;
    let first = lane;
    let second = first + width;
    let third = second + width;
    let fourth = third + width;
    for (let i = 0; i < rows; i += 4) {
      sum +=
        v[i]! * block[first]! + v[i + 1]! * block[second]! + (v[i + 2]! * block[third]! + v[i + 3]! * block[fourth]!);
      first += down;
      second += down;
      third += down;
      fourth += down;
    }
    const by = scale * sum;
    R[row + lane]! -= by * top;
    first = lane;
    second = first + width;
    third = second + width;
    fourth = third + width;
    for (let i = 0; i < rows; i += 4) {
      block[first]! -= v[i]! * by;
      block[second]! -= v[i + 1]! * by;
      block[third]! -= v[i + 2]! * by;
      block[fourth]! -= v[i + 3]! * by;
      first += down;
      second += down;
      third += down;
      fourth += down;
    }
  }
}
