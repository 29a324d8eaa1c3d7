import type { Pattern } from "../system.js";
import { type LinearSolver, Singular } from "./linear-solver.js";
import { SparseColumns } from "./sparse-columns.js";
import { type Order, sparseOrder } from "./sparse-order.js";

/** What is left of a column after cancellation is rounding below this part of it. */
const roundoff = 4 * Number.EPSILON;
/** The diagonal is the pivot if it is at least this part of the largest entry. */
const preference = 1e-3;
/** When refactoring, a pivot below this part of the largest entry asks for a new choice of pivots. */
const endurance = 1e-5;

/** P R A Q = L U in each diagonal block; above the blocks stands A itself. R scales the rows to 1. */
interface Factors {
  readonly order: Order;
  readonly place: Int32Array; // size n: where a row of A stands
  readonly target: Int32Array; // size nnz: the place of each entry's row
  readonly lower: SparseColumns; // without its diagonal, which is 1
  readonly upper: SparseColumns; // without its diagonal; each column in an order in which it can be eliminated
  readonly above: SparseColumns; // entries above the diagonal blocks
  readonly pivot: Float64Array; // size n: the diagonal of U
  readonly scale: Float64Array; // size n: one over the largest entry of each row of A
  readonly work: Float64Array; // size n, zero between uses
}

/**
 * LU for circuits: block triangular form, minimum degree, left-looking columns with partial pivoting that prefers the
 * diagonal (Gilbert & Peierls, SIAM J. Sci. Stat. Comput. 9, 862 (1988)), as in KLU (Davis & Palamadai Natarajan,
 * ACM TOMS 37, 36 (2010)).
 */
export const sparseLu: LinearSolver<Order, Factors> = {
  analyze: sparseOrder,

  factor(order, values) {
    const { pattern } = order;
    const n = pattern.size;
    const factors: Factors = {
      order,
      place: new Int32Array(n).fill(-1),
      target: new Int32Array(pattern.row.length),
      lower: new SparseColumns(n, order.fill.lower),
      upper: new SparseColumns(n, order.fill.upper),
      above: new SparseColumns(n, 0),
      pivot: new Float64Array(n),
      scale: new Float64Array(n),
      work: new Float64Array(n),
    };
    scaleRows(pattern, values, factors.scale);
    const search = { path: new Int32Array(n), next: new Int32Array(n), seen: new Int32Array(n).fill(-1) };
    for (let k = 0; k < n; k++) if (!factorColumn(factors, values, k, search)) return new Singular(order.column[k]!);
    factors.lower.relabel(factors.place);
    for (let e = 0; e < pattern.row.length; e++) factors.target[e] = factors.place[pattern.row[e]!]!;
    order.fill = { lower: factors.lower.length, upper: factors.upper.length };
    return factors;
  },

  refactor(factors, values) {
    const { order } = factors;
    scaleRows(order.pattern, values, factors.scale);
    for (let k = 0; k < order.pattern.size; k++) {
      if (!refactorColumn(factors, values, k)) return new Singular(order.column[k]!);
    }
    return factors;
  },

  solve({ order: { column, blockStart }, place, lower, upper, above, pivot, scale, work }, b) {
    const n = b.length;
    for (let i = 0; i < n; i++) work[place[i]!] = b[i]! * scale[i]!;
    for (let block = blockStart.length - 2; block >= 0; block--) {
      const from = blockStart[block]!;
      const to = blockStart[block + 1]!;
      if (to - from > 1) eliminate(lower, from, to - 1, work);
      substitute(upper, pivot, from, to, work);
      if (above.length > 0) eliminate(above, from, to, work);
    }
    for (let k = 0; k < n; k++) b[column[k]!] = work[k]!;
    work.fill(0);
  },
};

/** work −= work[k] · column k, for k = from … to − 1 */
function eliminate({ start, row, value }: SparseColumns, from: number, to: number, work: Float64Array): void {
  for (let k = from; k < to; k++) {
    const factor = work[k]!;
    if (factor === 0) continue;
    for (let e = start[k]!, end = start[k + 1]!; e < end; e++) work[row[e]!]! -= value[e]! * factor;
  }
}

/** Solves U x = work in places from … to − 1, from the last one on. */
function substitute(
  { start, row, value }: SparseColumns,
  pivot: Float64Array,
  from: number,
  to: number,
  work: Float64Array,
): void {
  for (let k = to - 1; k >= from; k--) {
    const x = work[k]! / pivot[k]!;
    work[k] = x;
    if (x === 0) continue;
    for (let e = start[k]!, end = start[k + 1]!; e < end; e++) work[row[e]!]! -= value[e]! * x;
  }
}

/** work −= factor · column k */
function subtractColumn({ start, row, value }: SparseColumns, k: number, factor: number, work: Float64Array): void {
  if (factor === 0) return;
  for (let e = start[k]!, end = start[k + 1]!; e < end; e++) work[row[e]!]! -= value[e]! * factor;
}

function scaleRows({ row }: Pattern, values: Float64Array, scale: Float64Array): void {
  scale.fill(0);
  for (let e = 0; e < row.length; e++) {
    const magnitude = Math.abs(values[e]!);
    if (magnitude > scale[row[e]!]!) scale[row[e]!] = magnitude;
  }
  for (let i = 0; i < scale.length; i++) scale[i] = scale[i]! > 0 ? 1 / scale[i]! : 1;
}

interface Search {
  readonly path: Int32Array; // size n: the columns on the way, from its beginning; finished rows, from its end
  readonly next: Int32Array; // size n: how far the column in each place has been followed
  readonly seen: Int32Array; // size n: the last column that reached a row
}

/** Column k of L and U; rows are those of A here, and are renamed when all pivots are known. False if singular. */
function factorColumn(factors: Factors, values: Float64Array, k: number, search: Search): boolean {
  const { order, place, lower, upper, above, pivot, scale, work } = factors;
  const { columnStart, row } = order.pattern;
  const begin = order.blockOf[k]!;
  const j = order.column[k]!;
  const n = place.length;
  let size = 0;
  let top = n;
  for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
    const i = row[e]!;
    const value = values[e]! * scale[i]!;
    if (place[i]! >= 0 && place[i]! < begin) above.push(place[i]!, value);
    else {
      size = Math.max(size, Math.abs(value)); // within its block alone a column is changed, and loses digits
      if (search.seen[i] !== k) top = reach(factors, search, k, i, top);
      work[i]! += value;
    }
  }
  // From here to the end of `path`: every row that the column has an entry in, a row after those it depends on.
  let largest = 0;
  let best = -1;
  for (let p = top; p < n; p++) {
    const i = search.path[p]!;
    if (place[i]! >= 0) {
      const x = work[i]!;
      work[i] = 0;
      upper.push(place[i]!, x);
      subtractColumn(lower, place[i]!, x, work);
    } else if (Math.abs(work[i]!) > largest) {
      largest = Math.abs(work[i]!);
      best = i;
    }
  }
  const diagonal = order.row[k]!;
  if (place[diagonal]! < 0 && Math.abs(work[diagonal]!) >= preference * largest && largest > 0) best = diagonal;
  const sound = largest > roundoff * size && Number.isFinite(largest);
  if (sound) pivot[k] = work[best]!;
  for (let p = top; p < n; p++) {
    const i = search.path[p]!;
    if (place[i]! < 0 && i !== best) lower.push(i, work[i]! / pivot[k]!);
    work[i] = 0;
  }
  if (sound) place[best] = k;
  lower.close(k);
  upper.close(k);
  above.close(k);
  return sound;
}

/**
 * Depth-first search from row i through the columns of L that its elimination changes; puts the rows reached before
 * those already at the end of `path`, a row before all that depend on it, and gives where they begin.
 */
function reach({ place, lower }: Factors, { path, next, seen }: Search, k: number, i: number, top: number): number {
  let depth = 0;
  path[0] = i;
  seen[i] = k;
  if (place[i]! >= 0) next[place[i]!] = lower.start[place[i]!]!;
  while (depth >= 0) {
    const at = path[depth]!;
    const column = place[at]!;
    let deeper = -1;
    if (column >= 0) {
      const end = lower.start[column + 1]!;
      let e = next[column]!;
      while (e < end && seen[lower.row[e]!] === k) e++;
      if (e < end) deeper = lower.row[e]!;
      next[column] = e + 1;
    }
    if (deeper >= 0) {
      seen[deeper] = k;
      path[++depth] = deeper;
      if (place[deeper]! >= 0) next[place[deeper]!] = lower.start[place[deeper]!]!;
    } else {
      depth--;
      path[--top] = at;
    }
  }
  return top;
}

/** As `factorColumn` with the pivots as they are. False if the pivot is too small beside its column. */
function refactorColumn(factors: Factors, values: Float64Array, k: number): boolean {
  const { order, target, lower, upper, above, pivot, scale, work } = factors;
  const { columnStart, row } = order.pattern;
  const begin = order.blockOf[k]!;
  const j = order.column[k]!;
  let size = 0;
  let up = above.start[k]!;
  for (let e = columnStart[j]!, end = columnStart[j + 1]!; e < end; e++) {
    const value = values[e]! * scale[row[e]!]!;
    if (target[e]! < begin) above.value[up++] = value;
    else {
      size = Math.max(size, Math.abs(value));
      work[target[e]!]! += value;
    }
  }
  for (let e = upper.start[k]!, end = upper.start[k + 1]!; e < end; e++) {
    const p = upper.row[e]!;
    const x = work[p]!;
    work[p] = 0;
    upper.value[e] = x;
    subtractColumn(lower, p, x, work);
  }
  const chosen = work[k]!;
  let largest = Math.abs(chosen);
  pivot[k] = chosen;
  work[k] = 0;
  for (let e = lower.start[k]!, end = lower.start[k + 1]!; e < end; e++) {
    const x = work[lower.row[e]!]!;
    work[lower.row[e]!] = 0;
    largest = Math.max(largest, Math.abs(x));
    lower.value[e] = x / chosen;
  }
  return Math.abs(chosen) >= endurance * largest && Math.abs(chosen) > roundoff * size && Number.isFinite(largest);
}
