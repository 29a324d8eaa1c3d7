import { findCards } from "./find-cards.js";
import { enter, lookUp, spreadNames } from "./names.js";
import { readPlain } from "./plain-cards.js";

/** The kernels as they are written. */
export const plainKernels = { findCards, lookUp, enter, spreadNames, readPlain };

export type Kernels = typeof plainKernels;
