import { type Product, productOf } from "../numerics/lanes/product.js";
import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import type { DensityMatrix } from "./density-matrix.js";
import { MatrixRoom } from "./matrix-room.js";
import { partialTrace } from "./partial-trace.js";
import { offsetsOf, others, type Space } from "./space.js";

/** Rows whose mean values are found together. */
export const rowsAtOnce = 16;

/**
 * A register whose one qubit is put into √(1 − s)|0⟩ + √s|1⟩ again and again, and which moves by itself in between: between
 * two inputs all there is of the past is σ, the state of the other systems. So a row is two products with matrices of half
 * the size, σ ← Σₐ WₐσWₐ† with Wₐ = ⟨a|U|ψ⟩, and each mean value at its end, or before it, three sums over σ: observables
 * are taken back to the row's start instead of the state to its end.
 */
export class InjectedRegister {
  readonly #room: MatrixRoom;
  readonly #factors: number;
  readonly #parts: number; // W₀† and W₁† for |e⟩, and then for |g⟩
  readonly #W: number;
  readonly #T: number;
  readonly #sigma: number;
  readonly #weights: number; // s, 1 − s, √(s(1 − s))
  readonly #independent: number; // 3d² numbers
  readonly #lines: Int32Array; // which of these have a part in a mean: of a parity that is kept half of them
  readonly #functionals: Product; // of these numbers, of some rows into means
  readonly #means: number;
  #kept = 0;

  /**
   * @param part how the register moves over a part of a row
   * @param parts of a row
   * @param observables Hermitian, each read at the end of every part
   */
  constructor(
    start: DensityMatrix,
    readonly qubit: number,
    part: ComplexMatrix,
    parts: number,
    observables: readonly ComplexMatrix[],
  ) {
    // biome-ignore format: one thought
    const { space } = start;
    const d = space.size / 2;
    const room = new MatrixRoom(d, 9, 2 + 3 + 3 * d * d);
    this.#room = room;
    this.#means = observables.length * parts;
    const { whole, functionals } = takenBack(part, parts, observables, space.strides[qubit]!);
    const lines = linesOf(functionals, this.#means);
    this.#lines = Int32Array.from(lines.keys());
    this.#functionals = productOf(rowsAtOnce, lines.size, this.#means);
    for (const [k, line] of [...lines.values()].entries()) this.#functionals.b.set(line, k * this.#functionals.width);
    const blocks = blocksOf(whole, space, qubit);
    this.#parts = room.take(4 * room.numbers);
    for (const input of [0, 1]) {
      for (const a of [0, 1]) room.layAdjoint(blocks[a]![input]!, this.#parts + (2 * input + a) * room.numbers);
    }
    [this.#W, this.#T, this.#sigma] = [room.take(2 * room.numbers), room.take(2 * room.numbers), room.take()];
    [this.#factors, this.#weights, this.#independent] = [room.take(2), room.take(3), room.take(3 * d * d)];
    this.restart(start);
  }

  /** Back to a state. */
  restart(start: DensityMatrix): void {
    this.#room.lay(partialTrace(start, others(start.space, [this.qubit])), this.#sigma);
  }

  /** Keeps what there is for the means of a row whose input is s; whether no other row can be kept before they are read. */
  keep(s: number): boolean {
    const { memory, size, width, kernels } = this.#room;
    const from = this.#independent;
    const lines = this.#lines;
    const { a } = this.#functionals;
    memory[this.#weights] = s;
    memory[this.#weights + 1] = 1 - s;
    memory[this.#weights + 2] = Math.sqrt(s * (1 - s));
    kernels.packHermitian(memory, this.#sigma, size, width, this.#weights, from);
    for (let k = 0, to = this.#kept * lines.length; k < lines.length; k++) a[to++] = memory[from + lines[k]!]!;
    return ++this.#kept === rowsAtOnce;
  }

  /** Gives the means of each row that was kept: all observables at the end of its first part, then of its second, …. */
  read(give: (means: Float64Array) => void): void {
    const { c, width, multiply } = this.#functionals;
    multiply();
    for (let row = 0; row < this.#kept; row++) give(c.subarray(row * width, row * width + this.#means));
    this.#kept = 0;
  }

  /** Goes over a row whose input is s. */
  advance(s: number): void {
    const { memory, size, width, kernels } = this.#room;
    memory[this.#factors] = Math.sqrt(s);
    memory[this.#factors + 1] = Math.sqrt(1 - s);
    kernels.carryInjected(memory, this.#factors, this.#parts, this.#W, this.#T, this.#sigma, size, width);
  }
}

/** The lines of a matrix that are not 0 all along, by their numbers; one at least. */
function linesOf(matrix: Float64Array, width: number): ReadonlyMap<number, Float64Array> {
  const lines = Array.from({ length: matrix.length / width }, (_, k) => matrix.subarray(k * width, (k + 1) * width));
  const found = [...lines.entries()].filter(([k, line]) => k === 0 || line.some((value) => value !== 0));
  return new Map(found);
}

/**
 * Takes observables back through parts of a row, O ← U†OU: the functionals of each as it is before the last part, before the
 * last but one, …, a column each; and the motion of the whole row.
 */
function takenBack(
  part: ComplexMatrix,
  parts: number,
  observables: readonly ComplexMatrix[],
  stride: number,
): { readonly whole: ComplexMatrix; readonly functionals: Float64Array } {
  const count = observables.length;
  const across = count * parts;
  const numbers = 3 * (part.size / 2) ** 2 * across;
  const room = new MatrixRoom(part.size, 2 * count + 4, numbers);
  const { memory, kernels } = room;
  const functionals = room.take(numbers);
  const [U, back, whole, next] = [room.take(), room.take(), room.take(), room.take()];
  const [all, through] = [room.take(count * room.numbers), room.take(count * room.numbers)];
  room.lay(part, U);
  room.lay(part, whole);
  room.layAdjoint(part, back);
  for (const [k, O] of observables.entries()) room.lay(O, all + k * room.numbers);
  for (let k = 0; k < parts; k++) {
    room.multiply(all, U, through, count * part.size);
    for (let n = 0; n < count; n++) {
      const O = all + n * room.numbers;
      room.multiply(back, through + n * room.numbers, O);
      kernels.layFunctional(memory, O, part.size, room.width, stride, functionals + k * count + n, across);
    }
    if (k === 0) continue;
    room.multiply(U, whole, next);
    memory.copyWithin(whole, next, next + room.numbers);
  }
  return { whole: room.read(whole), functionals: memory.slice(functionals, functionals + numbers) };
}

interface Planes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const planes = (d: number): Planes => ({ re: new Float64Array(d * d), im: new Float64Array(d * d) });

/** ⟨a|M|b⟩ over the levels of a qubit: four matrices of the other systems. */
function blocksOf(
  M: ComplexMatrix,
  space: Space,
  qubit: number,
): readonly [readonly [Planes, Planes], readonly [Planes, Planes]] {
  // biome-ignore format: one thought
  const rest = offsetsOf(space, others(space, [qubit]));
  const stride = space.strides[qubit]!;
  const block = (a: number, b: number): Planes => {
    const found = planes(rest.length);
    for (const [i, p] of rest.entries()) {
      for (const [j, q] of rest.entries()) {
        const from = (p + a * stride) * space.size + q + b * stride;
        found.re[i * rest.length + j] = M.re[from]!;
        found.im[i * rest.length + j] = M.im[from]!;
      }
    }
    return found;
  };
  return [
    [block(0, 0), block(0, 1)],
    [block(1, 0), block(1, 1)],
  ];
}
