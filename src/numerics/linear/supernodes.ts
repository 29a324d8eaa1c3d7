import { type EliminationTree, eachRow, type Neighbours } from "./elimination-tree.js";

/**
 * Columns of a Cholesky factor that have, nearly, one shape: they are kept as one full panel. Panel s has
 * `rowStart[s + 1] − rowStart[s]` rows below its triangle and stands by rows from panelStart[s] on.
 */
export interface Supernodes {
  readonly tree: EliminationTree;
  /** size supernodes+1: the first column of each */
  readonly first: Int32Array;
  /** size supernodes+1 */
  readonly rowStart: Int32Array;
  /** The rows below each triangle, ascending. */
  readonly row: Int32Array;
  /** For each of `row`, its place among the columns and rows of the parent. */
  readonly inParent: Int32Array;
  /** size supernodes+1 */
  readonly panelStart: Int32Array;
  /** size supernodes+1: the children of s are child[childStart[s] …] in their order */
  readonly childStart: Int32Array;
  readonly child: Int32Array;
  /** How many products making the factor takes. */
  readonly products: number;
  /** Room that the updates need which wait for their parents. */
  readonly waiting: number;
}

/** A supernode of up to so many columns may have this part of zeros in it: a few flops more, for fewer panels. */
const relaxed = [
  { columns: 4, zeros: 0.6 },
  { columns: 16, zeros: 0.25 },
  { columns: 48, zeros: 0.1 },
  { columns: Infinity, zeros: 0.03 },
] as const;

/** Finds the panels of the factor. */
export function supernodes(neighbours: Neighbours, tree: EliminationTree): Supernodes {
  const first = merged(tree);
  const count = first.length - 1;
  const rowStart = new Int32Array(count + 1);
  const panelStart = new Int32Array(count + 1);
  const columns = (s: number) => first[s + 1]! - first[s]!;
  for (let s = 0; s < count; s++) {
    const below = tree.count[first[s + 1]! - 1]!;
    rowStart[s + 1] = rowStart[s]! + below;
    panelStart[s + 1] = panelStart[s]! + columns(s) * (columns(s) + below);
  }
  let products = 0;
  for (let s = 0; s < count; s++) {
    for (let k = columns(s) + rowStart[s + 1]! - rowStart[s]!, end = k - columns(s); k > end; k--) products += k * k;
  }
  const { row, of } = rowsOf(neighbours, tree, first, rowStart);
  const parent = Int32Array.from({ length: count }, (_, s) =>
    rowStart[s]! < rowStart[s + 1]! ? of[row[rowStart[s]!]!]! : -1,
  );
  const { childStart, child } = children(parent);
  return {
    tree,
    first,
    rowStart,
    row,
    inParent: placesInParents(first, rowStart, row, parent),
    panelStart,
    childStart,
    child,
    products,
    waiting: mostWaiting(rowStart, childStart, child),
  };
}

/** Columns that follow each other in one shape, or nearly: the first column of each group. */
function merged({ parent, count }: EliminationTree): Int32Array {
  const groups: { first: number; columns: number; below: number; zeros: number }[] = [];
  for (let j = 0; j < parent.length; j++) {
    let group = { first: j, columns: 1, below: count[j]!, zeros: 0 };
    for (let last = groups.at(-1); last !== undefined; last = groups.at(-1)) {
      if (parent[group.first - 1] !== group.first) break;
      const columns = last.columns + group.columns;
      const zeros = last.zeros + group.zeros + last.columns * (group.columns + group.below - last.below);
      const all = (columns * (columns + 1)) / 2 + columns * group.below;
      if (zeros > all * relaxed.find((limit) => columns <= limit.columns)!.zeros) break;
      groups.pop();
      group = { first: last.first, columns, below: group.below, zeros };
    }
    groups.push(group);
  }
  return Int32Array.from([...groups.map(({ first }) => first), parent.length]);
}

/** The rows below each panel, which are those of its last column; and the supernode of each column. */
function rowsOf(neighbours: Neighbours, tree: EliminationTree, first: Int32Array, rowStart: Int32Array) {
  const of = new Int32Array(tree.order.length);
  for (let s = 0; s + 1 < first.length; s++) of.fill(s, first[s]!, first[s + 1]!);
  const row = new Int32Array(rowStart.at(-1)!);
  const next = rowStart.slice();
  eachRow(neighbours, tree, (i, j) => {
    const s = of[j]!;
    if (j === first[s + 1]! - 1) row[next[s]!++] = i;
  });
  return { row, of };
}

function children(parent: Int32Array) {
  const childStart = new Int32Array(parent.length + 1);
  for (const above of parent) if (above >= 0) childStart[above + 1]!++;
  for (let s = 0; s < parent.length; s++) childStart[s + 1]! += childStart[s]!;
  const child = new Int32Array(childStart.at(-1)!);
  const next = childStart.slice();
  for (let s = 0; s < parent.length; s++) if (parent[s]! >= 0) child[next[parent[s]!]!++] = s;
  return { childStart, child };
}

function placesInParents(first: Int32Array, rowStart: Int32Array, row: Int32Array, parent: Int32Array): Int32Array {
  const places = new Int32Array(row.length);
  for (let s = 0; s < parent.length; s++) {
    const above = parent[s]!;
    if (above < 0) continue;
    const columns = first[above + 1]! - first[above]!;
    let at = rowStart[above]!;
    for (let k = rowStart[s]!; k < rowStart[s + 1]!; k++) {
      if (row[k]! < first[above + 1]!) places[k] = row[k]! - first[above]!;
      else {
        while (row[at] !== row[k]) at++;
        places[k] = columns + at - rowStart[above]!;
      }
    }
  }
  return places;
}

/** Updates wait on a stack: those of the children stand on top when a parent takes them, beside its own. */
function mostWaiting(rowStart: Int32Array, childStart: Int32Array, child: Int32Array): number {
  const size = (s: number) => (rowStart[s + 1]! - rowStart[s]!) ** 2;
  let top = 0;
  let most = 0;
  for (let s = 0; s + 1 < rowStart.length; s++) {
    most = Math.max(most, top + size(s));
    for (let k = childStart[s]!; k < childStart[s + 1]!; k++) top -= size(child[k]!);
    top += size(s);
  }
  return most;
}

/** Where the entry at (i, j), by place in the order, stands among the panels. */
export function placeInPanels(plan: Supernodes, i: number, j: number): number {
  const { first, rowStart, row, panelStart } = plan;
  const [low, column] = i > j ? [i, j] : [j, i];
  const s = lastAtMost(first, 0, first.length - 1, column);
  const columns = first[s + 1]! - first[s]!;
  const at =
    low < first[s + 1]!
      ? low - first[s]!
      : columns + lastAtMost(row, rowStart[s]!, rowStart[s + 1]!, low) - rowStart[s]!;
  return panelStart[s]! + at * columns + column - first[s]!;
}

/** The last of the ascending numbers from…to that is at most `value`. */
function lastAtMost(ascending: Int32Array, from: number, to: number, value: number): number {
  let [low, high] = [from, to - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
