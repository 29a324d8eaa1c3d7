import { factorPanels, solvePanels } from "./cholesky-panels.js";
import { countPresent, findNoPivot, gather, scatter, solveSingles, subtractColumns } from "./places.js";
import {
  addUp,
  advancePoint,
  changeDifferences,
  moveBy,
  predictCharges,
  predictPoint,
  takeDifference,
} from "./steps.js";
import {
  eliminatePendants,
  leavePendants,
  solvePendants,
  takeDiagonal,
  takePairs,
  takePendants,
} from "./symmetric-entries.js";

/** The kernels as they are written. */
export const plainKernels = {
  factorPanels,
  solvePanels,
  countPresent,
  findNoPivot,
  gather,
  scatter,
  solveSingles,
  subtractColumns,
  eliminatePendants,
  leavePendants,
  solvePendants,
  takeDiagonal,
  takePairs,
  takePendants,
  addUp,
  advancePoint,
  changeDifferences,
  moveBy,
  predictCharges,
  predictPoint,
  takeDifference,
};

export type Kernels = typeof plainKernels;
