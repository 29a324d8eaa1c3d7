import type { Columns } from "./blocks.js";
import type { Double } from "./double.js";
import type { TreeArrays } from "./elimination-tree.js";

/** Columns side by side that are taken together; size n each, of the first column of each, the number of columns … */
export interface ColumnGroups {
  readonly first: Int32Array; // size n+1
  readonly columns: Int32Array;
  readonly below: Int32Array; // rows below them
  readonly zeros: Float64Array;
}

/** Columns that follow each other in one shape, or nearly; gives how many groups there are. */
export function mergeColumns(size: number, { parent, count }: TreeArrays, groups: ColumnGroups): number {
  const { first, columns, below, zeros } = groups;
  let top = 0;
  for (let j = 0; j < size; j++) {
    first[top] = j;
    columns[top] = 1;
    below[top] = count[j]!;
    zeros[top] = 0;
    while (top > 0 && parent[first[top]! - 1] === first[top]) {
      const last = top - 1;
      const wide: Double = columns[last]! + columns[top]!;
      const more: Double = columns[top]! + below[top]! - below[last]!;
      const empty = zeros[last]! + zeros[top]! + columns[last]! * more;
      if (empty > (wide * (wide + 1) * 0.5 + wide * below[top]!) * relaxed(columns[last]! + columns[top]!)) break;
      columns[last] = columns[last]! + columns[top]!;
      below[last] = below[top]!;
      zeros[last] = empty;
      top--;
    }
    top++;
  }
  first[top] = size;
  return top;
}

/** So many columns may have this part of zeros in them: a few flops more, for fewer panels. */
function relaxed(columns: number): Double {
  if (columns <= 4) return 0.6;
  if (columns <= 16) return 0.25;
  return columns <= 48 ? 0.1 : 0.03;
}

/** Supernodes: see `Supernodes`. */
export interface PanelArrays {
  readonly count: number;
  readonly first: Int32Array; // size count+1
  readonly rowStart: Int32Array; // size count+1
  readonly row: Int32Array;
  readonly inParent: Int32Array;
  readonly panelStart: Int32Array; // size count+1
  readonly childStart: Int32Array; // size count+1
  readonly child: Int32Array; // size count
  readonly parent: Int32Array; // size count
}

/** Where the rows of each group begin, and its panel. */
export function measurePanels(
  count: number,
  { first, below }: ColumnGroups,
  rowStart: Int32Array,
  panelStart: Int32Array,
): void {
  rowStart[0] = 0;
  panelStart[0] = 0;
  for (let s = 0; s < count; s++) {
    const columns = first[s + 1]! - first[s]!;
    rowStart[s + 1] = rowStart[s]! + below[s]!;
    panelStart[s + 1] = panelStart[s]! + columns * (columns + below[s]!);
  }
}

/** How many products making the factor takes. */
export function countProducts({ count, first, rowStart }: PanelArrays): Double {
  let products: Double = 0;
  for (let s = 0; s < count; s++) {
    const below = rowStart[s + 1]! - rowStart[s]!;
    for (let k = first[s + 1]! - first[s]! + below; k > below; k--) {
      const rows: Double = k;
      products += rows * rows;
    }
  }
  return products;
}

/** The rows of all panels, those of its last column in each, with its parent, its children and its places in its parent. */
export function fillPanels(
  neighbours: Columns,
  tree: TreeArrays,
  panels: PanelArrays,
  of: Int32Array,
  seen: Int32Array,
  next: Int32Array,
): void {
  const { count, first, rowStart, row, parent, childStart, child } = panels;
  for (let s = 0; s < count; s++) {
    next[s] = rowStart[s]!;
    for (let k = first[s]!; k < first[s + 1]!; k++) of[k] = s;
  }
  listRows(neighbours, tree, panels, of, seen, next);
  childStart.fill(0, 0, count + 1);
  for (let s = 0; s < count; s++) {
    parent[s] = rowStart[s]! < rowStart[s + 1]! ? of[row[rowStart[s]!]!]! : -1;
    if (parent[s]! >= 0) childStart[parent[s]! + 1]!++;
  }
  for (let s = 0; s < count; s++) {
    childStart[s + 1]! += childStart[s]!;
    next[s] = childStart[s]!;
  }
  for (let s = 0; s < count; s++) {
    if (parent[s]! < 0) continue;
    child[next[parent[s]!]!++] = s;
    placeInParent(panels, s);
  }
}

/** The rows of the last column of each group, ascending, by the paths of `countRows`. */
function listRows(
  { size, columnStart, row: neighbour }: Columns,
  { order, place, parent }: TreeArrays,
  { first, row }: PanelArrays,
  of: Int32Array,
  seen: Int32Array,
  next: Int32Array,
): void {
  seen.fill(-1, 0, size);
  for (let i = 0; i < size; i++) {
    seen[i] = i;
    const unknown = order[i]!;
    for (let e = columnStart[unknown]!; e < columnStart[unknown + 1]!; e++) {
      for (let j = place[neighbour[e]!]!; j < i && seen[j] !== i; j = parent[j]!) {
        seen[j] = i;
        if (j === first[of[j]! + 1]! - 1) row[next[of[j]!]!++] = i;
      }
    }
  }
}

function placeInParent({ first, rowStart, row, inParent, parent }: PanelArrays, s: number): void {
  const above = parent[s]!;
  const columns = first[above + 1]! - first[above]!;
  let at = rowStart[above]!;
  for (let k = rowStart[s]!; k < rowStart[s + 1]!; k++) {
    if (row[k]! < first[above + 1]!) inParent[k] = row[k]! - first[above]!;
    else {
      while (row[at] !== row[k]) at++;
      inParent[k] = columns + at - rowStart[above]!;
    }
  }
}

/** Updates wait on a stack: those of the children stand on top when a parent takes them, beside its own. */
export function mostWaiting({ count, rowStart, childStart, child }: PanelArrays): Double {
  let top: Double = 0;
  let most: Double = 0;
  for (let s = 0; s < count; s++) {
    const own: Double = rowStart[s + 1]! - rowStart[s]!;
    most = Math.max(most, top + own * own);
    for (let k = childStart[s]!; k < childStart[s + 1]!; k++) {
      const rows: Double = rowStart[child[k]! + 1]! - rowStart[child[k]!]!;
      top -= rows * rows;
    }
    top += own * own;
  }
  return most;
}

/** Where the entries at (row, column), by unknowns, stand among the panels; −1 where a row is none. */
export function placeInPanels(
  count: number,
  rows: Int32Array,
  columns: Int32Array,
  place: Int32Array,
  panels: PanelArrays,
  of: Int32Array,
  found: Int32Array,
): void {
  const { first, rowStart, row, panelStart } = panels;
  for (let k = 0; k < count; k++) {
    found[k] = -1;
    if (rows[k]! < 0 || columns[k]! < 0) continue;
    const low = Math.max(place[rows[k]!]!, place[columns[k]!]!);
    const column = Math.min(place[rows[k]!]!, place[columns[k]!]!);
    const s = of[column]!;
    const width = first[s + 1]! - first[s]!;
    let at = low - first[s]!;
    if (low >= first[s + 1]!) at = width + lastAtMost(row, rowStart[s]!, rowStart[s + 1]!, low) - rowStart[s]!;
    found[k] = panelStart[s]! + at * width + column - first[s]!;
  }
}

/** The last of the ascending numbers from…to that is at most `value`. */
function lastAtMost(ascending: Int32Array, from: number, to: number, value: number): number {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
