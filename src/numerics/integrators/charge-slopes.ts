import type { ChargeEntries } from "../linear/kernels/charge-slopes.js";
import type { Pattern } from "../system.js";

/** The entries of a matrix at which charges may have slopes, with their rows and columns; of all where nothing is known. */
export function chargeEntries({ size, columnStart, row }: Pattern, charges: Int32Array | undefined): ChargeEntries {
  const columns = new Int32Array(row.length);
  for (let j = 0; j < size; j++) columns.fill(j, columnStart[j]!, columnStart[j + 1]!);
  const entry = charges ?? columns.map((_, e) => e);
  return { entry, row: entry.map((e) => row[e]!), column: entry.map((e) => columns[e]!) };
}
