import { addProduct, type Columns, columnsOf, copied, overlaps } from "../../numerics/linear/columns.js";

/** Projects matrices onto the tangent space at S, {ξ : S†ξ + ξ†S = 0}: ξ = G − S(S†G + G†S)/2. */
export class TangentSpace {
  readonly #overlap: Columns;

  constructor(count: number) {
    this.#overlap = columnsOf(count, count);
  }

  /** Overwrites ξ, which may be G. */
  project(S: Columns, G: Columns, xi: Columns): void {
    const C = this.#overlap;
    overlaps(S, G, C);
    symmetrise(C);
    if (xi !== G) copied(G, xi);
    addProduct(-1, S, C, xi);
  }
}

/** C becomes (C + C†)/2. */
export function symmetrise({ count: n, re, im }: Columns): void {
  for (let k = 0; k < n; k++) {
    im[k * n + k] = 0;
    for (let j = 0; j < k; j++) {
      const [a, b] = [k * n + j, j * n + k];
      const x = (re[a]! + re[b]!) / 2;
      const y = (im[a]! - im[b]!) / 2;
      re[a] = x;
      re[b] = x;
      im[a] = y;
      im[b] = -y;
    }
  }
}
