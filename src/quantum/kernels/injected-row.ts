import type { Double } from "../../numerics/linear/kernels/double.js";
import { addProduct, combine } from "./complex-product.js";

/**
 * A row of a register that is fed by a qubit: σ ← W₀σW₀† + W₁σW₁†, of size d, `width` wide. W is put together of what it is
 * for |e⟩ and |g⟩, the factors of which stand before: W₀, W₁ and their adjoints of one, then of the other.
 */
export function carryInjected(
  memory: Float64Array,
  factors: number,
  parts: number,
  W: number,
  T: number,
  sigma: number,
  size: number,
  width: number,
): void {
  const numbers = 2 * size * width;
  combine(memory, factors, 2, parts, W, 4 * numbers);
  memory.fill(0, T, T + 2 * numbers);
  addProduct(memory, W, width, sigma, T, 2 * size, size, width);
  memory.fill(0, sigma, sigma + numbers);
  addProduct(memory, T, width, W + 2 * numbers, sigma, size, size, width);
  addProduct(memory, T + numbers, width, W + 3 * numbers, sigma, size, size, width);
}

/** What of a Hermitian matrix is independent: of each row the diagonal, then real and imaginary parts of what stands right of it. */
export function packHermitian(memory: Float64Array, sigma: number, size: number, width: number, to: number): void {
  let k = to;
  for (let i = 0; i < size; i++) {
    const row = sigma + 2 * i * width;
    memory[k++] = memory[row + i]!;
    for (let j = i + 1; j < size; j++) {
      const re: Double = memory[row + j]!;
      const im: Double = memory[row + width + j]!;
      memory[k++] = re;
      memory[k++] = im;
    }
  }
}
