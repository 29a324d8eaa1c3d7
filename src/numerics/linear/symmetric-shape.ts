import type { Pattern } from "../system.js";
import { type Blocks, triangularBlocks } from "./blocks.js";
import { type SymmetricShape, symmetricShape } from "./symmetric-block.js";

/** A matrix in block triangular form, whose blocks are single entries or of a symmetric shape. */
export interface BlockShape {
  readonly pattern: Pattern;
  /** Entries on the diagonal that are 0, and are left out of the form. */
  readonly absent: Int32Array;
  readonly row: Int32Array; // size n: row[k] of A stands in place k
  readonly column: Int32Array; // size n
  readonly blocks: readonly Block[];
  /** size n+1 and nnz above the blocks: the entries of each column above its block, by places */
  readonly above: { readonly start: Int32Array; readonly row: Int32Array; readonly entry: Int32Array };
}

/** A block, or several single entries in a row. */
export interface Block {
  readonly from: number; // its first place
  readonly to: number; // the place behind its last
  /** Its entries among those of A. */
  readonly entry: Int32Array;
  /** undefined: single entries */
  readonly shape: SymmetricShape | undefined;
}

/** Some of the entries of a matrix, by columns. */
interface Entries {
  readonly columnStart: Int32Array; // size n+1
  readonly entry: Int32Array;
}

/** The entries on the diagonal that are 0, as that of a voltage source's current. */
export function absentDiagonal({ size, columnStart, row }: Pattern, values: Float64Array): Int32Array {
  const absent: number[] = [];
  for (let j = 0; j < size; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) if (row[e] === j && values[e] === 0) absent.push(e);
  }
  return Int32Array.from(absent);
}

export function shapeOf(pattern: Pattern, absent: Int32Array): BlockShape | undefined {
  const entries = without(pattern, absent);
  const { row, column, start } = inOrder(
    triangularBlocks({
      size: pattern.size,
      columnStart: entries.columnStart,
      row: entries.entry.map((e) => pattern.row[e]!),
    }),
  );
  const sorted = byPlaces(pattern, entries, row, column);
  const blocks = blocksIn(sorted, start);
  if (blocks === undefined) return undefined;
  const order = new Int32Array(pattern.size); // order[k] is the place among the blocks of what stands in place k
  for (const { from, to, shape } of blocks) {
    for (let k = from; k < to; k++) order[k] = shape === undefined ? k : from + shape.order[k - from]!;
  }
  return {
    pattern,
    absent,
    row: order.map((k) => row[k]!),
    column: order.map((k) => column[k]!),
    blocks,
    above: aboveBlocks(sorted, start, order),
  };
}

/** Entries by the places of their columns, and in each by those of their rows. */
interface Sorted {
  readonly start: Int32Array; // size n+1
  readonly row: Int32Array;
  readonly entry: Int32Array;
}

/** The entries by the places of their columns, and in each by those of their rows: two counting sorts. */
function byPlaces({ size, row: rowOf }: Pattern, entries: Entries, row: Int32Array, column: Int32Array): Sorted {
  const place = new Int32Array(size); // of a row of A
  for (let k = 0; k < size; k++) place[row[k]!] = k;
  const { columnStart, entry } = entries;
  const next = new Int32Array(size + 1);
  for (let e = 0; e < entry.length; e++) next[place[rowOf[entry[e]!]!]! + 1]!++;
  for (let k = 0; k < size; k++) next[k + 1]! += next[k]!;
  const byRow = { column: new Int32Array(entry.length), entry: new Int32Array(entry.length) };
  const start = new Int32Array(size + 1);
  for (let k = 0; k < size; k++) {
    const j = column[k]!;
    start[k + 1] = start[k]! + columnStart[j + 1]! - columnStart[j]!;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const at = next[place[rowOf[entry[e]!]!]!]!++;
      byRow.column[at] = k;
      byRow.entry[at] = entry[e]!;
    }
  }
  const free = start.slice(0, size);
  const sorted = { start, row: new Int32Array(entry.length), entry: new Int32Array(entry.length) };
  for (let e = 0; e < entry.length; e++) {
    const at = free[byRow.column[e]!]!++;
    sorted.entry[at] = byRow.entry[e]!;
    sorted.row[at] = place[rowOf[byRow.entry[e]!]!]!;
  }
  return sorted;
}

/** Each block with its columns in their own order: what stands last in A stands last in the block. */
function inOrder({ row, column, start }: Blocks): Blocks {
  const rowOf = new Int32Array(row.length);
  for (let k = 0; k < row.length; k++) rowOf[column[k]!] = row[k]!;
  const sorted = column.slice();
  for (let b = 0; b + 1 < start.length; b++) sorted.subarray(start[b]!, start[b + 1]!).sort();
  return { row: sorted.map((j) => rowOf[j]!), column: sorted, start };
}

/** The blocks, single entries in a row as one; undefined if one is of no shape that is known here. */
function blocksIn(sorted: Sorted, start: Int32Array): Block[] | undefined {
  const blocks: Block[] = [];
  for (let b = 0; b + 1 < start.length; ) {
    const from = start[b++]!;
    const isSingle = start[b]! - from === 1;
    while (isSingle && b + 1 < start.length && start[b + 1]! - start[b]! === 1) b++;
    const block = isSingle ? singlesIn(sorted, from, start[b]!) : blockIn(sorted, from, start[b]!);
    if (block === undefined) return undefined;
    blocks.push(block);
  }
  return blocks;
}

function singlesIn({ start, row, entry }: Sorted, from: number, to: number): Block | undefined {
  const own = new Int32Array(to - from).fill(-1);
  for (let k = from; k < to; k++) {
    for (let e = start[k]!; e < start[k + 1]!; e++) if (row[e] === k) own[k - from] = entry[e]!;
  }
  return own.includes(-1) ? undefined : { from, to, entry: own, shape: undefined };
}

function blockIn({ start, row, entry }: Sorted, from: number, to: number): Block | undefined {
  const columnStart = new Int32Array(to - from + 1);
  const inside = new Int32Array(start[to]! - start[from]!);
  const own = new Int32Array(inside.length);
  let count = 0;
  for (let k = from; k < to; k++) {
    for (let e = start[k]!; e < start[k + 1]!; e++) {
      if (row[e]! < from) continue;
      inside[count] = row[e]! - from;
      own[count++] = entry[e]!;
    }
    columnStart[k - from + 1] = count;
  }
  const shape = symmetricShape({ size: to - from, columnStart, row: inside.subarray(0, count) });
  return shape && { from, to, entry: own, shape };
}

/** The entries above the blocks, in the places that these have given to their unknowns. */
function aboveBlocks(sorted: Sorted, blockStart: Int32Array, order: Int32Array): BlockShape["above"] {
  const place = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) place[order[k]!] = k;
  const start = new Int32Array(order.length + 1);
  const row: number[] = [];
  const entry: number[] = [];
  for (let b = 0; b + 1 < blockStart.length; b++) {
    for (let k = blockStart[b]!; k < blockStart[b + 1]!; k++) {
      const column = order[k]!;
      for (let e = sorted.start[column]!; e < sorted.start[column + 1]! && sorted.row[e]! < blockStart[b]!; e++) {
        row.push(place[sorted.row[e]!]!);
        entry.push(sorted.entry[e]!);
      }
      start[k + 1] = row.length;
    }
  }
  return { start, row: Int32Array.from(row), entry: Int32Array.from(entry) };
}

/** The entries of a pattern without some of them, by columns. */
function without({ size, columnStart, row }: Pattern, absent: Int32Array): Entries {
  const gone = new Uint8Array(row.length);
  for (const e of absent) gone[e] = 1;
  const start = new Int32Array(size + 1);
  const entry = new Int32Array(row.length - absent.length);
  let count = 0;
  for (let j = 0; j < size; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) if (gone[e] === 0) entry[count++] = e;
    start[j + 1] = count;
  }
  return { columnStart: start, entry };
}
