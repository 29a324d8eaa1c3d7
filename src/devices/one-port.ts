import type { Entry } from "./device.js";

/** The slopes between two terminals p = 0 and n = 1. */
export const between: readonly Entry[] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** The slopes of a branch from p to n whose current is own unknown 2: in the current law, and in its row by voltage. */
export const branch: readonly Entry[] = [
  [0, 2],
  [1, 2],
  [2, 0],
  [2, 1],
];

/** A branch current i as an own unknown, from terminal p through the device to n. */
export const branchCurrent = {
  name: "i",
  meaning: "current from p through the device to n",
  unit: "A",
  role: "branch",
  initial: () => 0,
  negligible: 1e-12,
} as const;

/** Slopes of rows p and n by the given columns. */
export const columnsOf = (columns: readonly number[]): readonly Entry[] =>
  columns.flatMap((column): Entry[] => [
    [0, column],
    [1, column],
  ]);
