import type { Columns } from "./blocks.js";

/** Entries by the places of their columns, and in each by those of their rows. */
export interface SortedEntries {
  readonly start: Int32Array; // size n+1
  readonly row: Int32Array;
  readonly entry: Int32Array;
}

/** Sorts the entries that are not gone: two counting sorts. */
export function sortEntries(
  matrix: Columns,
  gone: Int32Array,
  row: Int32Array,
  column: Int32Array,
  byRow: SortedEntries,
  sorted: SortedEntries,
  place: Int32Array,
): void {
  const { size, columnStart, row: rowOf } = matrix;
  for (let k = 0; k < size; k++) place[row[k]!] = k;
  byRow.start.fill(0, 0, size + 1);
  const entries = columnStart[size]!;
  for (let e = 0; e < entries; e++) if (gone[e] === 0) byRow.start[place[rowOf[e]!]! + 1]!++;
  for (let k = 0; k < size; k++) byRow.start[k + 1]! += byRow.start[k]!;
  // From here on start[k] is where the next entry of row k goes: in the end where those of row k + 1 begin.
  sorted.start[0] = 0;
  for (let k = 0; k < size; k++) {
    const j = column[k]!;
    let kept = 0;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      if (gone[e] !== 0) continue;
      const at = byRow.start[place[rowOf[e]!]!]!++;
      byRow.row[at] = k;
      byRow.entry[at] = e;
      kept++;
    }
    sorted.start[k + 1] = sorted.start[k]! + kept;
  }
  const count = sorted.start[size]!;
  for (let e = 0; e < count; e++) {
    const at = sorted.start[byRow.row[e]!]!++;
    sorted.entry[at] = byRow.entry[e]!;
    sorted.row[at] = place[rowOf[byRow.entry[e]!]!]!;
  }
  for (let k = size; k > 0; k--) sorted.start[k] = sorted.start[k - 1]!;
  sorted.start[0] = 0;
}

/** Keeps the entries that are not gone. */
export function dropEntries(matrix: Columns, gone: Int32Array, columnStart: Int32Array, row: Int32Array): number {
  let count = 0;
  columnStart[0] = 0;
  for (let j = 0; j < matrix.size; j++) {
    for (let e = matrix.columnStart[j]!; e < matrix.columnStart[j + 1]!; e++) {
      if (gone[e] === 0) row[count++] = matrix.row[e]!;
    }
    columnStart[j + 1] = count;
  }
  return count;
}

/** The entries of blocks of a single one each in places from … to − 1; gives 0 where one has none. */
export function cutSingles(from: number, to: number, { start, row, entry }: SortedEntries, own: Int32Array): number {
  own.fill(-1, 0, to - from);
  for (let k = from; k < to; k++) {
    for (let e = start[k]!; e < start[k + 1]!; e++) if (row[e] === k) own[k - from] = entry[e]!;
    if (own[k - from]! < 0) return 0;
  }
  return 1;
}

/** The entries of the block in places from … to − 1, by columns; gives how many. */
export function cutBlock(
  from: number,
  to: number,
  { start, row, entry }: SortedEntries,
  columnStart: Int32Array,
  ownRow: Int32Array,
  own: Int32Array,
): number {
  let count = 0;
  columnStart[0] = 0;
  for (let k = from; k < to; k++) {
    for (let e = start[k]!; e < start[k + 1]!; e++) {
      if (row[e]! < from) continue;
      ownRow[count] = row[e]! - from;
      own[count++] = entry[e]!;
    }
    columnStart[k - from + 1] = count;
  }
  return count;
}

/** The entries above the blocks, once order[k] has come to place k, within its block; gives how many. */
export function cutAbove(
  size: number,
  blocks: number,
  blockStart: Int32Array,
  order: Int32Array,
  place: Int32Array,
  { start, row, entry }: SortedEntries,
  above: SortedEntries,
): number {
  for (let k = 0; k < size; k++) place[order[k]!] = k;
  let count = 0;
  above.start[0] = 0;
  for (let b = 0; b < blocks; b++) {
    for (let k = blockStart[b]!; k < blockStart[b + 1]!; k++) {
      const column = order[k]!;
      for (let e = start[column]!; e < start[column + 1]! && row[e]! < blockStart[b]!; e++) {
        above.row[count] = place[row[e]!]!;
        above.entry[count++] = entry[e]!;
      }
      above.start[k + 1] = count;
    }
  }
  return count;
}
