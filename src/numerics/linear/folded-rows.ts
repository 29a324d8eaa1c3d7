import { roomFor } from "./room.js";

/** Rows that are folded at once: with as many columns as a reservoir has features they stay in the processor's nearest memory. */
const atOnce = 64;

/**
 * Columns of as many numbers as the first of them are, with the same products with each other as columns of any length have, and λ on the diagonal of
 * the first: the triangle R of their QR decomposition, found by rows (G. Golub and C. Van Loan, Matrix Computations, 4th edition, section 6.5.3), with
 * what becomes of the others.
 *
 * @param columns which R is of
 * @param others as long as these
 */
export function foldedRows(
  columns: readonly Float64Array[],
  others: readonly Float64Array[],
  lambda: number,
): readonly Float64Array[] {
  const all = [...columns, ...others];
  const count = columns.length;
  const width = all.length + (all.length % 2);
  const { arrays, kernels } = roomFor((room) => ({
    R: room.doubles(count * width),
    columns: room.doubles(atOnce * width),
    block: room.doubles(atOnce * width),
    v: room.doubles(atOnce),
  }));
  for (let j = 0; j < count; j++) arrays.R[j * (width + 1)] = Math.sqrt(lambda);
  const rows = columns[0]!.length;
  for (let from = 0; from < rows; from += atOnce) {
    const part = Math.min(atOnce, rows - from);
    if (part < atOnce) arrays.columns.fill(0);
    for (const [j, column] of all.entries()) arrays.columns.set(column.subarray(from, from + part), j * atOnce);
    kernels.foldRows(arrays.R, arrays.columns, arrays.block, arrays.v, atOnce, count, width);
  }
  return all.map((_, j) => Float64Array.from({ length: count }, (__, i) => arrays.R[i * width + j]!));
}
