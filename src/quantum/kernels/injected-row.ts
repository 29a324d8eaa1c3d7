import type { Double } from "../../numerics/linear/kernels/double.js";
import { adjointProduct } from "./adjoint-product.js";

/**
 * A row of a register that is fed by a qubit: σ ← W₀σW₀† + W₁σW₁†, of size d, `width` wide. W₀† and W₁†, which is all that it takes, as σ is Hermitian,
 * are put together of what they are for |e⟩ and |g⟩, the factors of which stand before.
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
  const excited: Double = memory[factors]!;
  const ground: Double = memory[factors + 1]!;
  const other = parts + 2 * numbers;
  for (let lane = 0; lane < 2 * numbers; lane++)
    memory[W + lane] = excited * memory[parts + lane]! + ground * memory[other + lane]!;
  adjointProduct(memory, sigma, W, T, size, size, width, 0);
  adjointProduct(memory, sigma, W + numbers, T + numbers, size, size, width, 0);
  adjointProduct(memory, W, T, sigma, size, 2 * size, width, 1);
  mirror(memory, sigma, size, width);
}

/** What stands left of the diagonal of a Hermitian matrix, from what stands right of it. */
function mirror(memory: Float64Array, sigma: number, size: number, width: number): void {
  for (let i = 0; i < size; i++) {
    const from = sigma + 2 * i * width;
    let to = from + i;
    memory[to + width] = 0;
    for (let j = i + 1; j < size; j++) {
      to += 2 * width;
      memory[to] = memory[from + j]!;
      memory[to + width] = -memory[from + width + j]!;
    }
  }
}

/**
 * What of a Hermitian matrix is independent, times each of three factors, one copy behind the other: of each row the diagonal, then real and imaginary
 * parts of what stands right of it.
 */
export function packHermitian(
  memory: Float64Array,
  sigma: number,
  size: number,
  width: number,
  factors: number,
  to: number,
): void {
  let k = to;
  for (let copy = 0; copy < 3; copy++) {
    const factor: Double = memory[factors + copy]!;
    for (let i = 0; i < size; i++) {
      const row = sigma + 2 * i * width;
      memory[k++] = factor * memory[row + i]!;
      for (let j = i + 1; j < size; j++) {
        const re: Double = memory[row + j]!;
        const im: Double = memory[row + width + j]!;
        memory[k++] = factor * re;
        memory[k++] = factor * im;
      }
    }
  }
}

/**
 * A column of functionals of what `packHermitian` gives: Tr(O(|ψ⟩⟨ψ| ⊗ σ)) for the Hermitian O of a register, whose qubit has the stride
 * `stride`, by ⟨e|O|e⟩, ⟨g|O|g⟩ and both others. Lines are `across` apart.
 */
export function layFunctional(
  memory: Float64Array,
  O: number,
  size: number,
  width: number,
  stride: number,
  to: number,
  across: number,
): void {
  const half = size >> 1;
  const block = half * half * across;
  const down = 2 * stride * width;
  let line = to;
  for (let p = 0; p < size; p++) {
    if (p % (2 * stride) >= stride) continue;
    for (let q = p; q < size; q++) {
      if (q % (2 * stride) >= stride) continue;
      const above = O + 2 * p * width + q;
      const below = O + 2 * q * width + p;
      const both = down + stride;
      if (p === q) {
        memory[line] = memory[above]!;
        memory[line + block] = memory[above + both]!;
        memory[line + 2 * block] = memory[above + down]! + memory[above + stride]!;
        line += across;
        continue;
      }
      // O[q,p]σ[p,q] + O[p,q]σ[q,p] with σ[q,p] = σ[p,q]*; of Hermitian blocks twice the real part of one.
      memory[line] = memory[below]! + memory[above]!;
      memory[line + across] = memory[above + width]! - memory[below + width]!;
      memory[line + block] = memory[below + both]! + memory[above + both]!;
      memory[line + block + across] = memory[above + both + width]! - memory[below + both + width]!;
      memory[line + 2 * block] = memory[below + down]! + memory[below + stride]! + (memory[above + down]! + memory[above + stride]!); // biome-ignore format: one thought
      memory[line + 2 * block + across] = memory[above + down + width]! + memory[above + stride + width]! - (memory[below + down + width]! + memory[below + stride + width]!); // biome-ignore format: one thought
      line += 2 * across;
    }
  }
}
