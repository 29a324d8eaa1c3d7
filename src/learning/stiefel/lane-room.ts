import { type LaneKernels, laneKernels } from "../../numerics/lanes/kernels.js";
import type { Columns } from "../../numerics/linear/columns.js";

/** Bytes of a double. */
const bytes = 8;

/**
 * Where matrices of some lanes are worked with: N × n numbers of each lane, entry (i, k) at k·N + i, of each entry the real parts
 * of all lanes and then their imaginary parts. Places are counted in doubles.
 */
export class LaneRoom {
  readonly memory: Float64Array;
  readonly kernels: LaneKernels;
  #used = 0;

  private constructor(kernels: LaneKernels) {
    this.kernels = kernels;
    this.memory = kernels.memory;
  }

  /** A room of so many doubles; undefined where the host has no such kernels. */
  static of(doubles: number): LaneRoom | undefined {
    const kernels = laneKernels(doubles);
    return kernels && new LaneRoom(kernels);
  }

  /** The place of so many doubles that nobody has yet. */
  take(doubles: number): number {
    const place = this.#used;
    this.#used += doubles;
    return place;
  }

  /** C = A*B of columns with `rows` rows. */
  overlap(a: number, b: number, c: number, rows: number, width: number): void {
    this.kernels.overlap(a * bytes, b * bytes, c * bytes, rows, width * bytes);
  }

  /** The column y loses c·a. */
  takeOut(a: number, y: number, c: number, rows: number, width: number): void {
    this.kernels.takeOut(a * bytes, y * bytes, c * bytes, rows, width * bytes);
  }

  /** s += |a|². */
  addSquares(a: number, s: number, rows: number, width: number): void {
    if (rows > 0) this.kernels.addSquares(a * bytes, s * bytes, rows, width * bytes);
  }

  /** s += Re a*b. */
  addInner(a: number, b: number, s: number, rows: number, width: number): void {
    this.kernels.addInner(a * bytes, b * bytes, s * bytes, rows, width * bytes);
  }

  /** y = s·a. */
  scale(a: number, y: number, s: number, rows: number, width: number): void {
    if (rows > 0) this.kernels.scale(a * bytes, y * bytes, s * bytes, rows, width * bytes);
  }

  /** y = a + s·b. */
  move(a: number, b: number, y: number, s: number, rows: number, width: number): void {
    this.kernels.move(a * bytes, b * bytes, y * bytes, s * bytes, rows, width * bytes);
  }

  /** Overwrites a lane of a matrix. */
  write(place: number, width: number, lane: number, S: Columns): void {
    for (let e = 0, at = place + lane; e < S.re.length; e++, at += 2 * width) {
      this.memory[at] = S.re[e]!;
      this.memory[at + width] = S.im[e]!;
    }
  }
}
