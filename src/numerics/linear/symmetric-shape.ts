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

export interface Block {
  readonly from: number; // its first place
  /** Its entries among those of A. */
  readonly entry: Int32Array;
  /** undefined: a single entry */
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
  const blocks: Block[] = [];
  const above = { start: new Int32Array(pattern.size + 1), row: sorted.row.slice(), entry: sorted.entry.slice() };
  let outside = 0;
  for (let b = 0; b + 1 < start.length; b++) {
    const [from, to] = [start[b]!, start[b + 1]!];
    const columnStart = new Int32Array(to - from + 1);
    const first = sorted.start[from]!;
    const inside = { row: sorted.row.subarray(first), entry: sorted.entry.subarray(first) };
    let count = 0;
    for (let k = from; k < to; k++) {
      for (let e = sorted.start[k]!; e < sorted.start[k + 1]!; e++) {
        const [at, entry] = [sorted.row[e]!, sorted.entry[e]!];
        if (at < from) {
          above.row[outside] = at;
          above.entry[outside++] = entry;
        } else {
          // What is kept moves up over what was taken out: never past what is still to be read.
          inside.row[count] = at - from;
          inside.entry[count++] = entry;
        }
      }
      above.start[k + 1] = outside;
      columnStart[k - from + 1] = count;
    }
    const block = blockOf(from, columnStart, inside.row.slice(0, count), inside.entry.slice(0, count));
    if (block === undefined) return undefined;
    blocks.push(block);
  }
  const [aboveRow, aboveEntry] = [above.row.slice(0, outside), above.entry.slice(0, outside)];
  return { pattern, absent, row, column, blocks, above: { start: above.start, row: aboveRow, entry: aboveEntry } };
}

/** The entries by the places of their columns, and in each by those of their rows: two counting sorts. */
function byPlaces({ size, row: rowOf }: Pattern, entries: Entries, row: Int32Array, column: Int32Array) {
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

function blockOf(from: number, columnStart: Int32Array, row: Int32Array, entry: Int32Array): Block | undefined {
  const size = columnStart.length - 1;
  if (size === 1) return entry.length === 1 ? { from, entry, shape: undefined } : undefined;
  const shape = symmetricShape({ size, columnStart, row });
  return shape && { from, entry, shape };
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
