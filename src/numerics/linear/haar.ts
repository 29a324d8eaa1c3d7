import type { Random } from "../random.js";
import type { Columns } from "./columns.js";
import { orthonormalise } from "./orthonormal-columns.js";

/**
 * Overwrites S with a point of its Stiefel manifold, all being as probable as others: the orthonormal factor of a matrix
 * of independent complex normal numbers, drawn row by row, the triangle's diagonal positive (F. Mezzadri, Notices of the AMS
 * 54, 592, 2007).
 */
export function drawHaar(S: Columns, random: Random): void {
  const { rows, count, re, im } = S;
  do {
    for (let i = 0; i < rows; i++) {
      for (let at = i; at < rows * count; at += rows) {
        re[at] = random.normal();
        im[at] = random.normal();
      }
    }
  } while (!orthonormalise(S));
}
