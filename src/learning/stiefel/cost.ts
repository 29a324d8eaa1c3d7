import type { Columns } from "../../numerics/linear/columns.js";

/** What a descent makes small: a function of orthonormal columns, and its gradient in the space around them. */
export interface Cost {
  readonly rows: number;
  readonly count: number;
  at(S: Columns): number;
  /** Overwrites G with the gradient for which df = Re tr G†dS; returns f. */
  gradient(S: Columns, G: Columns): number;
  /** Overwrites H with dG[η], how that gradient changes along η. */
  curvature(S: Columns, eta: Columns, H: Columns): void;
}
