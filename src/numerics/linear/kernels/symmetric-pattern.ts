import type { Columns } from "./blocks.js";

/** Unknowns that hang on at most two others: see `Pendants`; and the entries that are left without them. */
export interface PendantLists {
  readonly chosen: Int32Array; // size n: 1 for a pendant
  readonly besides: Int32Array; // size n: 1 for a neighbour of a pendant
  readonly inside: Int32Array; // size n
  readonly outside: Int32Array; // size n
  readonly unknown: Int32Array; // size n
  readonly pivot: Int32Array; // size n
  readonly ends: Int32Array; // size 2n each
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/** For each entry the one that mirrors it; 0 if one has none, or the diagonal is not whole. */
export function findMirrors({ size, columnStart, row }: Columns, next: Int32Array, mirror: Int32Array): number {
  for (let j = 0; j < size; j++) next[j] = columnStart[j]!;
  // Column j's entries stand in the order of their rows, so that row j's are met in the order of their columns.
  for (let j = 0; j < size; j++) {
    let isWhole = 0;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const i = row[e]!;
      const other = next[i]!++;
      if (other >= columnStart[i + 1]! || row[other] !== j) return 0;
      mirror[e] = other;
      if (i === j) isWhole = 1;
    }
    if (isWhole === 0) return 0;
  }
  return 1;
}

/** Chooses pendants, and lists them; gives how many. */
export function listPendants(matrix: Columns, mirror: Int32Array, lists: PendantLists): number {
  choosePendants(matrix, lists);
  const { size, columnStart, row: rowOf } = matrix;
  const { chosen, inside, outside, unknown, pivot, ends, row, column } = lists;
  let count = 0;
  let left = 0;
  for (let j = 0; j < size; j++) {
    inside[j] = chosen[j] === 1 ? -1 : left;
    if (chosen[j] === 0) outside[left++] = j;
  }
  for (let j = 0; j < size; j++) {
    if (chosen[j] === 0) continue;
    let end = 2 * count;
    ends.fill(-1, end, end + 2);
    row.fill(-1, end, end + 2);
    column.fill(-1, end, end + 2);
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      if (rowOf[e] === j) pivot[count] = e;
      else {
        ends[end] = inside[rowOf[e]!]!;
        column[end] = e;
        row[end++] = mirror[e]!;
      }
    }
    unknown[count++] = j;
  }
  return count;
}

/** Those with the fewest neighbours first, and of equal ones the last. */
function choosePendants({ size, columnStart, row }: Columns, { chosen, besides }: PendantLists): void {
  for (let most = 0; most <= 2; most++) {
    for (let j = size - 1; j >= 0; j--) {
      if (besides[j] === 1 || columnStart[j + 1]! - columnStart[j]! !== most + 1) continue;
      chosen[j] = 1;
      for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) besides[row[e]!] = 1;
    }
  }
}

/** Pairs of mirrored entries among the unknowns that stay, by one entry of each, and the entries on their diagonal. */
export interface PairLists {
  readonly own: Int32Array; // size n
  readonly entry: Int32Array; // size nnz
  readonly row: Int32Array; // size nnz + n: the unknowns that each joins
  readonly column: Int32Array; // size nnz + n
}

/** Lists pairs; gives how many. */
export function listPairs({ size, columnStart, row }: Columns, inside: Int32Array, pairs: PairLists): number {
  let count = 0;
  for (let j = 0; j < size; j++) {
    const column = inside[j]!;
    if (column < 0) continue;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const i = row[e]!;
      if (i === j) pairs.own[column] = e;
      if (i <= j || inside[i]! < 0) continue;
      pairs.entry[count] = e;
      pairs.row[count] = inside[i]!;
      pairs.column[count++] = column;
    }
  }
  return count;
}

/** Appends what pendants join; gives how many pairs there are then. */
export function appendBridges(hanging: number, ends: Int32Array, pairs: PairLists, count: number): number {
  for (let k = 0; k < hanging; k++) {
    if (ends[2 * k + 1]! < 0) continue;
    pairs.row[count] = ends[2 * k]!;
    pairs.column[count++] = ends[2 * k + 1]!;
  }
  return count;
}

/** Who is joined with whom, both ways, by compressed lists; what is joined twice stays so. */
export function joinNeighbours(
  count: number,
  rows: Int32Array,
  columns: Int32Array,
  { size, columnStart, row }: Columns,
  next: Int32Array,
): void {
  columnStart.fill(0, 0, size + 1);
  for (let e = 0; e < count; e++) {
    columnStart[rows[e]! + 1]!++;
    columnStart[columns[e]! + 1]!++;
  }
  for (let i = 0; i < size; i++) {
    columnStart[i + 1]! += columnStart[i]!;
    next[i] = columnStart[i]!;
  }
  for (let e = 0; e < count; e++) {
    row[next[rows[e]!]!++] = columns[e]!;
    row[next[columns[e]!]!++] = rows[e]!;
  }
}
