import { type KernelSet, roomWith } from "../../numerics/kernel-room.js";
import { plainKernels } from "./kernels/index.js";
import { compiledKernels, kernelsTake } from "./kernels.wasm.js";

type Kernels = typeof plainKernels;

const kernels: KernelSet<Kernels> = {
  plain: plainKernels,
  compiled: compiledKernels,
  take: kernelsTake,
  given: { log: Math.log, cos: Math.cos },
};

/**
 * Where matrices of some lanes are worked with: N × n numbers of each lane, entry (i, k) at k·N + i, of each entry the real parts
 * of all lanes and then their imaginary parts. Places are counted in doubles.
 */
export class LaneRoom {
  readonly memory: Float64Array;
  /** What costs look up: wanted outputs, or which rows and columns belong together. */
  readonly look: Int32Array;
  /** The words of a stream that starts are drawn of, and room for the state of its generator. */
  readonly origin: Int32Array;
  readonly state: Int32Array;
  /** Room for the lanes that a line search still moves. */
  readonly left: Int32Array;
  readonly kernels: Kernels;
  #used = 0;

  /** A room of so many doubles, for at most so many lanes. */
  constructor(doubles: number, look: ArrayLike<number>, most: number) {
    const { arrays, kernels: found } = roomWith(kernels, 0, (room) => ({
      memory: room.doubles(doubles),
      look: room.ints(Int32Array.from(look)),
      left: room.ints(most),
      origin: room.ints(4),
      state: room.ints(4),
    }));
    this.memory = arrays.memory;
    this.look = arrays.look;
    this.origin = arrays.origin;
    this.state = arrays.state;
    this.left = arrays.left;
    this.kernels = found;
  }

  /** The place of so many doubles that nobody has yet. */
  take(doubles: number): number {
    const place = this.#used;
    this.#used += doubles;
    return place;
  }
}
