import { addProduct, combine } from "./complex-product.js";
import { carryInjected, packHermitian } from "./injected-row.js";

/** The kernels as they are written. */
export const plainKernels = { addProduct, combine, carryInjected, packHermitian };
