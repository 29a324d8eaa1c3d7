import { Descent, type DescentOptions, type Steps } from "./descent.js";
import { TrustRegion } from "./trust-region.js";

/** The way down that is asked for, for points of a shape. */
export const stepsOf = (rows: number, count: number, options: DescentOptions): Steps =>
  options.step === "trust" ? new TrustRegion(rows, count, options) : new Descent(rows, count, options);
