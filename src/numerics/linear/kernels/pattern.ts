/** Entries of a matrix as they come, and what is needed to bring them into the order of a pattern. */
export interface GivenEntries {
  readonly row: Int32Array; // size entries + n: those of the diagonal stand behind them
  readonly column: Int32Array; // size entries + n
  readonly byRow: Int32Array; // size entries + n
  readonly order: Int32Array; // size entries + n
  readonly start: Int32Array; // size n+2
}

/**
 * The pattern of n unknowns that holds the given entries and the whole diagonal; an entry may come more than once, and one with a negative
 * row or column is left out. Two counting sorts, by row and then by column. Gives how many entries there are.
 */
export function findPattern(
  n: number,
  count: number,
  entries: GivenEntries,
  slots: Int32Array,
  columnStart: Int32Array,
  found: Int32Array,
): number {
  const { row, column, byRow, order, start } = entries;
  const all = count + n;
  for (let e = 0; e < count; e++) {
    if (row[e]! >= 0 && column[e]! >= 0) continue;
    row[e] = n; // the row and column n are cut off below
    column[e] = n;
  }
  for (let k = 0; k < n; k++) {
    row[count + k] = k;
    column[count + k] = k;
  }
  start.fill(0, 0, n + 2);
  for (let e = 0; e < all; e++) start[row[e]! + 1]!++;
  for (let k = 0; k <= n; k++) start[k + 1]! += start[k]!;
  for (let e = 0; e < all; e++) byRow[start[row[e]!]!++] = e;
  start.fill(0, 0, n + 2);
  for (let e = 0; e < all; e++) start[column[e]! + 1]!++;
  for (let k = 0; k <= n; k++) start[k + 1]! += start[k]!;
  for (let k = 0; k < all; k++) {
    const e = byRow[k]!;
    order[start[column[e]!]!++] = e;
  }
  return giveSlots(n, count, entries, slots, columnStart, found);
}

/** Gives one slot to each run of equal entries. */
function giveSlots(
  n: number,
  count: number,
  { row, column, order }: GivenEntries,
  slots: Int32Array,
  columnStart: Int32Array,
  found: Int32Array,
): number {
  slots.fill(-1, 0, count);
  columnStart.fill(0, 0, n + 1);
  let size = 0;
  let before = -1;
  for (let k = 0; k < count + n; k++) {
    const e = order[k]!;
    if (column[e] === n) break;
    let isNew = 1;
    if (before >= 0) if (row[e] === row[before] && column[e] === column[before]) isNew = 0;
    if (isNew === 1) {
      found[size++] = row[e]!;
      columnStart[column[e]! + 1]!++;
    }
    if (e < count) slots[e] = size - 1;
    before = e;
  }
  for (let j = 0; j < n; j++) columnStart[j + 1]! += columnStart[j]!;
  return size;
}
