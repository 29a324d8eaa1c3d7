import type { Pattern } from "../system.js";
import { inOwnOrder, triangularBlocks } from "./blocks.js";
import { roomFor } from "./room.js";
import { composed, type SymmetricShape, symmetricShape } from "./symmetric-block.js";

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

/** The entries on the diagonal that are 0, as that of a voltage source's current. */
export function absentDiagonal({ size, columnStart, row }: Pattern, values: Float64Array): Int32Array {
  const absent: number[] = [];
  for (let j = 0; j < size; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) if (row[e] === j && values[e] === 0) absent.push(e);
  }
  return Int32Array.from(absent);
}

/** The shape of a matrix whose entries are those of the pattern, but for `absent`; undefined if it is not of this kind. */
export function shapeOf(pattern: Pattern, absent: Int32Array): BlockShape | undefined {
  const gone = new Int32Array(pattern.row.length);
  for (const e of absent) gone[e] = 1;
  const { row, column, start } = inOwnOrder(triangularBlocks(without(pattern, gone)));
  const sorting = sortedEntries(pattern, gone, row, column);
  const blocks = blocksIn(sorting, start);
  if (blocks === undefined) return undefined;
  const order = orderOf(blocks, pattern.size);
  return {
    pattern,
    absent,
    row: composed(order, row),
    column: composed(order, column),
    blocks,
    above: aboveBlocks(sorting, start, order),
  };
}

/** A pattern without some of its entries. */
function without({ size, columnStart, row }: Pattern, gone: Int32Array): Pattern {
  const { arrays, kernels } = roomFor((room) => ({
    matrix: { size, columnStart: room.ints(columnStart), row: room.ints(row) },
    gone: room.ints(gone),
    columnStart: room.ints(size + 1),
    row: room.ints(row.length),
  }));
  const count = kernels.dropEntries(arrays.matrix, arrays.gone, arrays.columnStart, arrays.row);
  return { size, columnStart: arrays.columnStart, row: arrays.row.subarray(0, count) };
}

type Sorting = ReturnType<typeof sortedEntries>;

/** The entries by the places of their columns, and in each by those of their rows; with room for parts of them. */
function sortedEntries(
  { size, columnStart, row: rows }: Pattern,
  gone: Int32Array,
  row: Int32Array,
  column: Int32Array,
) {
  const sorting = roomFor((room) => {
    const entries = () => ({ start: room.ints(size + 1), row: room.ints(rows.length), entry: room.ints(rows.length) });
    return {
      matrix: { size, columnStart: room.ints(columnStart), row: room.ints(rows) },
      gone: room.ints(gone),
      row: room.ints(row),
      column: room.ints(column),
      byRow: entries(),
      sorted: entries(),
      place: room.ints(size),
      blockStart: room.ints(size + 1),
      order: room.ints(size),
    };
  });
  const { arrays, kernels } = sorting;
  const { matrix, byRow, sorted, place } = arrays;
  kernels.sortEntries(matrix, arrays.gone, arrays.row, arrays.column, byRow, sorted, place);
  return sorting;
}

/** The blocks, single entries in a row as one; undefined if one is of no shape that is known here. */
function blocksIn(sorting: Sorting, start: Int32Array): Block[] | undefined {
  const blocks: Block[] = [];
  for (let b = 0; b + 1 < start.length; ) {
    const from = start[b++]!;
    const isSingle = start[b]! - from === 1;
    while (isSingle && b + 1 < start.length && start[b + 1]! - start[b]! === 1) b++;
    const block = isSingle ? singlesIn(sorting, from, start[b]!) : blockIn(sorting, from, start[b]!);
    if (block === undefined) return undefined;
    blocks.push(block);
  }
  return blocks;
}

function singlesIn({ arrays: { sorted, byRow }, kernels }: Sorting, from: number, to: number): Block | undefined {
  if (kernels.cutSingles(from, to, sorted, byRow.entry) === 0) return undefined;
  return { from, to, entry: byRow.entry.slice(0, to - from), shape: undefined };
}

function blockIn({ arrays: { sorted, byRow }, kernels }: Sorting, from: number, to: number): Block | undefined {
  const size = to - from;
  const count = kernels.cutBlock(from, to, sorted, byRow.start, byRow.row, byRow.entry);
  const entry = byRow.entry.slice(0, count);
  const columnStart = byRow.start.slice(0, size + 1);
  const shape = symmetricShape({ size, columnStart, row: byRow.row.slice(0, count) }, entry);
  return shape && { from, to, entry, shape };
}

/** order[k] is the place among the blocks of what comes to place k. */
function orderOf(blocks: readonly Block[], size: number): Int32Array {
  const order = new Int32Array(size);
  for (const { from, to, shape } of blocks) {
    for (let k = from; k < to; k++) order[k] = shape === undefined ? k : from + shape.order[k - from]!;
  }
  return order;
}

/** The entries above the blocks, in the places that these have given to their unknowns. */
function aboveBlocks({ arrays, kernels }: Sorting, start: Int32Array, order: Int32Array): BlockShape["above"] {
  const { matrix, sorted, byRow, place, blockStart } = arrays;
  blockStart.set(start);
  arrays.order.set(order);
  const count = kernels.cutAbove(matrix.size, start.length - 1, blockStart, arrays.order, place, sorted, byRow);
  return { start: byRow.start.slice(), row: byRow.row.slice(0, count), entry: byRow.entry.slice(0, count) };
}
