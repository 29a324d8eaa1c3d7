import type { Columns } from "./blocks.js";

/** An order of elimination with the tree that it makes: see `EliminationTree`; size n each. */
export interface TreeArrays {
  readonly order: Int32Array;
  readonly place: Int32Array;
  readonly parent: Int32Array;
  readonly count: Int32Array;
}

/** What growing it takes. */
export interface TreeWork {
  readonly before: Int32Array; // size n: the tree of the order as it was wanted
  readonly ancestor: Int32Array; // size n: short cuts on the way up; then siblings
  readonly child: Int32Array; // size n+1
  readonly path: Int32Array; // size n+1
  readonly post: Int32Array; // size n
}

/**
 * The elimination tree of a symmetric pattern (of which one triangle may do, and entries may come twice) for an order,
 * which is put into postorder: that makes the same fill, and columns of equal shape stand side by side.
 *
 * Liu, SIAM J. Matrix Anal. Appl. 11, 134 (1990).
 */
export function growTree(neighbours: Columns, wanted: Int32Array, tree: TreeArrays, work: TreeWork): void {
  const { size } = neighbours;
  const { order, place, parent, count } = tree;
  const { before, post } = work;
  invert(size, wanted, place);
  findParents(neighbours, wanted, place, work);
  walkDepthFirst(size, work);
  for (let k = 0; k < size; k++) order[k] = wanted[post[k]!]!;
  invert(size, post, place);
  for (let k = 0; k < size; k++) {
    const above = before[post[k]!]!;
    parent[k] = above < 0 ? -1 : place[above]!;
  }
  invert(size, order, place);
  count.fill(0, 0, size);
  countRows(neighbours, tree, work.ancestor);
}

function invert(size: number, order: Int32Array, place: Int32Array): void {
  for (let k = 0; k < size; k++) place[order[k]!] = k;
}

function findParents(
  { size, columnStart, row }: Columns,
  order: Int32Array,
  place: Int32Array,
  { before, ancestor }: TreeWork,
): void {
  before.fill(-1, 0, size);
  ancestor.fill(-1, 0, size);
  for (let k = 0; k < size; k++) {
    const unknown = order[k]!;
    for (let e = columnStart[unknown]!; e < columnStart[unknown + 1]!; e++) {
      let i = place[row[e]!]!;
      while (i >= 0 && i < k) {
        const up = ancestor[i]!;
        ancestor[i] = k;
        if (up < 0) before[i] = k;
        i = up;
      }
    }
  }
}

/** Depth first, from each root: post[k] comes k-th. */
function walkDepthFirst(size: number, { before, ancestor: sibling, child, path, post }: TreeWork): void {
  child.fill(-1, 0, size + 1); // the first one; of the roots at n
  for (let k = size - 1; k >= 0; k--) {
    const above = before[k]! < 0 ? size : before[k]!;
    sibling[k] = child[above]!;
    child[above] = k;
  }
  path[0] = size;
  let placed = 0;
  let depth = 0;
  while (depth >= 0) {
    const at = path[depth]!;
    const down = child[at]!;
    if (down >= 0) {
      child[at] = sibling[down]!;
      depth++;
      path[depth] = down;
    } else {
      if (at < size) post[placed++] = at;
      depth--;
    }
  }
}

/** Counts the entries of each column of the factor below its diagonal: a row's are on the paths from its own ones up to it. */
function countRows(
  { size, columnStart, row }: Columns,
  { order, place, parent, count }: TreeArrays,
  seen: Int32Array,
): void {
  seen.fill(-1, 0, size);
  for (let i = 0; i < size; i++) {
    seen[i] = i;
    const unknown = order[i]!;
    for (let e = columnStart[unknown]!; e < columnStart[unknown + 1]!; e++) {
      for (let j = place[row[e]!]!; j < i && seen[j] !== i; j = parent[j]!) {
        seen[j] = i;
        count[j]!++;
      }
    }
  }
}
