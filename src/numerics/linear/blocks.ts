import type { Pattern } from "../system.js";

/**
 * Row and column orders that bring a matrix to block upper triangular form with entries all along its diagonal; a
 * block cannot be split further. Only the blocks on the diagonal need to be factored.
 */
export interface Blocks {
  readonly row: Int32Array; // size n: row[k] of A stands in place k
  readonly column: Int32Array; // size n
  readonly start: Int32Array; // size blocks+1: where each block begins
}

/**
 * A maximum matching of rows with columns, then the strong components of the matched matrix; the way of
 * Duff & Reid, ACM TOMS 4, 137 (1978). Columns that find no row (a matrix singular by its shape) are given one that is
 * left over.
 */
export function triangularBlocks(pattern: Pattern): Blocks {
  const rowOf = matching(pattern);
  return strongComponents(pattern, rowOf);
}

/**
 * rowOf[j] is a row with an entry in column j, a different one for each column: the diagonal where there is one,
 * else by augmenting paths, depth first with a look ahead.
 */
function matching({ size: n, columnStart, row }: Pattern): Int32Array {
  const columnOf = new Int32Array(n).fill(-1);
  const rowOf = new Int32Array(n).fill(-1);
  const match = (i: number, j: number): void => {
    columnOf[i] = j;
    rowOf[j] = i;
  };
  for (let j = 0; j < n; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) if (row[e] === j) match(j, j);
  }
  const visited = new Int32Array(n).fill(-1);
  const cheap = columnStart.slice(0, n); // how far each column has been searched for a free row
  const next = columnStart.slice(0, n); // how far it has been searched on the present path
  const path = new Int32Array(n);
  for (let root = 0; root < n; root++) {
    if (rowOf[root]! >= 0) continue;
    let depth = 0;
    path[0] = root;
    next[root] = columnStart[root]!;
    visited[root] = root;
    while (depth >= 0) {
      const j = path[depth]!;
      const end = columnStart[j + 1]!;
      while (cheap[j]! < end && columnOf[row[cheap[j]!]!]! >= 0) cheap[j]!++;
      if (cheap[j]! < end) {
        // A free row: shift the matches along the path.
        let free = row[cheap[j]!]!;
        for (; depth >= 0; depth--) {
          const given = rowOf[path[depth]!]!;
          match(free, path[depth]!);
          free = given;
        }
        break;
      }
      while (next[j]! < end && visited[columnOf[row[next[j]!]!]!] === root) next[j]!++;
      if (next[j]! < end) {
        const deeper = columnOf[row[next[j]!++]!]!;
        visited[deeper] = root;
        next[deeper] = columnStart[deeper]!;
        path[++depth] = deeper;
      } else depth--;
    }
  }
  let free = 0;
  for (let j = 0; j < n; j++) {
    if (rowOf[j]! >= 0) continue;
    while (columnOf[free]! >= 0) free++;
    match(free, j);
  }
  return rowOf;
}

/**
 * Components of the graph with an edge from column j to the column of each row that it has an entry in; a component
 * is found after all that it leads to (Tarjan, SIAM J. Comput. 1, 146 (1972)), which is the order of the blocks.
 */
function strongComponents({ size: n, columnStart, row }: Pattern, rowOf: Int32Array): Blocks {
  const columnOf = new Int32Array(n);
  for (let j = 0; j < n; j++) columnOf[rowOf[j]!] = j;
  const number = new Int32Array(n).fill(-1); // order of discovery
  const low = new Int32Array(n);
  const done = new Uint8Array(n);
  const next = columnStart.slice(0, n);
  const path = new Int32Array(n);
  const open = new Int32Array(n);
  const column = new Int32Array(n);
  const start: number[] = [0];
  let discovered = 0;
  let opened = 0;
  let placed = 0;
  for (let root = 0; root < n; root++) {
    if (number[root]! >= 0) continue;
    let depth = 0;
    path[0] = root;
    low[root] = number[root] = discovered++;
    open[opened++] = root;
    while (depth >= 0) {
      const j = path[depth]!;
      if (next[j]! < columnStart[j + 1]!) {
        const k = columnOf[row[next[j]!++]!]!;
        if (number[k]! < 0) {
          path[++depth] = k;
          low[k] = number[k] = discovered++;
          open[opened++] = k;
        } else if (done[k] === 0) low[j] = Math.min(low[j]!, number[k]!);
        continue;
      }
      depth--;
      if (depth >= 0) low[path[depth]!] = Math.min(low[path[depth]!]!, low[j]!);
      if (low[j] !== number[j]) continue;
      for (;;) {
        const k = open[--opened]!;
        done[k] = 1;
        column[placed++] = k;
        if (k === j) break;
      }
      start.push(placed);
    }
  }
  return { row: Int32Array.from(column, (j) => rowOf[j]!), column, start: Int32Array.from(start) };
}
