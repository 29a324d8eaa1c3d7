import { columnsOf, rowsOf } from "../numerics/linear/columns.js";
import { type ComplexMatrix, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { drawHaar } from "../numerics/linear/haar.js";
import type { Random } from "../numerics/random.js";

/**
 * A quantum channel ρ → Σ Kₐ ρ Kₐ† by its Kraus operators (K. Kraus, Annals of Physics 64, 311, 1971), stacked: row a·output + o
 * of S is row o of Kₐ. S†S = 1 if and only if traces are preserved. Bases are counted, |0⟩ first; nothing is said of qubits.
 */
export interface Channel {
  readonly input: number; // dimension of what it takes
  readonly output: number; // dimension of what it gives
  readonly count: number; // of Kraus operators
  readonly re: Float64Array; // size count × output × input, row-major
  readonly im: Float64Array; // size count × output × input, row-major
}

/** Kraus operators of zeros, to be filled. */
export const emptyChannel = (input: number, output: number, count: number): Channel => ({
  input,
  output,
  count,
  re: new Float64Array(count * output * input),
  im: new Float64Array(count * output * input),
});

/** An entry of a matrix as it is written down. */
export type Entry = number | readonly [re: number, im: number];

/** From Kraus operators by their rows, all of one shape. */
export function channelOf(operators: readonly (readonly (readonly Entry[])[])[]): Channel {
  const [rows, columns] = [operators[0]?.length ?? 0, operators[0]?.[0]?.length ?? 0];
  const channel = emptyChannel(columns, rows, operators.length);
  operators.flat(2).forEach((entry, at) => {
    [channel.re[at], channel.im[at]] = typeof entry === "number" ? [entry, 0] : entry;
  });
  return channel;
}

/** From square Kraus operators. */
export function channelOfMatrices(operators: readonly ComplexMatrix[]): Channel {
  const size = operators[0]?.size ?? 0;
  const channel = emptyChannel(size, size, operators.length);
  operators.forEach(({ re, im }, a) => {
    channel.re.set(re, a * size * size);
    channel.im.set(im, a * size * size);
  });
  return channel;
}

/** ρ → ρ. */
export function identityChannel(dimension: number): Channel {
  const channel = emptyChannel(dimension, dimension, 1);
  for (let i = 0; i < dimension; i++) channel.re[i * dimension + i] = 1;
  return channel;
}

/**
 * What a stochastic matrix does to the diagonal, and nothing left beside it: A_ij = √W_ij |i⟩⟨j|, one for each entry that is
 * not 0 (the thesis's eq. 36: E(ρ) = diag(W diag ρ)).
 *
 * @param rows of W, each entry ≥ 0, each column of sum 1
 */
export function stochasticChannel(rows: readonly (readonly number[])[]): Channel {
  const [output, input] = [rows.length, rows[0]?.length ?? 0];
  const entries = rows.flatMap((row, i) => row.flatMap((p, j) => (p === 0 ? [] : [{ p, at: i * input + j }])));
  const channel = emptyChannel(input, output, entries.length);
  entries.forEach(({ p, at }, a) => {
    channel.re[a * output * input + at] = Math.sqrt(p);
  });
  return channel;
}

/** A channel drawn by Haar's measure of the isometries S. Needs count·output ≥ input. */
export function haarChannel(input: number, output: number, count: number, random: Random): Channel {
  const S = columnsOf(count * output, input);
  drawHaar(S, random);
  const { re, im } = rowsOf(S);
  return { input, output, count, re, im };
}

/** S†S = Σ Kₐ†Kₐ, which should be 1. */
export function krausSum({ input, re, im }: Channel): ComplexMatrix {
  const sum = zeroMatrix(input);
  for (let row = 0; row < re.length; row += input) {
    for (let i = 0; i < input; i++) {
      const [x, y] = [re[row + i]!, im[row + i]!];
      if (x === 0 && y === 0) continue;
      for (let j = 0; j < input; j++) {
        sum.re[i * input + j]! += x * re[row + j]! + y * im[row + j]!;
        sum.im[i * input + j]! += x * im[row + j]! - y * re[row + j]!;
      }
    }
  }
  return sum;
}

/** The largest |(S†S − 1)_ij|: by how much traces are not preserved, and where. */
export function preservationError(channel: Channel): {
  readonly error: number;
  readonly row: number;
  readonly column: number;
} {
  const { size, re, im } = krausSum(channel);
  let worst = { error: 0, row: 0, column: 0 };
  for (let at = 0; at < re.length; at++) {
    const [row, column] = [Math.floor(at / size), at % size];
    const error = Math.hypot(re[at]! - (row === column ? 1 : 0), im[at]!);
    // Written so that a value that is not a number stays.
    if (!(error <= worst.error)) worst = { error, row, column };
  }
  return worst;
}

/** Σ Kₐ ρ Kₐ†, for any matrix ρ of the input's size. */
export function throughKraus(channel: Channel, rho: ComplexMatrix): ComplexMatrix {
  const { input, output, count, re, im } = channel;
  const out = zeroMatrix(output);
  const [xr, xi] = [new Float64Array(input), new Float64Array(input)];
  for (let row = 0; row < count * output; row++) {
    timesMatrix(channel, row, rho, xr, xi);
    const first = row - (row % output);
    for (let o = 0; o < output; o++) {
      let [sr, si] = [0, 0];
      for (let j = 0, at = (first + o) * input; j < input; j++, at++) {
        sr += xr[j]! * re[at]! + xi[j]! * im[at]!;
        si += xi[j]! * re[at]! - xr[j]! * im[at]!;
      }
      out.re[(row % output) * output + o]! += sr;
      out.im[(row % output) * output + o]! += si;
    }
  }
  return out;
}

/** x ← row `row` of S times ρ. */
function timesMatrix({ input, re, im }: Channel, row: number, rho: ComplexMatrix, xr: Float64Array, xi: Float64Array) {
  xr.fill(0);
  xi.fill(0);
  for (let i = 0, at = row * input; i < input; i++, at++) {
    const [a, b] = [re[at]!, im[at]!];
    if (a === 0 && b === 0) continue;
    for (let j = 0; j < input; j++) {
      xr[j]! += a * rho.re[i * input + j]! - b * rho.im[i * input + j]!;
      xi[j]! += a * rho.im[i * input + j]! + b * rho.re[i * input + j]!;
    }
  }
}

/** N†(O) = Σ Kₐ† O Kₐ, what an observable of the output is of the input: Tr N(ρ)O = Tr ρN†(O). */
export function throughAdjoint(channel: Channel, observable: ComplexMatrix): ComplexMatrix {
  return throughKraus(reversed(channel), observable);
}

/** Kₐ† in the place of each Kₐ: not trace-preserving, unless the channel keeps 1. */
function reversed({ input, output, count, re, im }: Channel): Channel {
  const other = emptyChannel(output, input, count);
  for (let a = 0, base = 0; a < count; a++, base += input * output) {
    for (let o = 0; o < output; o++) {
      for (let i = 0; i < input; i++) {
        other.re[base + i * output + o] = re[base + o * input + i]!;
        other.im[base + i * output + o] = -im[base + o * input + i]!;
      }
    }
  }
  return other;
}

/** One Kraus operator of a channel from a space into itself. */
export function krausMatrix({ output, re, im }: Channel, a: number): ComplexMatrix {
  const [from, to] = [a * output * output, (a + 1) * output * output];
  return { size: output, re: re.slice(from, to), im: im.slice(from, to) };
}
