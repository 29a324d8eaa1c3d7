import type { Pattern } from "../system.js";

/** A pattern that contains another and, beside it, diagonal entries. */
export interface WithDiagonal {
  readonly pattern: Pattern;
  /** size nnz of the inner pattern: where each of its entries stands */
  readonly place: Int32Array;
  /** size n: where the diagonal entry of each column stands; −1 if there is none */
  readonly diagonal: Int32Array;
}

/** Adds diagonal entries in the given columns to a pattern. */
export function withDiagonal(inner: Pattern, columns: Iterable<number>): WithDiagonal {
  const { size, columnStart } = inner;
  const wanted = new Uint8Array(size);
  for (const column of columns) wanted[column] = 1;
  if (!wanted.includes(1)) return same(inner);
  const row: number[] = [];
  const starts = new Int32Array(size + 1);
  const place = new Int32Array(inner.row.length);
  const diagonal = new Int32Array(size).fill(-1);
  for (let j = 0; j < size; j++) {
    let missing = wanted[j] === 1;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const i = inner.row[e]!;
      if (i > j && missing) {
        diagonal[j] = row.push(j) - 1;
        missing = false;
      }
      place[e] = row.push(i) - 1;
      if (i === j) {
        diagonal[j] = place[e]!;
        missing = false;
      }
    }
    if (missing) diagonal[j] = row.push(j) - 1;
    starts[j + 1] = row.length;
  }
  return { pattern: { size, columnStart: starts, row: Int32Array.from(row) }, place, diagonal };
}

function same(pattern: Pattern): WithDiagonal {
  const place = new Int32Array(pattern.row.length);
  for (let e = 0; e < place.length; e++) place[e] = e;
  return { pattern, place, diagonal: new Int32Array(pattern.size).fill(-1) };
}
