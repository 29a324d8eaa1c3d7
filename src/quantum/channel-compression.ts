import { adjoint, type ComplexMatrix, multiplied, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { hermitianEigenvectors } from "../numerics/linear/hermitian-eigenvectors.js";
import type { Random } from "../numerics/random.js";
import { type Channel, emptyChannel, krausSum } from "./channel.js";
import { minimalForm } from "./choi.js";

/** The `rank` heaviest operators of the minimal form: the nearest to the Choi matrix of those of that rank. Traces shrink. */
export function truncated(channel: Channel, rank: number): Channel {
  const { input, output, count, re, im } = minimalForm(channel);
  const kept = Math.min(count, rank);
  const end = kept * input * output;
  return { input, output, count: kept, re: re.slice(0, end), im: im.slice(0, end) };
}

/**
 * `count` random sums of the minimal form's E operators, K̂ᵢ = √(E/n) Σₑ φ̄ᵢ(e) Kₑ with unit vectors φᵢ drawn by Haar's measure:
 * in the mean the channel itself (C. Lancien and A. Winter, Approximating quantum channels by completely positive maps with
 * small Kraus rank, arXiv:1711.00697; eq. 57 and 58 of the thesis). Traces are preserved in the mean only.
 */
export function sketched(channel: Channel, count: number, random: Random): Channel {
  const { input, output, count: E, re, im } = minimalForm(channel);
  const sketch = emptyChannel(input, output, count);
  const n = input * output;
  for (let i = 0; i < count; i++) {
    const { re: x, im: y } = unitVector(E, random);
    for (let e = 0; e < E; e++) {
      const [a, b] = [Math.sqrt(E / count) * x[e]!, -Math.sqrt(E / count) * y[e]!];
      for (let k = 0, to = i * n, from = e * n; k < n; k++, to++, from++) {
        sketch.re[to]! += a * re[from]! - b * im[from]!;
        sketch.im[to]! += a * im[from]! + b * re[from]!;
      }
    }
  }
  return sketch;
}

function unitVector(size: number, random: Random) {
  const re = Float64Array.from({ length: size }, () => random.normal());
  const im = Float64Array.from({ length: size }, () => random.normal());
  const length = Math.sqrt(re.reduce((sum, x, k) => sum + x * x + im[k]! ** 2, 0));
  return { re: re.map((x) => x / length), im: im.map((x) => x / length) };
}

/** Below this part of its greatest eigenvalue S†S says nothing of a direction that would have to be blown up. */
const smallest = 1e-12;

/**
 * The nearest that preserves traces: S(S†S)^{−½}, the unitary part of S (K. Fan and A. Hoffman, Proceedings of the AMS 6, 111,
 * 1955). Undefined where S loses a state altogether.
 */
export function tracePreserving(channel: Channel): Channel | undefined {
  const { values, vectors } = hermitianEigenvectors(krausSum(channel));
  const greatest = values.reduce((a, b) => Math.max(a, b), 0);
  if (!values.every((value) => value > smallest * greatest)) return undefined;
  const root = conjugated(
    vectors,
    values.map((value) => 1 / Math.sqrt(value)),
  );
  const first = timesRight(channel, root);
  // A step of Newton and Schulz takes what rounding left.
  const sum = krausSum(first);
  const half = zeroMatrix(sum.size);
  for (let k = 0; k < half.re.length; k++) {
    half.re[k] = (k % (sum.size + 1) === 0 ? 1.5 : 0) - sum.re[k]! / 2;
    half.im[k] = -sum.im[k]! / 2;
  }
  return timesRight(first, half);
}

/** V diag(d) V†. */
export function conjugated(vectors: ComplexMatrix, diagonal: Float64Array): ComplexMatrix {
  const { size, re, im } = vectors;
  const scaled = {
    size,
    re: re.map((x, k) => x * diagonal[k % size]!),
    im: im.map((x, k) => x * diagonal[k % size]!),
  };
  return multiplied(scaled, adjoint(vectors));
}

/** Kₐ M in the place of each Kₐ. */
function timesRight(channel: Channel, matrix: ComplexMatrix): Channel {
  const { input, output, count } = channel;
  const result = emptyChannel(input, output, count);
  for (let row = 0; row < result.re.length; row += input) {
    for (let i = 0; i < input; i++) {
      const [x, y] = [channel.re[row + i]!, channel.im[row + i]!];
      if (x === 0 && y === 0) continue;
      for (let j = 0, at = i * input; j < input; j++, at++) {
        result.re[row + j]! += x * matrix.re[at]! - y * matrix.im[at]!;
        result.im[row + j]! += x * matrix.im[at]! + y * matrix.re[at]!;
      }
    }
  }
  return result;
}
