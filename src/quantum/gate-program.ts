import { type KernelSet, roomWith } from "../numerics/kernel-room.js";
import type { Amplitudes } from "./amplitudes.js";
import type { Step } from "./circuit-steps.js";
import { type GateKind, gateMatrix } from "./gates.js";
import { plainKernels } from "./kernels/index.js";
import { compiledKernels, kernelsTake } from "./kernels.wasm.js";

type Kernels = typeof plainKernels;

const kernels: KernelSet<Kernels> = { plain: plainKernels, compiled: compiledKernels, take: kernelsTake };

/** As the kernels know them (`kernels/gates.ts`). */
const kinds = { rx: 0, ry: 1, rz: 2, p: 3, fixed: 4, signs: 5, diagonal: 6 } as const;
const inCode = 6;

const diagonals: readonly GateKind[] = ["z", "s", "sdg", "t", "tdg"];

/** A gate in the form in which it is done. */
interface Coded {
  /** The gate of the circuit that it is of; fixed ones that were put together have the first one's. */
  readonly gate: number;
  /** Whether it takes an angle. */
  readonly isTurn: boolean;
  /** For the shifts of a controlled turn. */
  readonly isControlled: boolean;
  readonly kind: keyof typeof kinds;
  readonly target: number;
  /** The first of each pair of amplitudes, (i, i + target), |e⟩ = |1⟩ first, where the control is |1⟩. */
  readonly first: Int32Array;
  /** cos and sin of a turn, the entries of a matrix, or a diagonal: real parts, then imaginary ones. */
  readonly numbers: Float64Array;
}

/**
 * Steps of a circuit as code for kernels, with the states that they act on. What is diagonal and follows no angle is one table as
 * long as nothing else comes between.
 */
export class GateProgram {
  readonly gates: readonly Pick<Coded, "gate" | "isTurn" | "isControlled">[];
  readonly #coded: readonly Coded[];
  readonly #size: number;
  readonly #memory: Float64Array;
  readonly #code: Int32Array;
  readonly #apply: (psi: number, size: number, from: number, to: number) => void;
  readonly #carryBack: (
    psi: number,
    lambda: number,
    slopes: number,
    size: number,
    first: number,
    count: number,
  ) => void;
  readonly #found: Float64Array; // where slopes are
  #wanted: readonly boolean[] | undefined;
  #first = -1;
  readonly #own: readonly number[];
  readonly #slopes: number;

  /**
   * @param size D
   * @param states how many states it has, by their numbers
   * @param slots gates of the circuit, of which each may have a slope
   */
  constructor(steps: readonly Step[], size: number, states: number, slots: number) {
    const coded = codedSteps(steps, size);
    [this.gates, this.#coded, this.#size] = [coded, coded, size];
    let at = 2 * size * states;
    this.#own = coded.map(({ numbers }) => (at += numbers.length) - numbers.length);
    this.#slopes = at;
    const code = new Int32Array(coded.reduce((sum, { first }) => sum + inCode + first.length, 0));
    let list = inCode * coded.length;
    for (const [k, { kind, target, first }] of coded.entries()) {
      code.set([kinds[kind], target, list, first.length, this.#own[k]!, -1], inCode * k);
      code.set(first, list);
      list += first.length;
    }
    const {
      arrays,
      kernels: of,
      bind,
    } = roomWith(kernels, 0, (room) => ({
      memory: room.doubles(at + slots),
      code: room.ints(code),
    }));
    [this.#memory, this.#code] = [arrays.memory, arrays.code];
    this.#apply = bind(of.applyGates, arrays.memory, arrays.code);
    this.#carryBack = bind(of.carryBack, arrays.memory, arrays.code);
    this.#found = this.#memory.subarray(at, at + slots);
    for (const [k, { numbers }] of coded.entries()) this.#memory.set(numbers, this.#own[k]);
  }

  /** A state, which is where the gates act. */
  state(number: number): Amplitudes {
    const at = 2 * this.#size * number;
    return { re: this.#memory.subarray(at, at + this.#size), im: this.#memory.subarray(at + this.#size, at + 2 * this.#size) }; // biome-ignore format: one thought
  }

  /** Gives a turn an angle, rad. */
  turn(k: number, angle: number): void {
    const half = this.#coded[k]!.kind === "p" ? angle : angle / 2;
    this.#memory[this.#own[k]!] = Math.cos(half);
    this.#memory[this.#own[k]! + 1] = Math.sin(half);
  }

  /** Gates act on a state, from one to before another. */
  apply(state: number, from = 0, to = this.#coded.length): void {
    this.#apply(2 * this.#size * state, this.#size, from, to);
  }

  /**
   * Writes 2 Re⟨λ|dU/dθ|ψ⟩ of each gate that is wanted, by its place in the circuit, where ψ and λ are states behind all gates; both are
   * carried back.
   */
  slopes(psi: number, lambda: number, wanted: readonly boolean[], out: Float64Array): void {
    if (wanted !== this.#wanted) this.#want(wanted);
    this.#found.fill(0);
    const size = this.#size;
    if (this.#first >= 0) this.#carryBack(2 * size * psi, 2 * size * lambda, this.#slopes, size, this.#first, this.gates.length); // biome-ignore format: one thought
    out.set(this.#found);
  }

  #want(wanted: readonly boolean[]): void {
    this.#wanted = wanted;
    this.#first = this.gates.findIndex(({ gate, isTurn }) => isTurn && wanted[gate]);
    for (const [k, { gate, isTurn }] of this.#coded.entries()) {
      this.#code[inCode * k + 5] = isTurn && wanted[gate] ? gate : -1;
    }
  }
}

function codedSteps(steps: readonly Step[], size: number): readonly Coded[] {
  const coded: Coded[] = [];
  for (let k = 0; k < steps.length; ) {
    let end = k;
    while (end < steps.length && diagonals.includes(steps[end]!.type)) end++;
    coded.push(end > k ? diagonalOf(steps.slice(k, end), size) : codedStep(steps[k]!, size));
    k = Math.max(end, k + 1);
  }
  return coded;
}

function codedStep({ gate, type, target, control }: Step, size: number): Coded {
  const first = Int32Array.from({ length: size }, (_, i) => i).filter((i) => (i & target) === 0 && (i & control) === 0);
  const plain = { gate, isTurn: false, isControlled: control !== 0, target, first };
  if (type === "rx" || type === "ry" || type === "rz" || type === "p")
    return { ...plain, isTurn: true, kind: type, numbers: Float64Array.of(1, 0) };
  const { re, im } = gateMatrix(type);
  return { ...plain, kind: "fixed", numbers: Float64Array.from({ length: 8 }, (_, k) => (k % 2 === 0 ? re : im)[k >> 1]!) }; // biome-ignore format: one thought
}

/** Gates that are diagonal and follow no angle, one behind the other: their product. */
function diagonalOf(steps: readonly Step[], size: number): Coded {
  const numbers = new Float64Array(2 * size).fill(1, 0, size);
  for (const { type, target, control } of steps) {
    const { re, im } = gateMatrix(type);
    for (let k = 0; k < size; k++) {
      if ((k & control) !== 0) continue;
      const level = (k & target) === 0 ? 0 : 3;
      const [x, y] = [numbers[k]!, numbers[size + k]!];
      numbers[k] = re[level]! * x - im[level]! * y;
      numbers[size + k] = re[level]! * y + im[level]! * x;
    }
  }
  const isReal = steps.every(({ type }) => type === "z");
  // Products of Z and CZ are signs: what their phases leave of rounding goes.
  if (isReal) for (let k = 0; k < size; k++) [numbers[k], numbers[size + k]] = [Math.round(numbers[k]!), 0];
  return {
    gate: steps[0]!.gate,
    isTurn: false,
    isControlled: false,
    kind: isReal ? "signs" : "diagonal",
    target: 0,
    first: new Int32Array(0),
    numbers,
  };
}
