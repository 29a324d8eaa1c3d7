import { answers, nodeCost, nodeSlope } from "./answers.js";
import { inner, move, moveLanes, overlap, project } from "./columns.js";
import { gathered, parts, products } from "./factors.js";
import { backFromForm, realForm } from "./node.js";
import { orthonormal } from "./orthonormal.js";
import { applied, back, through } from "./rows.js";
import { fallen, firstSteps, judge, moving, signed } from "./search.js";
import { drawNormal } from "./starts.js";
import { tableCost, tableTangent } from "./table.js";

/** The kernels as they are written. Places in `memory` are counted in doubles; of each entry stand the real parts of all lanes, then their imaginary parts. */
export const plainKernels = {
  ...{ overlap, inner, move, moveLanes, project, orthonormal, tableCost, tableTangent, gathered, drawNormal },
  ...{ realForm, backFromForm, through, applied, nodeCost, nodeSlope, back, answers, products, parts },
  ...{ moving, firstSteps, fallen, signed, judge },
};
