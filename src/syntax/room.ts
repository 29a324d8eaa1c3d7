import { type KernelSet, roomWith, type Furnished as With } from "../numerics/kernel-room.js";
import { type Kernels, plainKernels } from "./kernels/index.js";
import { compiledKernels, kernelsTake } from "./kernels.wasm.js";

export { plainRoom, type Room } from "../numerics/kernel-room.js";

/** Arrays, and the kernels that work on them. */
export type Furnished<Arrays> = With<Arrays, Kernels>;

const kernels: KernelSet<Kernels> = { plain: plainKernels, compiled: compiledKernels, take: kernelsTake };

/** What takes fewer bytes is read sooner than a memory of its own is made. */
const small = 65536;

/** Room for arrays that the kernels of plain cards work on. */
export const roomFor = <Arrays>(furnish: Parameters<typeof roomWith<Arrays, Kernels>>[2]): Furnished<Arrays> =>
  roomWith(kernels, small, furnish);
