import { roomFor } from "../numerics/linear/room.js";
import type { Pattern } from "../numerics/system.js";

/** A pattern, and where in it the entries stand that it was made from. */
export interface Placed {
  readonly pattern: Pattern;
  /** size entries: the slot of each entry; −1 for one that lies in the row or the column of ground. */
  readonly slots: Int32Array;
}

/**
 * The pattern of n unknowns that holds the given entries and the whole diagonal. An entry may come more than once; one
 * with a negative row or column is left out. Linear in the entries.
 */
export function patternOf(n: number, rows: Int32Array, columns: Int32Array): Placed {
  const count = rows.length;
  const { arrays, kernels } = roomFor((room) => {
    const ofAll = (): Int32Array => room.ints(count + n);
    return {
      entries: { row: ofAll(), column: ofAll(), byRow: ofAll(), order: ofAll(), start: room.ints(n + 2) },
      slots: room.ints(count),
      columnStart: room.ints(n + 1),
      found: ofAll(),
    };
  });
  const { entries, slots, columnStart, found } = arrays;
  entries.row.set(rows);
  entries.column.set(columns);
  const size = kernels.findPattern(n, count, entries, slots, columnStart, found);
  return { pattern: { size: n, columnStart: columnStart.slice(), row: found.slice(0, size) }, slots: slots.slice() };
}
