import { addProduct, combine } from "./complex-product.js";
import { applyGates, carryBack } from "./gates.js";
import { carryInjected, packHermitian } from "./injected-row.js";

/** The kernels as they are written. */
export const plainKernels = { addProduct, combine, carryInjected, packHermitian, applyGates, carryBack };
