import { cutAbove, cutBlock, cutSingles, dropEntries, sortEntries } from "./block-entries.js";
import { findBlocks, orderBlocks } from "./blocks.js";
import { assembleSlopes, moveCharges } from "./charge-slopes.js";
import { factorPanels, solvePanels } from "./cholesky-panels.js";
import { growTree } from "./elimination-tree.js";
import {
  addDigits,
  addFloor,
  disturbCharges,
  keepBeyond,
  largestPart,
  largestPartOfSum,
  seeLargest,
  takeSizes,
  weighUnknowns,
} from "./errors.js";
import { copyPlaces, multiplyByDifferences } from "./linear-rows.js";
import { refactorColumns, scaleRows, solveColumns } from "./lu-columns.js";
import { minimumDegree } from "./minimum-degree.js";
import { findPattern } from "./pattern.js";
import { countPresent, findNoPivot, gather, scatter, solveSingles, subtractColumns } from "./places.js";
import { multiplyRows } from "./product.js";
import { addOne, addThree, addTwo } from "./stages.js";
import {
  addUp,
  advancePoint,
  changeDifferences,
  moveBy,
  predictCharges,
  predictPoint,
  takeDifference,
} from "./steps.js";
import { countProducts, fillPanels, measurePanels, mergeColumns, mostWaiting, placeInPanels } from "./supernodes.js";
import {
  eliminatePendants,
  leavePendants,
  solvePendants,
  takeDiagonal,
  takePairs,
  takePendants,
} from "./symmetric-entries.js";
import { appendBridges, findMirrors, joinNeighbours, listPairs, listPendants } from "./symmetric-pattern.js";
import { foldRows } from "./triangle.js";

/** The kernels as they are written. */
export const plainKernels = {
  ...{ findBlocks, orderBlocks, dropEntries, sortEntries, cutSingles, cutBlock, cutAbove },
  ...{ findMirrors, listPendants, listPairs, appendBridges, joinNeighbours, minimumDegree },
  ...{ growTree, mergeColumns, measurePanels, fillPanels, placeInPanels, countProducts, mostWaiting },
  ...{ takeDiagonal, takePendants, eliminatePendants, takePairs, factorPanels },
  ...{ gather, solveSingles, leavePendants, solvePanels, solvePendants, subtractColumns, scatter },
  ...{ scaleRows, refactorColumns, solveColumns },
  ...{ countPresent, findNoPivot },
  ...{ foldRows },
  ...{ findPattern },
  ...{ assembleSlopes, moveCharges },
  ...{
    disturbCharges,
    keepBeyond,
    addDigits,
    takeSizes,
    addFloor,
    seeLargest,
    weighUnknowns,
    largestPart,
    largestPartOfSum,
  },
  ...{ multiplyRows, multiplyByDifferences, copyPlaces },
  ...{ addOne, addTwo, addThree },
  ...{ predictPoint, predictCharges, advancePoint, changeDifferences, addUp, moveBy, takeDifference },
};

export type Kernels = typeof plainKernels;
