import { fillPowers, writeRows } from "./shortest.js";

/** The kernels as they are written. */
export const plainKernels = { fillPowers, writeRows };
