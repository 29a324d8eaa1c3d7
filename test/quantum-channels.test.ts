import { describe, expect, test } from "vitest";
import { type ComplexMatrix, combined, multiplied, zeroMatrix } from "../src/numerics/linear/complex-matrix.js";
import { hermitianEigenvalues } from "../src/numerics/linear/hermitian.js";
import { Random } from "../src/numerics/random.js";
import {
  type Channel,
  channelOf,
  channelOfMatrices,
  haarChannel,
  identityChannel,
  krausMatrix,
  preservationError,
  stochasticChannel,
  throughAdjoint,
  throughKraus,
} from "../src/quantum/channel.js";
import { composed, onMiddle, sideBySide } from "../src/quantum/channel-products.js";
import { choiMatrix, krausRank, krausWeights, minimalForm } from "../src/quantum/choi.js";

const random = new Random("test channels");
const haar = (input: number, output: number, count: number) => haarChannel(input, output, count, random);

/** Any Hermitian matrix of trace 1, as good as a state where all is linear. */
function hermitian(size: number): ComplexMatrix {
  const matrix = zeroMatrix(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      matrix.re[i * size + j] = matrix.re[j * size + i] = random.normal();
      if (j < i) matrix.im[j * size + i] = -(matrix.im[i * size + j] = random.normal());
    }
  }
  return matrix;
}

const most = (a: ComplexMatrix, b: ComplexMatrix): number =>
  a.re.reduce((worst, x, k) => Math.max(worst, Math.hypot(x - b.re[k]!, a.im[k]! - b.im[k]!)), 0);

/** How much two channels differ in what they do to random matrices. */
function difference(one: Channel, other: Channel): number {
  const inputs = Array.from({ length: 4 }, () => hermitian(one.input));
  return Math.max(...inputs.map((rho) => most(throughKraus(one, rho), throughKraus(other, rho))));
}

const traceOf = ({ size, re }: ComplexMatrix) => re.reduce((sum, x, k) => (k % (size + 1) === 0 ? sum + x : sum), 0);

const shapes = [
  [4, 2, 8],
  [4, 2, 2],
  [2, 4, 3],
  [3, 5, 1],
  [4, 4, 16],
  [8, 2, 4],
] as const;

describe("channels drawn by Haar's measure", () => {
  test.each(shapes)("%i → %i with %i operators preserve traces", (input, output, count) => {
    const channel = haar(input, output, count);
    expect(preservationError(channel).error).toBeLessThan(1e-14);
    const rho = hermitian(input);
    expect(traceOf(throughKraus(channel, rho))).toBeCloseTo(traceOf(rho), 12);
  });

  test("send |0⟩⟨0| to |0⟩⟨0| with probabilities of the Beta(8, 8) distribution", () => {
    const values = Array.from({ length: 2000 }, () => {
      const { re, im } = haar(4, 2, 8);
      return Array.from({ length: 8 }, (_, a) => re[8 * a]! ** 2 + im[8 * a]! ** 2).reduce((x, y) => x + y);
    });
    const mean = values.reduce((x, y) => x + y) / 2000;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2000;
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 68 / 2000));
    expect(Math.abs(variance - 1 / 68)).toBeLessThan(0.15 / 68);
  });
});

test("a stochastic matrix acts on the diagonal alone (eq. 36)", () => {
  const [w0, w1] = [0.3, 0.85];
  const channel = stochasticChannel([
    [w0, 1 - w0, w1, 1 - w1],
    [1 - w0, w0, 1 - w1, w1],
  ]);
  const rho = hermitian(4);
  const out = throughKraus(channel, rho);
  const p = [0, 5, 10, 15].map((at) => rho.re[at]!);
  const expected = zeroMatrix(2);
  expected.re[0] = w0 * p[0]! + (1 - w0) * p[1]! + w1 * p[2]! + (1 - w1) * p[3]!;
  expected.re[3] = (1 - w0) * p[0]! + w0 * p[1]! + (1 - w1) * p[2]! + w1 * p[3]!;
  expect(most(out, expected)).toBeLessThan(1e-14);
  expect(preservationError(channel).error).toBeLessThan(1e-15);
});

test("an observable seen through the channel has the mean value of what comes out", () => {
  const channel = haar(4, 3, 5);
  const [rho, O] = [hermitian(4), hermitian(3)];
  const after = traceOf(multiplied(throughKraus(channel, rho), O));
  expect(traceOf(multiplied(rho, throughAdjoint(channel, O)))).toBeCloseTo(after, 11);
});

test("square operators go in and come out", () => {
  const [a, b] = [hermitian(3), hermitian(3)];
  const channel = channelOfMatrices([a, b]);
  const rho = hermitian(3);
  const once = (K: ComplexMatrix) => multiplied(multiplied(K, rho), K); // K = K†
  const sum = combined(1, once(krausMatrix(channel, 0)), 1, once(krausMatrix(channel, 1)));
  expect(most(throughKraus(channel, rho), sum)).toBeLessThan(1e-12);
});

test("operators that do not sum to one are told where", () => {
  const half = channelOf([
    [
      [1, 0],
      [0, [0, 0.5]],
    ],
  ]);
  expect(preservationError(half)).toEqual({ error: 0.75, row: 1, column: 1 });
});

describe("minimal Kraus form", () => {
  test.each(shapes)("%i → %i of %i random operators does the same", (input, output, count) => {
    const channel = haar(input, output, count);
    const minimal = minimalForm(channel);
    expect(minimal.count).toBe(Math.min(count, input * output));
    expect(difference(channel, minimal)).toBeLessThan(1e-13);
    const eigenvalues = [...hermitianEigenvalues(choiMatrix(channel))].reverse();
    krausWeights(minimal).forEach((weight, a) => {
      expect(Math.abs(weight - eigenvalues[a]!)).toBeLessThan(1e-13);
    });
  });

  test("has orthogonal operators", () => {
    const { re, im, count } = minimalForm(composed(haar(4, 2, 5), haar(4, 4, 7)));
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < a; b++) {
        let [x, y] = [0, 0];
        for (let k = 0; k < 8; k++) {
          const [p, q] = [8 * a + k, 8 * b + k];
          x += re[p]! * re[q]! + im[p]! * im[q]!;
          y += re[p]! * im[q]! - im[p]! * re[q]!;
        }
        expect(Math.hypot(x, y)).toBeLessThan(6e-15);
      }
    }
  });

  test("keeps an operator of weight 10⁻²⁰, and none of rounding", () => {
    const p = 1e-20;
    const faint = [
      [
        [1, 0],
        [0, 1],
      ], // √(1 − p) is 1
      [
        [0, Math.sqrt(p)],
        [0, 0],
      ],
    ];
    expect(krausRank(channelOf(faint))).toBe(2);
    expect(krausRank(channelOf([...faint, ...faint]))).toBe(2);
  });
});

describe("composition", () => {
  test("is what one channel does to what the other gives", () => {
    const [a, b] = [haar(3, 4, 2), haar(4, 2, 3)];
    const rho = hermitian(3);
    expect(most(throughKraus(composed(b, a), rho), throughKraus(b, throughKraus(a, rho)))).toBeLessThan(1e-13);
  });

  test("is associative, by its minimal forms as well", () => {
    const [a, b, c] = [haar(4, 3, 5), haar(3, 4, 6), haar(4, 2, 3)];
    const left = composed(minimalForm(composed(c, b)), a);
    const right = composed(c, minimalForm(composed(b, a)));
    expect(difference(left, right)).toBeLessThan(1e-13);
    expect(most(choiMatrix(left), choiMatrix(right))).toBeLessThan(1e-13);
  });

  test("leaves the identity out of it", () => {
    const channel = haar(4, 2, 8);
    expect(composed(channel, identityChannel(4))).toEqual(channel);
  });

  // Layers as input-output-count, from the first to the last.
  test.each([
    ["4-4-2 4-2-2", 4, 4],
    ["4-4-2 4-4-2 4-2-2", 8, 8],
    ["4-4-2 4-4-2 4-4-2 4-2-2", 16, 8],
    ["4-4-16 4-2-8", 128, 8],
    ["4-4-16 4-4-16 4-2-8", 2048, 8],
    ["8-4-4 4-4-4 4-2-8", 128, 16],
  ])("of %s has %i products, and rank %i", (layers, products, rank) => {
    const drawn = layers.split(" ").map((layer) => layer.split("-").map(Number));
    const channels = drawn.map(([input = 0, output = 0, count = 0]) => haar(input, output, count));
    const whole = channels.reduce((before, after) => composed(after, before));
    expect(whole.count).toBe(products);
    const minimal = minimalForm(whole);
    expect(minimal.count).toBe(rank);
    expect(difference(whole, minimal)).toBeLessThan(1e-13);
  });
});

describe("side by side", () => {
  test("of products is the product of what each does", () => {
    const [a, b] = [haar(2, 3, 2), haar(3, 2, 4)];
    const [c, d] = [haar(3, 2, 3), haar(2, 2, 2)];
    const one = composed(sideBySide(c, d), sideBySide(a, b));
    const other = sideBySide(composed(c, a), composed(d, b));
    expect(most(choiMatrix(one), choiMatrix(other))).toBeLessThan(1e-13);
  });

  test("a part that nothing acts on keeps its state", () => {
    const [a, b] = [haar(2, 2, 3), haar(2, 3, 2)];
    const together = onMiddle(2, b, 1);
    expect(difference(composed(together, sideBySide(a, identityChannel(2))), sideBySide(a, b))).toBeLessThan(1e-14);
  });
});
