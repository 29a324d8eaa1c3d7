import type { Pattern } from "../numerics/system.js";

/** A pattern, and where in it the entries stand that it was made from. */
export interface Placed {
  readonly pattern: Pattern;
  /** size entries: the slot of each entry; −1 for one that lies in the row or the column of ground. */
  readonly slots: Int32Array;
}

/**
 * The pattern of n unknowns that holds the given entries and the whole diagonal. An entry may come more than once; one
 * with a negative row or column is left out. Two counting sorts, by row and then by column: linear in the entries.
 */
export function patternOf(n: number, rows: Int32Array, columns: Int32Array): Placed {
  const count = rows.length;
  const row = new Int32Array(count + n);
  const column = new Int32Array(count + n);
  for (let e = 0; e < count; e++) {
    const inside = rows[e]! >= 0 && columns[e]! >= 0;
    row[e] = inside ? rows[e]! : n; // the row and column n are cut off below
    column[e] = inside ? columns[e]! : n;
  }
  for (let k = 0; k < n; k++) row[count + k] = column[count + k] = k;
  const asGiven = new Int32Array(count + n);
  for (let e = 0; e < asGiven.length; e++) asGiven[e] = e;
  const byRow = sortBy(row, n, asGiven);
  return merge(n, row, column, sortBy(column, n, byRow), count);
}

/** The entries in the order of their keys 0 … n, equal ones in the order given: a counting sort. */
function sortBy(keys: Int32Array, n: number, order: Int32Array): Int32Array {
  const start = new Int32Array(n + 2);
  for (let e = 0; e < keys.length; e++) start[keys[e]! + 1]!++;
  for (let k = 0; k <= n; k++) start[k + 1]! += start[k]!;
  const sorted = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) sorted[start[keys[order[k]!]!]!++] = order[k]!;
  return sorted;
}

/** Gives one slot to each run of equal entries. */
function merge(n: number, row: Int32Array, column: Int32Array, order: Int32Array, count: number): Placed {
  const slots = new Int32Array(count).fill(-1);
  const columnStart = new Int32Array(n + 1);
  const found = new Int32Array(order.length);
  let size = 0;
  let before = -1;
  for (let k = 0; k < order.length; k++) {
    const e = order[k]!;
    if (column[e] === n) break;
    if (before < 0 || row[e] !== row[before] || column[e] !== column[before]) {
      found[size++] = row[e]!;
      columnStart[column[e]! + 1]!++;
    }
    if (e < count) slots[e] = size - 1;
    before = e;
  }
  for (let j = 0; j < n; j++) columnStart[j + 1]! += columnStart[j]!;
  return { pattern: { size: n, columnStart, row: found.slice(0, size) }, slots };
}
