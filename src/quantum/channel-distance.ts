import { type ComplexMatrix, combined, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { hermitianEigenvectors } from "../numerics/linear/hermitian-eigenvectors.js";
import { Random } from "../numerics/random.js";
import type { Channel } from "./channel.js";
import { conjugated } from "./channel-compression.js";
import { choiMatrix } from "./choi.js";

/** How far two channels are from each other; all between 0 and 2. */
export interface ChannelDistance {
  /** The largest ‖(N − M)(ψ)‖₁ that was found: a lower bound of the supremum over all states, as a rule the supremum. */
  readonly found: number;
  /** The diamond norm ‖N − M‖◇, where states may be entangled with what the channels do not touch, lies between these. */
  readonly diamond: readonly [least: number, most: number];
}

const starts = 12;
/** More than any needs; a hundred are usual. */
const mostRounds = 2000;

/**
 * The trace distance of two channels of the same shape, by a see-saw over states: to ψ belongs the operator M = sign Δ(ψ), to M
 * the ψ with the largest ⟨ψ|Δ†(M)|ψ⟩, and neither step lowers ‖Δ(ψ)‖₁. The diamond norm between ‖J‖₁/d_in and the greatest
 * eigenvalue of Tr_out|J|, J the Choi matrix of the difference (I. Nechita, Z. Puchała, Ł. Pawela and K. Życzkowski, Journal of
 * Mathematical Physics 59, 052201, 2018).
 */
export function channelDistance(one: Channel, other: Channel): ChannelDistance {
  const difference: Difference = {
    input: one.input,
    output: one.output,
    choi: combined(1, choiMatrix(one), -1, choiMatrix(other)),
  };
  const random = new Random("channel distance");
  let best = { norm: 0, ket: randomKet(one.input, random) };
  for (let k = 0; k < starts; k++) {
    const climbed = seeSaw(difference, k === 0 ? best.ket : randomKet(one.input, random), 1e-5);
    if (climbed.norm > best.norm) best = climbed;
  }
  const found = seeSaw(difference, best.ket, 1e-12).norm;
  const { trace, most } = absolute(difference);
  return { found, diamond: [Math.max(found, trace / one.input), Math.max(found, most)] };
}

/** Δ = N − M by its Choi matrix, whose entry (o·in + i, o′·in + i′) is ⟨o|Δ(|i⟩⟨i′|)|o′⟩. */
interface Difference {
  readonly input: number;
  readonly output: number;
  readonly choi: ComplexMatrix;
}

interface Ket {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function randomKet(size: number, random: Random): Ket {
  const re = Float64Array.from({ length: size }, () => random.normal());
  const im = Float64Array.from({ length: size }, () => random.normal());
  const length = Math.sqrt(re.reduce((sum, x, k) => sum + x * x + im[k]! ** 2, 0));
  return { re: re.map((x) => x / length), im: im.map((x) => x / length) };
}

/** Climbs from a state, as long as ‖Δ(ψ)‖₁ grows by more than `gain` of itself; gives the last state and its norm. */
function seeSaw(difference: Difference, start: Ket, gain: number): { readonly norm: number; readonly ket: Ket } {
  let ket = start;
  let best = 0;
  for (let round = 0; round < mostRounds; round++) {
    const { values, vectors } = hermitianEigenvectors(imageOf(difference, ket));
    const norm = values.reduce((sum, value) => sum + Math.abs(value), 0);
    if (!(norm > best * (1 + gain))) return { norm: Math.max(norm, best), ket };
    best = norm;
    ket = topOf(
      observableBefore(
        difference,
        conjugated(
          vectors,
          values.map((value) => (value < 0 ? -1 : 1)),
        ),
      ),
    );
  }
  return { norm: best, ket };
}

/** Δ(|ψ⟩⟨ψ|). */
function imageOf({ input, output, choi }: Difference, { re, im }: Ket): ComplexMatrix {
  const image = zeroMatrix(output);
  const [n, width] = [choi.size, input];
  for (let p = 0; p < n; p++) {
    const [o, i] = [Math.floor(p / width), p % width];
    for (let q = 0; q < n; q++) {
      const [u, j] = [Math.floor(q / width), q % width];
      const [x, y] = [re[i]! * re[j]! + im[i]! * im[j]!, im[i]! * re[j]! - re[i]! * im[j]!];
      const [a, b] = [choi.re[p * n + q]!, choi.im[p * n + q]!];
      image.re[o * output + u]! += a * x - b * y;
      image.im[o * output + u]! += a * y + b * x;
    }
  }
  return image;
}

/** Δ†(M). */
function observableBefore({ input, output, choi }: Difference, M: ComplexMatrix): ComplexMatrix {
  const before = zeroMatrix(input);
  const n = choi.size;
  for (let p = 0; p < n; p++) {
    const [o, i] = [Math.floor(p / input), p % input];
    for (let q = 0; q < n; q++) {
      const [u, j] = [Math.floor(q / input), q % input];
      const [x, y] = [M.re[u * output + o]!, M.im[u * output + o]!];
      const [a, b] = [choi.re[p * n + q]!, choi.im[p * n + q]!];
      before.re[j * input + i]! += a * x - b * y;
      before.im[j * input + i]! += a * y + b * x;
    }
  }
  return before;
}

/** The eigenvector of the greatest eigenvalue. */
function topOf(matrix: ComplexMatrix): Ket {
  const { values, vectors } = hermitianEigenvectors(matrix);
  const n = matrix.size;
  let top = 0;
  for (let k = 1; k < n; k++) if (values[k]! > values[top]!) top = k;
  const column = (plane: Float64Array) => Float64Array.from({ length: n }, (_, k) => plane[k * n + top]!);
  return { re: column(vectors.re), im: column(vectors.im) };
}

/** ‖J‖₁, and the greatest eigenvalue of Tr_out|J|. */
function absolute({ input, output, choi }: Difference): { readonly trace: number; readonly most: number } {
  const { values, vectors } = hermitianEigenvectors(choi);
  const J = conjugated(
    vectors,
    values.map((value) => Math.abs(value)),
  );
  const part = zeroMatrix(input);
  for (let o = 0; o < output; o++) {
    for (let i = 0; i < input; i++) {
      for (let j = 0; j < input; j++) {
        const at = (o * input + i) * choi.size + o * input + j;
        part.re[i * input + j]! += J.re[at]!;
        part.im[i * input + j]! += J.im[at]!;
      }
    }
  }
  const trace = values.reduce((sum, value) => sum + Math.abs(value), 0);
  return { trace, most: hermitianEigenvectors(part).values.reduce((a, b) => Math.max(a, b), 0) };
}
