import { factorPanels, solvePanels } from "./cholesky-panels.js";
import { countPresent, findNoPivot, gather, scatter, solveSingles, subtractColumns } from "./places.js";
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
};

export type Kernels = typeof plainKernels;
