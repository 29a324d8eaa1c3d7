import type { Circuit } from "../../circuit/circuit.js";
import type { Kernel, KernelTrainCard } from "../../circuit/training/kernel-card.js";
import { GateModel, gateProblems } from "../../equations/quantum/gate-model.js";
import type { Diagnostic } from "../../text/diagnostic.js";

/** How alike two samples are: the scalar product of what they are mapped to. */
export interface Likeness {
  /** What a sample is mapped to, numbers that stay. */
  mapped(inputs: ArrayLike<number>): Float64Array;
  /** k(a, b), of two that have been mapped. */
  of(a: Float64Array, b: Float64Array): number;
}

/**
 * Fidelity: |⟨ψ(a)|ψ(b)⟩|² of the states that a block's gates make of the samples (V. Havlíček et al., Nature 567, 209, 2019;
 * M. Schuld and N. Killoran, Physical Review Letters 122, 040504, 2019). The classical ones are exp(−|a − b|²/2w²) and
 * (1 + a·b)^degree.
 */
export function likenessOf(kernel: Kernel, { blocks }: Circuit): Likeness {
  if (kernel.kind === "gauss") {
    const { width } = kernel;
    return { mapped: plain, of: (a, b) => Math.exp(-squaredDistance(a, b) / (2 * width ** 2)) };
  }
  if (kernel.kind === "polynomial") return { mapped: plain, of: (a, b) => (1 + product(a, b)) ** kernel.degree };
  const block = blocks[kernel.block]!;
  const model = new GateModel(block);
  const numbers = Float64Array.from(block.numbers, ({ value }) => value);
  return {
    mapped(inputs) {
      for (const [k, place] of kernel.features.entries()) numbers[place] = inputs[k]!;
      model.run(numbers);
      const { re, im } = model.circuit.state;
      return Float64Array.from([...re, ...im]);
    },
    of: fidelity,
  };
}

const plain = (inputs: ArrayLike<number>): Float64Array => Float64Array.from(inputs);

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2;
  return sum;
}

/** |⟨a|b⟩|², real parts in front of imaginary ones. */
function fidelity(a: Float64Array, b: Float64Array): number {
  const n = a.length / 2;
  let [re, im] = [0, 0];
  for (let k = 0; k < n; k++) {
    re += a[k]! * b[k]! + a[n + k]! * b[n + k]!;
    im += a[k]! * b[n + k]! - a[n + k]! * b[k]!;
  }
  return re * re + im * im;
}

/** Why the states of a block cannot be compared. */
export function kernelProblems({ blocks }: Circuit, { kernel, span }: KernelTrainCard): readonly Diagnostic[] {
  if (kernel.kind !== "fidelity") return [];
  const block = blocks[kernel.block]!;
  if (block.thermal === undefined)
    return gateProblems(block).map((problem): Diagnostic => ({ severity: "error", ...problem }));
  const message = `\`kernel=fidelity\` compares kets, but \`${block.name}\` starts in a thermal state.`;
  return [{ severity: "error", code: "mixed-state", message, span }];
}
