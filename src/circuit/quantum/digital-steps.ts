/** Whole steps in a time; a last one that rounding has shortened counts. */
export const wholeSteps = (time: number, step: number): number => Math.floor(time / step + 1e-9);
