import { factoredMatrix } from "../numerics/linear/choose.js";
import type { Pattern } from "../numerics/system.js";

/** So many columns may take a solution each; and a product may have so many times the entries of what it is made of. */
const most = { solutions: 500, growth: 2 };

/** A matrix by compressed columns. */
interface Columns {
  readonly pattern: Pattern;
  readonly values: Float64Array;
}

/** Entries of a matrix, one after the other. */
export class Entries {
  readonly row: number[] = [];
  readonly column: number[] = [];
  readonly value: number[] = [];

  add(row: number, column: number, value: number): void {
    this.row.push(row);
    this.column.push(column);
    this.value.push(value);
  }
}

/** The entries that are not 0, of columns that are taken out of several matrices. */
export function columnsOf({ size, columnStart, row }: Pattern, valuesOf: (j: number) => Float64Array): Columns {
  const rows: number[] = [];
  const values: number[] = [];
  const start = new Int32Array(size + 1);
  for (let j = 0; j < size; j++) {
    const given = valuesOf(j);
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      if (given[e] === 0) continue;
      rows.push(row[e]!);
      values.push(given[e]!);
    }
    start[j + 1] = rows.length;
  }
  return { pattern: { size, columnStart: start, row: Int32Array.from(rows) }, values: Float64Array.from(values) };
}

/** −K⁻¹ times the chosen columns of G, and behind them the unit vectors of the driven rows; undefined where it is not sparse. */
export function inverseProduct(K: Columns, G: Columns, dynamic: Int32Array, driven: Int32Array): Entries | undefined {
  const matrix = factoredMatrix(K.pattern);
  if (matrix.factor(K.values) !== undefined) return undefined;
  const alone = pivotsAlone(K);
  const product = new Entries();
  const limit = most.growth * (G.values.length + K.pattern.size);
  let solutions = 0;
  const b = new Float64Array(K.pattern.size);
  const solve = (column: number): boolean => {
    matrix.solve(b);
    for (let i = 0; i < b.length; i++) if (b[i] !== 0) product.add(i, column, -b[i]!);
    b.fill(0);
    return ++solutions <= most.solutions && product.value.length <= limit;
  };
  const { columnStart, row } = G.pattern;
  for (let k = 0; k < dynamic.length; k++) {
    let isPlain = true;
    for (let e = columnStart[dynamic[k]!]!; e < columnStart[dynamic[k]! + 1]!; e++) {
      if (alone[row[e]!] === 0) isPlain = false;
    }
    for (let e = columnStart[dynamic[k]!]!; e < columnStart[dynamic[k]! + 1]!; e++) {
      if (isPlain) product.add(row[e]!, k, -G.values[e]! / alone[row[e]!]!);
      else b[row[e]!]! += G.values[e]!;
    }
    if (!isPlain && !solve(k)) return undefined;
  }
  for (let k = 0; k < driven.length; k++) {
    b[driven[k]!] = 1;
    if (!solve(dynamic.length + k)) return undefined;
  }
  return product;
}

/** size n: the entry on the diagonal where it stands alone in its row and its column, else 0. */
function pivotsAlone({ pattern: { size, columnStart, row }, values }: Columns): Float64Array {
  const inRow = new Int32Array(size);
  for (let e = 0; e < row.length; e++) inRow[row[e]!]!++;
  const pivots = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const e = columnStart[j]!;
    if (columnStart[j + 1] === e + 1 && row[e] === j && inRow[j] === 1) pivots[j] = values[e]!;
  }
  return pivots;
}
