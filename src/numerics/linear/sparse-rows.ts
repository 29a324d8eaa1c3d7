/** Entries (row, column, value) of a matrix; those of the same place add up. */
export interface Triplets {
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/** A sparse matrix by its rows, for products with vectors. */
export class SparseRows {
  readonly start: Int32Array; // size n + 1: the entries of row i are start[i] … start[i + 1] − 1
  readonly column: Int32Array;
  readonly value: Float64Array;

  constructor(n: number, parts: readonly Triplets[]) {
    const start = new Int32Array(n + 1);
    for (const { row, value } of parts) {
      for (let k = 0; k < row.length; k++) if (value[k] !== 0) start[row[k]! + 1]!++;
    }
    for (let i = 0; i < n; i++) start[i + 1]! += start[i]!;
    const column = new Int32Array(start[n]!);
    const value = new Float64Array(start[n]!);
    const next = start.slice(0, n);
    for (const part of parts) {
      for (let k = 0; k < part.row.length; k++) {
        if (part.value[k] === 0) continue;
        const e = next[part.row[k]!]!++;
        column[e] = part.column[k]!;
        value[e] = part.value[k]!;
      }
    }
    const length = merge(start, column, value);
    this.start = start;
    this.column = column.slice(0, length);
    this.value = value.slice(0, length);
  }

  /** out = factor · (A − shift)·y + plus; `plus` may be `out`. */
  apply(factor: number, shift: number, y: Float64Array, plus: Float64Array | undefined, out: Float64Array): void {
    const start = this.start;
    const column = this.column;
    const value = this.value;
    let e = 0;
    for (let i = 0; i < out.length; i++) {
      const end = start[i + 1]!;
      // Two sums, that an addition need not wait for the one before.
      let a = -shift * y[i]!;
      let b = 0;
      for (; e + 1 < end; e += 2) {
        a += value[e]! * y[column[e]!]!;
        b += value[e + 1]! * y[column[e + 1]!]!;
      }
      if (e < end) a += value[e]! * y[column[e++]!]!;
      out[i] = plus === undefined ? factor * (a + b) : factor * (a + b) + plus[i]!;
    }
  }

  /** The smallest value on the diagonal. */
  leastOfDiagonal(): number {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < this.start.length; i++) {
      let own = 0;
      for (let e = this.start[i]!; e < this.start[i + 1]!; e++) if (this.column[e] === i) own += this.value[e]!;
      least = Math.min(least, own);
    }
    return least;
  }
}

/** Adds up entries of the same place, in place; leaves out what cancels. Gives how many are left. */
function merge(start: Int32Array, column: Int32Array, value: Float64Array): number {
  const n = start.length - 1;
  const seen = new Int32Array(n).fill(-1); // where the entry of a column of this row stands
  let length = 0;
  let from = 0;
  for (let i = 0; i < n; i++) {
    const first = length;
    for (let e = from; e < start[i + 1]!; e++) {
      const at = seen[column[e]!]!;
      if (at >= first && at < length && column[at] === column[e]) value[at]! += value[e]!;
      else {
        seen[column[e]!] = length;
        column[length] = column[e]!;
        value[length++] = value[e]!;
      }
    }
    from = start[i + 1]!;
    let kept = first;
    for (let e = first; e < length; e++) {
      if (value[e] === 0) continue;
      column[kept] = column[e]!;
      value[kept++] = value[e]!;
    }
    length = kept;
    start[i + 1] = length;
  }
  return length;
}
