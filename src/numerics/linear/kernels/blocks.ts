/** A matrix by its columns. */
export interface Columns {
  readonly size: number; // n
  readonly columnStart: Int32Array; // size n+1
  readonly row: Int32Array; // size nnz
}

/** What a search for blocks keeps; size n each. */
export interface BlockSearch {
  readonly columnOf: Int32Array; // the column that a row is matched with; −1 if with none
  readonly rowOf: Int32Array;
  readonly cheap: Int32Array; // how far each column has been searched for a free row
  readonly next: Int32Array; // how far it has been searched on the present path
  readonly path: Int32Array;
  readonly visited: Int32Array; // by the search from a root; of components: the order of discovery
  readonly low: Int32Array;
  readonly open: Int32Array;
  readonly done: Int32Array;
}

/**
 * A maximum matching of rows with columns, then the strong components of the matched matrix; the way of
 * Duff & Reid, ACM TOMS 4, 137 (1978). Columns that find no row (a matrix singular by its shape) are given one that is
 * left over. Gives how many blocks there are.
 */
export function findBlocks(
  matrix: Columns,
  search: BlockSearch,
  row: Int32Array,
  column: Int32Array,
  start: Int32Array,
): number {
  matchRows(matrix, search);
  const count = findComponents(matrix, search, column, start);
  for (let k = 0; k < matrix.size; k++) row[k] = search.rowOf[column[k]!]!;
  return count;
}

/**
 * rowOf[j] becomes a row with an entry in column j, a different one for each column: the diagonal where there is one,
 * else by augmenting paths, depth first with a look ahead.
 */
function matchRows({ size, columnStart, row }: Columns, search: BlockSearch): void {
  const { columnOf, rowOf, cheap, next, visited } = search;
  columnOf.fill(-1, 0, size);
  rowOf.fill(-1, 0, size);
  visited.fill(-1, 0, size);
  for (let j = 0; j < size; j++) {
    cheap[j] = columnStart[j]!;
    next[j] = columnStart[j]!;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      if (row[e] !== j) continue;
      columnOf[j] = j;
      rowOf[j] = j;
    }
  }
  for (let root = 0; root < size; root++) if (rowOf[root]! < 0) augment(columnStart, row, search, root);
  let free = 0;
  for (let j = 0; j < size; j++) {
    if (rowOf[j]! >= 0) continue;
    while (columnOf[free]! >= 0) free++;
    columnOf[free] = j;
    rowOf[j] = free;
  }
}

/** Looks for a row for a column, by a path along which the rows of other columns can be shifted. */
function augment(columnStart: Int32Array, row: Int32Array, search: BlockSearch, root: number): void {
  const { columnOf, rowOf, cheap, next, path, visited } = search;
  let depth = 0;
  path[0] = root;
  visited[root] = root;
  while (depth >= 0) {
    const j = path[depth]!;
    const end = columnStart[j + 1]!;
    while (cheap[j]! < end && columnOf[row[cheap[j]!]!]! >= 0) cheap[j]!++;
    if (cheap[j]! < end) {
      // A free row: shift the matches along the path.
      let free = row[cheap[j]!]!;
      for (; depth >= 0; depth--) {
        const at = path[depth]!;
        const given = rowOf[at]!;
        columnOf[free] = at;
        rowOf[at] = free;
        free = given;
      }
      return;
    }
    while (next[j]! < end && visited[columnOf[row[next[j]!]!]!] === root) next[j]!++;
    if (next[j]! < end) {
      const deeper = columnOf[row[next[j]!++]!]!;
      visited[deeper] = root;
      next[deeper] = columnStart[deeper]!;
      depth++;
      path[depth] = deeper;
    } else depth--;
  }
}

/**
 * Components of the graph with an edge from column j to the column of each row that it has an entry in; a component
 * is found after all that it leads to (Tarjan, SIAM J. Comput. 1, 146 (1972)), which is the order of the blocks.
 */
function findComponents(
  { size, columnStart, row }: Columns,
  { columnOf, next, path, visited, low, open, done }: BlockSearch,
  column: Int32Array,
  start: Int32Array,
): number {
  visited.fill(-1, 0, size);
  for (let j = 0; j < size; j++) next[j] = columnStart[j]!;
  let discovered = 0;
  let opened = 0;
  let placed = 0;
  let count = 0;
  for (let root = 0; root < size; root++) {
    if (visited[root]! >= 0) continue;
    let depth = 0;
    let fresh = root;
    while (depth >= 0) {
      if (fresh >= 0) {
        path[depth] = fresh;
        low[fresh] = discovered;
        visited[fresh] = discovered++;
        open[opened++] = fresh;
        fresh = -1;
      }
      const j = path[depth]!;
      if (next[j]! < columnStart[j + 1]!) {
        const k = columnOf[row[next[j]!++]!]!;
        if (visited[k]! < 0) {
          depth++;
          fresh = k;
        } else if (done[k] === 0) low[j] = Math.min(low[j]!, visited[k]!);
        continue;
      }
      depth--;
      if (depth >= 0) low[path[depth]!] = Math.min(low[path[depth]!]!, low[j]!);
      if (low[j] !== visited[j]) continue;
      start[count] = placed;
      count++;
      for (;;) {
        opened--;
        const k = open[opened]!;
        done[k] = 1;
        column[placed++] = k;
        if (k === j) break;
      }
    }
  }
  start[count] = placed;
  return count;
}

/** Gives each block its columns in their own order: what stands last in A stands last in the block. */
export function orderBlocks(
  size: number,
  count: number,
  start: Int32Array,
  row: Int32Array,
  column: Int32Array,
  rowOf: Int32Array,
  blockOf: Int32Array,
  next: Int32Array,
): void {
  for (let b = 0; b < count; b++) {
    next[b] = start[b]!;
    for (let k = start[b]!; k < start[b + 1]!; k++) {
      blockOf[column[k]!] = b;
      rowOf[column[k]!] = row[k]!;
    }
  }
  for (let j = 0; j < size; j++) {
    const at = next[blockOf[j]!]!++;
    column[at] = j;
    row[at] = rowOf[j]!;
  }
}
