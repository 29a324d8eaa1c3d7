import { type KernelSet, roomWith } from "../numerics/kernel-room.js";
import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import { zeroMatrix } from "../numerics/linear/complex-matrix.js";
import { plainKernels } from "./kernels/index.js";
import { compiledKernels, kernelsTake } from "./kernels.wasm.js";

type Kernels = typeof plainKernels;

const kernels: KernelSet<Kernels> = { plain: plainKernels, compiled: compiledKernels, take: kernelsTake };

/** What takes fewer bytes is computed sooner than a memory of its own is made. */
const small = 16384;

/** Two planes of a square complex matrix, row-major. */
type Planes = Pick<ComplexMatrix, "re" | "im">;

/**
 * Where complex matrices are multiplied: of each row the real parts, then the imaginary ones, each as many as the matrix is
 * wide, an even number. Places are counted in doubles.
 */
export class MatrixRoom {
  readonly memory: Float64Array;
  readonly kernels: Kernels;
  readonly width: number;
  #used = 0;

  /** @param doubles so many, beside matrices of a size, of which there are so many */
  constructor(
    readonly size: number,
    matrices: number,
    doubles = 0,
  ) {
    this.width = size + (size % 2);
    const furnished = roomWith(kernels, small, (room) => room.doubles(doubles + matrices * this.numbers));
    this.memory = furnished.arrays;
    this.kernels = furnished.kernels;
  }

  /** What a matrix takes. */
  get numbers(): number {
    return 2 * this.size * this.width;
  }

  /** The place of so many doubles, or of a matrix, that nobody has yet. */
  take(doubles = this.numbers): number {
    const place = this.#used;
    this.#used += doubles;
    return place;
  }

  /** Writes a matrix. */
  lay({ re, im }: Planes, place: number): void {
    const { memory, size, width } = this;
    for (let i = 0, p = 0, q = place; i < size; i++, q += 2 * width) {
      for (let j = 0; j < size; j++, p++) {
        memory[q + j] = re[p]!;
        memory[q + width + j] = im[p]!;
      }
    }
  }

  /** Writes A† of a matrix A. */
  layAdjoint({ re, im }: Planes, place: number): void {
    const { memory, size, width } = this;
    for (let i = 0, p = 0; i < size; i++) {
      for (let j = 0, q = place + i; j < size; j++, p++, q += 2 * width) {
        memory[q] = re[p]!;
        memory[q + width] = -im[p]!;
      }
    }
  }

  read(place: number): ComplexMatrix {
    const { memory, size, width } = this;
    const matrix = zeroMatrix(size);
    for (let i = 0, p = 0, q = place; i < size; i++, q += 2 * width) {
      for (let j = 0; j < size; j++, p++) {
        matrix.re[p] = memory[q + j]!;
        matrix.im[p] = memory[q + width + j]!;
      }
    }
    return matrix;
  }

  /** C = AB, of A and C so many rows where they are higher than wide. */
  multiply(A: number, B: number, C: number, rows = this.size): void {
    const { memory, size, width } = this;
    memory.fill(0, C, C + 2 * rows * width);
    this.kernels.addProduct(memory, A, width, B, C, rows, size, width);
  }
}
