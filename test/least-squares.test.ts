import { describe, expect, test } from "vitest";
import { leastSquares } from "../src/numerics/linear/least-squares.js";
import { Random } from "../src/numerics/random.js";

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, k) => sum + value * b[k]!, 0);

const drawn = (seed: number, rows: number, columns: number) => {
  const random = new Random("least squares", seed);
  const column = () => Float64Array.from({ length: rows }, () => random.normal());
  return { A: Array.from({ length: columns }, column), b: column() };
};

const rest = (A: readonly Float64Array[], x: Float64Array, b: Float64Array): Float64Array =>
  b.map((value, i) => value - A.reduce((sum, column, j) => sum + column[i]! * x[j]!, 0));

describe("least squares", () => {
  test.each([1, 2, 3])("leave a rest that is orthogonal to every column, seed %i", (seed) => {
    const { A, b } = drawn(seed, 40, 1 + 5 * seed);
    const left = rest(A, leastSquares(A, b, 0), b);
    for (const column of A) expect(Math.abs(dot(column, left))).toBeLessThan(1e-12);
  });

  test("with a weight on x, Aᵀ(A x − b) + λ x = 0", () => {
    const { A, b } = drawn(4, 30, 12);
    const x = leastSquares(A, b, 0.7);
    const left = rest(A, x, b);
    for (const [j, column] of A.entries()) expect(Math.abs(dot(column, left) - 0.7 * x[j]!)).toBeLessThan(1e-12);
  });

  test("give 0 to a column that says nothing new, and the smallest x where λ decides", () => {
    const { A, b } = drawn(5, 20, 3);
    const twice = [...A, A[1]!];
    const plain = rest(A, leastSquares(A, b, 0), b);
    const x = leastSquares(twice, b, 0);
    expect(x[3]).toBe(0);
    for (const [i, value] of rest(twice, x, b).entries()) expect(value).toBeCloseTo(plain[i]!, 12);
    const shared = leastSquares(twice, b, 1e-9);
    expect(shared[1]).toBeCloseTo(shared[3]!, 6);
  });
});
