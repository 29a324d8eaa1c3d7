import { columnsOf, columnsOfRows, rowsOf } from "../numerics/linear/columns.js";
import { type ComplexMatrix, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { orthonormalise } from "../numerics/linear/orthonormal-columns.js";
import { makeRowsOrthogonal } from "../numerics/linear/singular-values.js";
import { type Channel, emptyChannel } from "./channel.js";

/** How Kraus operators lie in memory: ⟨o|K_a|i⟩ stands at a·operator + o·output + i·input. */
interface KrausLayout {
  readonly operator: number;
  readonly output: number;
  readonly input: number;
}

/**
 * Overwrites J = Σ vec(Kₐ) vec(Kₐ)†, vec row by row, so that the index of the output is the slow one (M.-D. Choi, Linear Algebra
 * and its Applications 10, 285, 1975): the channel as one positive matrix, of trace d_in.
 */
export function fillChoi(
  { input, output, count, re, im }: Channel,
  at: KrausLayout,
  J: Omit<ComplexMatrix, "size">,
): void {
  const D = input * output;
  const end = count * at.operator;
  for (let p = 0; p < D; p++) {
    const first = (p % input) * at.input + Math.floor(p / input) * at.output;
    for (let q = 0; q <= p; q++) {
      const second = (q % input) * at.input + Math.floor(q / input) * at.output;
      let x = 0;
      let y = 0;
      for (let a = 0; a < end; a += at.operator) {
        const k = first + a;
        const l = second + a;
        x += re[k]! * re[l]! + im[k]! * im[l]!;
        y += im[k]! * re[l]! - re[k]! * im[l]!;
      }
      J.re[p * D + q] = x;
      J.re[q * D + p] = x;
      J.im[p * D + q] = y;
      J.im[q * D + p] = -y;
    }
  }
}

/** The Choi matrix. */
export function choiMatrix(channel: Channel): ComplexMatrix {
  const { input, output } = channel;
  const J = zeroMatrix(input * output);
  fillChoi(channel, { operator: input * output, output: input, input: 1 }, J);
  return J;
}

/** Below this part of the greatest, an eigenvalue of the Choi matrix is rounding. Operators are turned themselves, so errors are squares. */
const negligible = 1e-26;

/**
 * The same channel by orthogonal Kraus operators, the heaviest first, as few as there can be: at most input × output. They are
 * √λ times the eigenvectors of the Choi matrix, found without it: operators are turned against each other, which keeps what
 * the channel does to rounding, and shows faint ones as well.
 */
export function minimalForm(channel: Channel): Channel {
  const { input, output } = channel;
  const n = input * output;
  const { re, im, rows } = compact(channel);
  makeRowsOrthogonal({ rows, columns: n, re, im });
  const weight = krausWeights({ input, output, count: rows, re, im });
  const order = [...weight.keys()].sort((a, b) => weight[b]! - weight[a]!);
  const kept = order.filter((a) => weight[a]! > negligible * weight[order[0]!]!);
  const minimal = emptyChannel(input, output, kept.length);
  kept.forEach((from, to) => {
    minimal.re.set(re.subarray(from * n, (from + 1) * n), to * n);
    minimal.im.set(im.subarray(from * n, (from + 1) * n), to * n);
  });
  return minimal;
}

/** vec(Kₐ) as rows, to be overwritten: of more than input × output of them a triangle of as many, which does the same. */
function compact({ input, output, count, re, im }: Channel) {
  const columns = input * output;
  if (count <= columns) return { rows: count, re: re.slice(), im: im.slice() };
  const triangle = columnsOf(columns, columns);
  orthonormalise(columnsOfRows(count, columns, re, im), triangle);
  return { columns, ...rowsOf(triangle) };
}

/** Tr Kₐ†Kₐ of each operator; of a minimal form the eigenvalues of the Choi matrix. */
export function krausWeights({ input, output, count, re, im }: Channel): Float64Array {
  const n = input * output;
  const weights = new Float64Array(count);
  for (let at = 0; at < count * n; at++) weights[Math.floor(at / n)]! += re[at]! ** 2 + im[at]! ** 2;
  return weights;
}

/** The least number of Kraus operators that do the same. */
export const krausRank = (channel: Channel): number => minimalForm(channel).count;
