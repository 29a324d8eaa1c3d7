import type { Ket } from "./block.js";

/** The normalised ket of numbers in the order of gates; ours begins with |1…1⟩ = |e…e⟩. */
export function ketOf(numbers: readonly number[]): Ket {
  const norm = Math.hypot(...numbers);
  return { re: numbers.map((value) => value / norm).reverse(), im: numbers.map(() => 0) };
}
