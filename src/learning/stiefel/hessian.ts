import { addProduct, type Columns, columnsOf, overlaps } from "../../numerics/linear/columns.js";
import type { Cost } from "./cost.js";
import { symmetrise, TangentSpace } from "./tangent.js";

/**
 * The Hessian of a cost on a Stiefel manifold with the metric of the space around it: Hess f [η] = P(dG[η] − η·sym(S†G)), P
 * being the projection onto the tangent space and sym A = (A + A†)/2 (P.-A. Absil, R. Mahony and J. Trumpf, An extrinsic look
 * at the Riemannian Hessian, Geometric Science of Information, 2013, section 4.1). It is symmetric on tangents.
 */
export class Hessian {
  /** Products so far. */
  products = 0;
  readonly #bend: Columns;
  readonly #tangents: TangentSpace;
  #at: Columns | undefined;

  constructor(count: number) {
    this.#bend = columnsOf(count, count);
    this.#tangents = new TangentSpace(count);
  }

  /** Takes up a point, and the gradient G there in the space around it. */
  begin(S: Columns, G: Columns): void {
    this.#at = S;
    overlaps(S, G, this.#bend);
    symmetrise(this.#bend);
  }

  /** Overwrites H with Hess f [η]. */
  times(cost: Cost, eta: Columns, H: Columns): void {
    const S = this.#at;
    if (S === undefined) throw new Error("No point has been taken up.");
    this.products++;
    cost.curvature(S, eta, H);
    addProduct(-1, eta, this.#bend, H);
    this.#tangents.project(S, H, H);
  }
}
