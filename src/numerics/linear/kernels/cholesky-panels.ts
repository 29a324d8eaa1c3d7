import type { Double } from "./double.js";

/** A pivot below this part of what stood on the diagonal has too few digits left. */
const endurance = 1e-10;

/** The panels of a factor: see `Supernodes`. */
export interface CholeskyPlan {
  readonly count: number;
  readonly first: Int32Array;
  readonly rowStart: Int32Array;
  readonly row: Int32Array;
  readonly panelStart: Int32Array;
  readonly childStart: Int32Array;
  readonly child: Int32Array;
  readonly inParent: Int32Array;
}

/** A Cholesky factor A = L Lᵀ in panels, and the room that making it takes. */
export interface CholeskyFactor {
  /** The entries of A, then those of L; on the diagonal one over them. */
  readonly panels: Float64Array;
  readonly diagonal: Float64Array; // size n: that of A, in the order of elimination
  readonly updates: Float64Array; // those that wait for their parents
}

/**
 * Factors a symmetric matrix whose lower triangle stands in the panels, in place: multifrontal, every panel full. Gives
 * the place in the order of the first pivot that is not positive, or is but rounding; −1 if there is none.
 *
 * Duff & Reid, ACM TOMS 9, 302 (1983); Liu, SIAM Review 34, 82 (1992).
 */
export function factorPanels(
  { count, first, rowStart, panelStart, childStart, child, inParent }: CholeskyPlan,
  { panels, diagonal, updates }: CholeskyFactor,
): number {
  let top = 0;
  for (let s = 0; s < count; s++) {
    const columns = first[s + 1]! - first[s]!;
    const below = rowStart[s + 1]! - rowStart[s]!;
    const panel = panelStart[s]!;
    const own = top;
    updates.fill(0, own, own + below * below);
    let base = top;
    for (let k = childStart[s + 1]! - 1; k >= childStart[s]!; k--) {
      const start = rowStart[child[k]!]!;
      const rows = rowStart[child[k]! + 1]! - start;
      base -= rows * rows;
      takeUpdate(inParent, start, rows, updates, base, panels, panel, columns, own, below);
    }
    const refused = factorPanel(panels, panel, columns, below, diagonal, first[s]!);
    if (refused >= 0) return first[s]! + refused;
    subtractProduct(panels, panel + columns * columns, columns, updates, own, below);
    if (base !== own) updates.copyWithin(base, own, own + below * below);
    top = base + below * below;
  }
  return -1;
}

/** Adds a child's update, of so many rows, to the panel and the update of its parent. */
function takeUpdate(
  inParent: Int32Array,
  start: number,
  rows: number,
  updates: Float64Array,
  base: number,
  panels: Float64Array,
  panel: number,
  columns: number,
  own: number,
  below: number,
): void {
  let inside = 0; // rows that are columns of the parent
  while (inside < rows && inParent[start + inside]! < columns) inside++;
  for (let i = 0; i < rows; i++) {
    const to = inParent[start + i]!;
    const source = base + i * rows;
    const row = panel + to * columns;
    const last = i < inside ? i + 1 : inside;
    for (let j = 0; j < last; j++) panels[row + inParent[start + j]!]! += updates[source + j]!;
    if (to < columns) continue;
    const rest = own + (to - columns) * below - columns;
    for (let j = inside; j <= i; j++) updates[rest + inParent[start + j]!]! += updates[source + j]!;
  }
}

/** The triangle of a panel, then its rows below; gives the column without a pivot, or −1. */
function factorPanel(
  L: Float64Array,
  panel: number,
  columns: number,
  below: number,
  diagonal: Float64Array,
  first: number,
): number {
  for (let i = 0; i < columns; i++) {
    const row = panel + i * columns;
    for (let j = 0; j < i; j++) {
      const other = panel + j * columns;
      let sum = L[row + j]!;
      for (let p = 0; p < j; p++) sum -= L[row + p]! * L[other + p]!;
      L[row + j] = sum * L[other + j]!;
    }
    let pivot = L[row + i]!;
    for (let p = 0; p < i; p++) pivot -= L[row + p]! * L[row + p]!;
    // Written so that a value that is not a number is refused too.
    if (!(pivot > endurance * diagonal[first + i]! && pivot < Infinity)) return i;
    L[row + i] = 1 / Math.sqrt(pivot);
  }
  solveRows(L, panel, columns, panel + columns * columns, below);
  return -1;
}

/** B ← B L⁻ᵀ for the rows below a triangle, two at a time. */
function solveRows(L: Float64Array, panel: number, columns: number, from: number, rows: number): void {
  let row = from;
  for (let left = rows; left > 1; left -= 2) {
    const next = row + columns;
    let other = panel;
    for (let j = 0; j < columns; j++) {
      let a = L[row + j]!;
      let b = L[next + j]!;
      for (let p = 0; p < j; p++) {
        const l = L[other + p]!;
        a -= L[row + p]! * l;
        b -= L[next + p]! * l;
      }
      L[row + j] = a * L[other + j]!;
      L[next + j] = b * L[other + j]!;
      other += columns;
    }
    row = next + columns;
  }
  if ((rows & 1) === 0) return;
  let other = panel;
  for (let j = 0; j < columns; j++) {
    let a = L[row + j]!;
    for (let p = 0; p < j; p++) a -= L[row + p]! * L[other + p]!;
    L[row + j] = a * L[other + j]!;
    other += columns;
  }
}

/** C ← C − B Bᵀ, lower triangle, B of `columns` columns and C both by rows; two by two. */
function subtractProduct(
  B: Float64Array,
  start: number,
  columns: number,
  C: Float64Array,
  to: number,
  rows: number,
): void {
  for (let i = 0; i + 1 < rows; i += 2) {
    const a = start + i * columns;
    const b = a + columns;
    const above = to + i * rows;
    const beneath = above + rows;
    // On the diagonal one entry too many is written, above it: nobody reads it.
    for (let j = 0; j <= i; j += 2) {
      const c = start + j * columns;
      const d = c + columns;
      let ac: Double = 0;
      let ad: Double = 0;
      let bc: Double = 0;
      let bd: Double = 0;
      for (let p = 0; p < columns; p++) {
        const x = B[a + p]!;
        const y = B[b + p]!;
        const u = B[c + p]!;
        const v = B[d + p]!;
        ac += x * u;
        ad += x * v;
        bc += y * u;
        bd += y * v;
      }
      C[above + j]! -= ac;
      C[above + j + 1]! -= ad;
      C[beneath + j]! -= bc;
      C[beneath + j + 1]! -= bd;
    }
  }
  if ((rows & 1) === 0) return;
  const i = rows - 1;
  const a = start + i * columns;
  for (let j = 0; j <= i; j++) {
    const c = start + j * columns;
    let sum: Double = 0;
    for (let p = 0; p < columns; p++) sum += B[a + p]! * B[c + p]!;
    C[to + i * rows + j]! -= sum;
  }
}

/** Overwrites `work`, which is in the order of elimination, by the solution of A x = work. */
export function solvePanels(
  { count, first, rowStart, row, panelStart }: CholeskyPlan,
  { panels: L }: CholeskyFactor,
  work: Float64Array,
): void {
  for (let s = 0; s < count; s++) {
    const from = first[s]!;
    const columns = first[s + 1]! - from;
    let at = panelStart[s]!;
    for (let i = 0; i < columns; i++) {
      let sum = work[from + i]!;
      for (let p = 0; p < i; p++) sum -= L[at + p]! * work[from + p]!;
      work[from + i] = sum * L[at + i]!;
      at += columns;
    }
    const end = rowStart[s + 1]!;
    for (let k = rowStart[s]!; k < end; k++) {
      let sum: Double = 0;
      for (let p = 0; p < columns; p++) sum += L[at + p]! * work[from + p]!;
      work[row[k]!]! -= sum;
      at += columns;
    }
  }
  for (let s = count - 1; s >= 0; s--) {
    const from = first[s]!;
    const columns = first[s + 1]! - from;
    let at = panelStart[s]! + columns * columns;
    const end = rowStart[s + 1]!;
    for (let k = rowStart[s]!; k < end; k++) {
      const x = work[row[k]!]!;
      for (let p = 0; p < columns; p++) work[from + p]! -= L[at + p]! * x;
      at += columns;
    }
    at = panelStart[s]! + columns * (columns - 1);
    for (let i = columns - 1; i >= 0; i--) {
      const x = work[from + i]! * L[at + i]!;
      work[from + i] = x;
      for (let p = 0; p < i; p++) work[from + p]! -= L[at + p]! * x;
      at -= columns;
    }
  }
}
