import type { Pattern } from "../system.js";

/** An order of elimination with the tree that it makes: eliminating column k changes its ancestors alone. */
export interface EliminationTree {
  /** size n: order[k] is eliminated k-th; a parent comes behind its children, and these behind all of their own. */
  readonly order: Int32Array;
  /** size n: the place of each unknown in the order */
  readonly place: Int32Array;
  /** size n: by place, the first column that the elimination of each changes; −1 for a root */
  readonly parent: Int32Array;
  /** size n: by place, entries of the factor's column below its diagonal */
  readonly count: Int32Array;
}

/**
 * The elimination tree of a symmetric pattern (of which one triangle may do, and entries may come twice) for an order,
 * which is put into postorder: that makes the same fill, and columns of equal shape stand side by side.
 *
 * Liu, SIAM J. Matrix Anal. Appl. 11, 134 (1990).
 */
export function eliminationTree(neighbours: Neighbours, wanted: Int32Array): EliminationTree {
  const n = wanted.length;
  const before = inverse(wanted);
  const parentBefore = parents(neighbours, wanted, before);
  const post = postorder(parentBefore);
  const order = post.map((k) => wanted[k]!);
  const renamed = inverse(post);
  const parent = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const above = parentBefore[post[k]!]!;
    parent[k] = above < 0 ? -1 : renamed[above]!;
  }
  const place = inverse(order);
  const count = new Int32Array(n);
  eachRow(neighbours, { order, place, parent }, (_row, column) => {
    count[column]!++;
  });
  return { order, place, parent, count };
}

/** Who is joined with whom, both ways, by compressed lists. */
export type Neighbours = Pick<Pattern, "columnStart" | "row">;

/** The pattern of A + Aᵀ without its diagonal, from entries of either triangle; entries that come twice stay so. */
export function neighboursOf(n: number, rows: Int32Array, columns: Int32Array): Neighbours {
  const columnStart = new Int32Array(n + 1);
  for (let e = 0; e < rows.length; e++) {
    columnStart[rows[e]! + 1]!++;
    columnStart[columns[e]! + 1]!++;
  }
  for (let i = 0; i < n; i++) columnStart[i + 1]! += columnStart[i]!;
  const next = columnStart.slice(0, n);
  const row = new Int32Array(2 * rows.length);
  for (let e = 0; e < rows.length; e++) {
    row[next[rows[e]!]!++] = columns[e]!;
    row[next[columns[e]!]!++] = rows[e]!;
  }
  return { columnStart, row };
}

/**
 * Calls `see` for every entry (row, column) of the factor below its diagonal, by rows in their order: a row's columns
 * are those that paths from its own entries up to it come by.
 */
export function eachRow(
  { columnStart, row }: Neighbours,
  { order, place, parent }: Pick<EliminationTree, "order" | "place" | "parent">,
  see: (row: number, column: number) => void,
): void {
  const seen = new Int32Array(order.length).fill(-1);
  for (let i = 0; i < order.length; i++) {
    seen[i] = i;
    const unknown = order[i]!;
    for (let e = columnStart[unknown]!; e < columnStart[unknown + 1]!; e++) {
      for (let j = place[row[e]!]!; j < i && seen[j] !== i; j = parent[j]!) {
        seen[j] = i;
        see(i, j);
      }
    }
  }
}

function inverse(order: Int32Array): Int32Array {
  const place = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) place[order[k]!] = k;
  return place;
}

function parents({ columnStart, row }: Neighbours, order: Int32Array, place: Int32Array): Int32Array {
  const parent = new Int32Array(order.length).fill(-1);
  const ancestor = new Int32Array(order.length).fill(-1); // short cuts on the way up
  for (let k = 0; k < order.length; k++) {
    const unknown = order[k]!;
    for (let e = columnStart[unknown]!; e < columnStart[unknown + 1]!; e++) {
      let i = place[row[e]!]!;
      while (i >= 0 && i < k) {
        const up = ancestor[i]!;
        ancestor[i] = k;
        if (up < 0) parent[i] = k;
        i = up;
      }
    }
  }
  return parent;
}

/** Depth first, from each root: post[k] comes k-th. */
function postorder(parent: Int32Array): Int32Array {
  const n = parent.length;
  const child = new Int32Array(n + 1).fill(-1); // the first one; of the roots at n
  const sibling = new Int32Array(n);
  for (let k = n - 1; k >= 0; k--) {
    const above = parent[k]! < 0 ? n : parent[k]!;
    sibling[k] = child[above]!;
    child[above] = k;
  }
  const post = new Int32Array(n);
  const path = new Int32Array(n + 1);
  path[0] = n;
  let placed = 0;
  for (let depth = 0; depth >= 0; ) {
    const at = path[depth]!;
    const down = child[at]!;
    if (down >= 0) {
      child[at] = sibling[down]!;
      path[++depth] = down;
    } else {
      if (at < n) post[placed++] = at;
      depth--;
    }
  }
  return post;
}
