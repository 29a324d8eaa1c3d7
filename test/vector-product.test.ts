import { afterEach, describe, expect, test, vi } from "vitest";
import { lcgNumbers } from "../src/expressions/lcg.js";
import { productOf } from "../src/numerics/lanes/product.js";

// A product of real matrices is what its definition says, of any shape, with vector instructions and without.

const shapes = [
  [1, 1, 1],
  [1, 256, 150],
  [2, 3, 4],
  [5, 10, 10],
  [7, 100, 13],
  [32, 32, 32],
  [130, 3, 2],
] as const;

const worstOf = (rows: number, inner: number, columns: number): number => {
  const product = productOf(rows, inner, columns);
  let worst = 0;
  // The second time nothing of the first may be left.
  for (const seed of [1, 2]) {
    const numbers = lcgNumbers(seed, rows * inner + inner * columns).map((value) => value - 0.5);
    const [A, B] = [numbers.subarray(0, rows * inner), numbers.subarray(rows * inner)];
    product.a.set(A);
    for (let k = 0; k < inner; k++) product.b.set(B.subarray(k * columns, (k + 1) * columns), k * product.width);
    product.multiply();
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += A[i * inner + k]! * B[k * columns + j]!;
        worst = Math.max(worst, Math.abs(product.c[i * product.width + j]! - sum));
      }
    }
  }
  return worst;
};

describe("C = AB", () => {
  afterEach(() => void vi.unstubAllGlobals());

  test.each(shapes)("%d × %d times %d columns, two numbers an instruction", (...shape) => {
    expect(worstOf(...shape)).toBeLessThan(1e-13);
  });

  test.each(shapes)("%d × %d times %d columns, where the host makes no code of bytes", (...shape) => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(worstOf(...shape)).toBeLessThan(1e-13);
  });
});
