import "./seed.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../src/numerics/random.js";
import { supportVectors } from "../src/numerics/support-vectors.js";

type Rows = readonly (readonly number[])[];

const linear = (rows: Rows): Float64Array[] =>
  rows.map((a) => Float64Array.from(rows, (b) => a.reduce((sum, x, k) => sum + x * b[k]!, 0)));

/** A kernel of rank `rank`, and labels. */
function drawn(seed: number, n: number, rank: number) {
  const random = new Random("margins", seed);
  const rows = Array.from({ length: n }, () => Array.from({ length: rank }, () => random.normal()));
  const y = Float64Array.from(rows, ([x]) => (x! + 0.5 * random.normal() > 0 ? 1 : -1));
  if (y.every((it) => it === y[0])) y[0] = -y[0]!;
  return { rows, K: linear(rows), y };
}

/** f at each row. */
const said = (K: readonly Float64Array[], { coefficients, offset }: ReturnType<typeof supportVectors>) =>
  K.map((row) => row.reduce((sum, k, j) => sum + k * coefficients[j]!, offset));

describe("a support vector machine", () => {
  test("of two points has its margin half-way: w = 2(a − b)/|a − b|²", () => {
    const rows = [[3, 1], [1, 0]]; // biome-ignore format: points
    const machine = supportVectors(linear(rows), Float64Array.of(1, -1), 1e6);
    for (const alpha of machine.coefficients) expect(Math.abs(alpha)).toBeCloseTo(2 / 5, 12);
    expect(machine.offset).toBeCloseTo(1 - (2 / 5) * (3 * 2 + 1 * 1), 12);
    expect(machine.isOptimal).toBe(true);
  });

  test("of points on a line stands by the two that are nearest to each other", () => {
    const rows = [[-5], [-2], [1], [4], [9]];
    const machine = supportVectors(linear(rows), Float64Array.of(-1, -1, 1, 1, 1), 1e3);
    expect(Array.from(machine.coefficients, (it) => it !== 0)).toEqual([false, true, true, false, false]);
    const w = machine.coefficients.reduce((sum, alpha, k) => sum + alpha * rows[k]![0]!, 0);
    expect(w).toBeCloseTo(2 / 3, 12);
    expect(machine.offset).toBeCloseTo(1 / 3, 12);
  });

  test.each([1, -1])("of one class alone says what it is called (%d)", (label) => {
    const machine = supportVectors(linear([[1], [2]]), Float64Array.of(label, label), 1);
    expect([...machine.coefficients]).toEqual([0, 0].map((it) => it * label));
    expect(machine.offset).toBe(label);
  });

  test("two rows that are the same and called differently are paid for: 0 ≤ f ≤ C·(1 + 1)", () => {
    const machine = supportVectors(linear([[1], [1]]), Float64Array.of(1, -1), 3);
    expect([...machine.coefficients]).toEqual([3, -3]);
    expect(machine.primal).toBeCloseTo(6, 12);
  });

  // What proves that nothing is better: Karush's, Kuhn's and Tucker's conditions, and a gap of primal and dual that closes.
  test("meets the conditions of the best, and its dual closes the gap", () => {
    const sizes = fc.record({ seed: fc.nat(1e6), n: fc.integer({ min: 2, max: 40 }), rank: fc.integer({ min: 1, max: 6 }), log: fc.integer({ min: -2, max: 2 }) }); // biome-ignore format: one thought
    fc.assert(
      fc.property(sizes, ({ seed, n, rank, log }) => {
        const C = 10 ** log;
        const { K, y } = drawn(seed, n, rank);
        const machine = supportVectors(K, y, C);
        expect(machine.isOptimal).toBe(true);
        expect(machine.primal - machine.dual).toBeGreaterThan(-1e-12 * machine.primal);
        expect(machine.primal - machine.dual).toBeLessThanOrEqual(1e-9 * machine.primal);
        const alpha = machine.coefficients.map((beta, k) => beta * y[k]!);
        expect(Math.abs(machine.coefficients.reduce((a, b) => a + b))).toBeLessThan(1e-12 * n * C);
        for (const [k, f] of said(K, machine).entries()) {
          expect(alpha[k]).toBeGreaterThanOrEqual(0);
          expect(alpha[k]).toBeLessThanOrEqual(C);
          const margin = y[k]! * f;
          const by = 1e-3 * (1 + Math.abs(f));
          if (alpha[k] === 0) expect(margin).toBeGreaterThan(1 - by);
          else if (alpha[k] === C) expect(margin).toBeLessThan(1 + by);
        }
      }),
      { numRuns: 60 },
    );
  });

  // Of any other plane: |w|²/2 + C Σ losses is no less.
  test("no other plane does better", () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const { rows, K, y } = drawn(seed, 12, 2);
        const { coefficients, offset, primal } = supportVectors(K, y, 2);
        const w = [0, 1].map((d) => coefficients.reduce((sum, beta, k) => sum + beta * rows[k]![d]!, 0));
        const objective = ([u, v, b]: readonly number[]) =>
          (u! ** 2 + v! ** 2) / 2 +
          2 * rows.reduce((sum, [p, q], k) => sum + Math.max(0, 1 - y[k]! * (u! * p! + v! * q! + b!)), 0);
        expect(objective([...w, offset])).toBeCloseTo(primal, 8);
        const random = new Random("planes", seed);
        for (let k = 0; k < 200; k++) {
          const size = 10 ** -random.below(4);
          const other = [...w, offset].map((value) => value + size * random.normal());
          expect(objective(other)).toBeGreaterThan(primal * (1 - 1e-9));
        }
      }),
      { numRuns: 40 },
    );
  });
});
