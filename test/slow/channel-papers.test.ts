import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type ComplexMatrix, zeroMatrix } from "../../src/numerics/linear/complex-matrix.js";
import { Random } from "../../src/numerics/random.js";
import { type Channel, haarChannel, throughKraus } from "../../src/quantum/channel.js";
import { composed } from "../../src/quantum/channel-products.js";
import { krausWeights, minimalForm } from "../../src/quantum/choi.js";
import { inFolderOfItsOwn, pinched } from "../command-line.js";
import { distance } from "../random-quantum.js";

// What the thesis abstract says of channels, and what was found beyond it, for other seeds than the lessons' own.

const lessons = [
  "channel-learns-xor",
  "channel-sixteen-gates",
  "parity-by-a-tree",
  "rank-of-layers",
  "composition-and-compression",
  "quantum-memristor-learns",
];

describe.each(lessons)("%s", (name) => {
  inFolderOfItsOwn();
  const lesson = resolve(import.meta.dirname, `../../netlists/learning/${name}.cir`);

  test.each([2, 3, 4])("keeps its bars with seed %i", { timeout: 120_000 }, async (seed) => {
    const { code, err } = await pinched(["run", lesson, "-o", "out", "--no-plots", "--seed", String(seed)]);
    expect(code, err).toBe(0);
  });
});

describe.each([1, 2, 3, 4])("layers of random channels, seed %i", (seed) => {
  const random = new Random("layers", seed);
  /** Levels between layers, how many operators each has, and how many there are in the end. */
  const networks = [
    [[4, 4, 2], [2, 2], 4, 4],
    [[4, 4, 4, 2], [2, 2, 2], 8, 8],
    [[4, 4, 4, 4, 2], [2, 2, 2, 2], 16, 8],
    [[4, 4, 2], [16, 8], 128, 8],
    [[4, 4, 4, 2], [16, 16, 8], 2048, 8],
    [[8, 4, 4, 2], [4, 4, 8], 128, 16],
  ] as const;

  const state = (size: number): ComplexMatrix => {
    const rho = zeroMatrix(size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) {
        rho.re[i * size + j] = rho.re[j * size + i] = random.normal() / size;
        if (j < i) rho.im[i * size + j] = -(rho.im[j * size + i] = random.normal() / size);
      }
    return rho;
  };

  test.each(networks)("%j with %j operators have %i products, of which %i differ", (levels, counts, products, rank) => {
    const layers = counts.map((count, k) => haarChannel(levels[k]!, levels[k + 1]!, count, random));
    const whole: Channel = layers.reduce((before, after) => composed(after, before));
    expect(whole.count).toBe(products);
    const least = minimalForm(whole);
    expect(least.count).toBe(rank);
    const rho = state(levels[0]);
    const through = layers.reduce((at, layer) => throughKraus(layer, at), rho);
    expect(distance(throughKraus(least, rho), through)).toBeLessThan(1e-12);
    // Orthogonal to each other: Tr K†L = 0.
    const n = least.input * least.output;
    const weights = krausWeights(least);
    for (let a = 0; a < least.count; a++) {
      for (let b = 0; b < a; b++) {
        let [x, y] = [0, 0];
        for (let k = 0; k < n; k++) {
          const [p, q] = [a * n + k, b * n + k];
          x += least.re[p]! * least.re[q]! + least.im[p]! * least.im[q]!;
          y += least.re[p]! * least.im[q]! - least.im[p]! * least.re[q]!;
        }
        expect(Math.hypot(x, y)).toBeLessThan(1e-13 * Math.sqrt(weights[a]! * weights[b]!) + 1e-14);
      }
    }
  });
});
