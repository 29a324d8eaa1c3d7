import { addProduct, combine } from "./complex-product.js";
import { applyGates, carryBack } from "./gates.js";
import { carryInjected, layFunctional, packHermitian } from "./injected-row.js";

/** The kernels as they are written. */
export const plainKernels = { addProduct, combine, carryInjected, packHermitian, layFunctional, applyGates, carryBack };
