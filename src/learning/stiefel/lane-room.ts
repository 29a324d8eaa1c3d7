import { type KernelSet, roomWith } from "../../numerics/kernel-room.js";
import type { Columns } from "../../numerics/linear/columns.js";
import { plainKernels } from "./kernels/index.js";
import { compiledKernels, kernelsTake } from "./kernels.wasm.js";

type Kernels = typeof plainKernels;

const kernels: KernelSet<Kernels> = { plain: plainKernels, compiled: compiledKernels, take: kernelsTake };

/**
 * Where matrices of some lanes are worked with: N × n numbers of each lane, entry (i, k) at k·N + i, of each entry the real parts
 * of all lanes and then their imaginary parts. Places are counted in doubles.
 */
export class LaneRoom {
  readonly memory: Float64Array;
  /** The wanted outputs. */
  readonly truth: Int32Array;
  readonly kernels: Kernels;
  #used = 0;

  /** A room of so many doubles. */
  constructor(doubles: number, truth: ArrayLike<number>) {
    const { arrays, kernels: found } = roomWith(kernels, 0, (room) => ({
      memory: room.doubles(doubles),
      truth: room.ints(Int32Array.from(truth)),
    }));
    this.memory = arrays.memory;
    this.truth = arrays.truth;
    this.kernels = found;
  }

  /** The place of so many doubles that nobody has yet. */
  take(doubles: number): number {
    const place = this.#used;
    this.#used += doubles;
    return place;
  }

  /** Overwrites a lane of a matrix. */
  write(place: number, width: number, lane: number, S: Columns): void {
    for (let e = 0, at = place + lane; e < S.re.length; e++, at += 2 * width) {
      this.memory[at] = S.re[e]!;
      this.memory[at + width] = S.im[e]!;
    }
  }
}
