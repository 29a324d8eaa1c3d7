import { inner, move, overlap, project } from "./columns.js";
import { orthonormal } from "./orthonormal.js";
import { tableCost, tableTangent } from "./table.js";

/** The kernels as they are written. Places in `memory` are counted in doubles; of each entry stand the real parts of all lanes, then their imaginary parts. */
export const plainKernels = { overlap, inner, move, project, orthonormal, tableCost, tableTangent };
