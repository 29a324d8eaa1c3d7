import type { Pattern } from "../system.js";
import { triangularBlocks } from "./blocks.js";
import { minimumDegree } from "./ordering.js";

/** Block triangular form, and an order in each block that keeps its factors sparse. */
export interface Order {
  readonly pattern: Pattern;
  readonly row: Int32Array; // size n: row[k] of A is the preferred pivot in place k
  readonly column: Int32Array; // size n: column[k] of A stands in place k
  readonly blockOf: Int32Array; // size n: the first place of the block that place k is in
  readonly blockStart: Int32Array; // size blocks+1
  /** Entries of the last L and U, so that the next ones need not grow. */
  fill: { lower: number; upper: number };
}

/** Finds the blocks, and orders each of them. */
export function sparseOrder(pattern: Pattern): Order {
  const { row, column, start } = triangularBlocks(pattern);
  const place = new Int32Array(pattern.size); // of a row of A
  for (let k = 0; k < place.length; k++) place[row[k]!] = k;
  const blockOf = new Int32Array(pattern.size);
  for (let b = 0; b + 1 < start.length; b++) {
    blockOf.fill(start[b]!, start[b]!, start[b + 1]!);
    orderBlock(pattern, place, row, column, start[b]!, start[b + 1]!);
  }
  const fill = { lower: 2 * pattern.row.length, upper: 2 * pattern.row.length };
  return { pattern, row, column, blockOf, blockStart: start, fill };
}

/** Reorders places from…to of `row` and `column`, both alike, so that the block's factors are sparse. */
function orderBlock(
  { columnStart, row: rowOf }: Pattern,
  place: Int32Array,
  row: Int32Array,
  column: Int32Array,
  from: number,
  to: number,
): void {
  if (to - from < 3) return;
  const starts = new Int32Array(to - from + 1);
  const rows: number[] = [];
  for (let k = from; k < to; k++) {
    const j = column[k]!;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const p = place[rowOf[e]!]!;
      if (p >= from && p < to) rows.push(p - from);
    }
    starts[k - from + 1] = rows.length;
  }
  const order = minimumDegree({ size: to - from, columnStart: starts, row: Int32Array.from(rows) });
  const oldRow = row.slice(from, to);
  const oldColumn = column.slice(from, to);
  for (let k = 0; k < order.length; k++) {
    row[from + k] = oldRow[order[k]!]!;
    column[from + k] = oldColumn[order[k]!]!;
  }
}
