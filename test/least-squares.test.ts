import { describe, expect, test, vi } from "vitest";
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

  // So many numbers are folded by rows before they are solved.
  test.each([
    [2001, 21],
    [900, 50],
    [5003, 8],
  ])("of %i rows and %i columns find what the right side is made of, and leave an orthogonal rest", (rows, columns) => {
    const { A, b } = drawn(6, rows, columns);
    const made = Float64Array.from({ length: columns }, (_, j) => (j % 7) - 3);
    const whole = rest(A, made, new Float64Array(rows)).map((value) => -value);
    for (const [j, value] of leastSquares(A, whole, 0).entries()) expect(value).toBeCloseTo(made[j]!, 12);
    const x = leastSquares(A, b, 3);
    const left = rest(A, x, b);
    for (const [j, column] of A.entries()) expect(Math.abs(dot(column, left) - 3 * x[j]!)).toBeLessThan(1e-11);
  });

  test.each([40, 4000])("of %i rows give 0 to columns that say nothing new, wherever they stand", (rows) => {
    const { A, b } = drawn(7, rows, 12);
    const more = [A[0]!, ...A, A[3]!.map((value, i) => value - 2 * A[7]![i]!), new Float64Array(rows)];
    const x = leastSquares(more, b, 0);
    expect([x[1], x[13], x[14]]).toEqual([0, 0, 0]);
    const left = rest(more, x, b);
    for (const column of A) expect(Math.abs(dot(column, left))).toBeLessThan(1e-10);
  });

  test("of many rows are the same on a host without WebAssembly", () => {
    const { A, b } = drawn(8, 3000, 31);
    const compiled = leastSquares(A, b, 1e-3);
    vi.stubGlobal("WebAssembly", undefined);
    expect(leastSquares(A, b, 1e-3)).toEqual(compiled);
    vi.unstubAllGlobals();
  });
});
