import type { Random } from "../../numerics/random.js";
import type { Columns } from "./columns.js";
import { orthonormalise } from "./orthonormal.js";

/**
 * Overwrites S with a point of its Stiefel manifold, all being as probable as others: the orthonormal factor of a matrix
 * of independent complex normal numbers, the triangle's diagonal positive (F. Mezzadri, Notices of the AMS 54, 592, 2007).
 */
export function drawHaar(S: Columns, random: Random): void {
  do {
    for (let k = 0; k < S.re.length; k++) {
      S.re[k] = random.normal();
      S.im[k] = random.normal();
    }
  } while (!orthonormalise(S));
}
