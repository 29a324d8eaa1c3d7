import type { Pattern } from "../system.js";
import { roomFor } from "./room.js";

/**
 * Row and column orders that bring a matrix to block upper triangular form with entries all along its diagonal; a
 * block cannot be split further. Only the blocks on the diagonal need to be factored.
 */
export interface Blocks {
  readonly row: Int32Array; // size n: row[k] of A stands in place k
  readonly column: Int32Array; // size n
  readonly start: Int32Array; // size blocks+1: where each block begins
}

/** Finds the blocks. */
export function triangularBlocks({ size, columnStart, row }: Pattern): Blocks {
  const { arrays, kernels } = roomFor((room) => {
    const ofAll = (): Int32Array => room.ints(size);
    return {
      matrix: { size, columnStart: room.ints(columnStart), row: room.ints(row) },
      search: {
        columnOf: ofAll(),
        rowOf: ofAll(),
        cheap: ofAll(),
        next: ofAll(),
        path: ofAll(),
        visited: ofAll(),
        low: ofAll(),
        open: ofAll(),
        done: ofAll(),
      },
      row: ofAll(),
      column: ofAll(),
      start: room.ints(size + 1),
    };
  });
  const count = kernels.findBlocks(arrays.matrix, arrays.search, arrays.row, arrays.column, arrays.start);
  return { row: arrays.row.slice(), column: arrays.column.slice(), start: arrays.start.slice(0, count + 1) };
}

/** Each block with its columns in their own order: what stands last in A stands last in the block. */
export function inOwnOrder({ row, column, start }: Blocks): Blocks {
  const size = row.length;
  const { arrays, kernels } = roomFor((room) => ({
    row: room.ints(row),
    column: room.ints(column),
    start: room.ints(start),
    rowOf: room.ints(size),
    blockOf: room.ints(size),
    next: room.ints(size),
  }));
  const { rowOf, blockOf, next } = arrays;
  kernels.orderBlocks(size, start.length - 1, arrays.start, arrays.row, arrays.column, rowOf, blockOf, next);
  return { row: arrays.row.slice(), column: arrays.column.slice(), start };
}
