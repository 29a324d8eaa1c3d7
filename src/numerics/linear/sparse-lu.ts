import { plainKernels } from "./kernels/index.js";
import { cancelled } from "./kernels/lu-columns.js";
import { type LinearSolver, Singular } from "./linear-solver.js";
import { type Furnished, type Room, roomFor } from "./room.js";
import { SparseColumns } from "./sparse-columns.js";
import { type Order, sparseOrder } from "./sparse-order.js";

/** The diagonal is the pivot if it is at least this part of the largest entry. */
const preference = 1e-3;
/** What is known of the factors while pivots are chosen: rows are those of A, and places not yet taken are −1. */
interface Choice {
  readonly order: Order;
  readonly place: Int32Array; // size n: where a row of A stands
  readonly lower: SparseColumns; // without its diagonal, which is 1
  readonly upper: SparseColumns; // without its diagonal; each column in an order in which it can be eliminated
  readonly above: SparseColumns; // entries above the diagonal blocks
  readonly pivot: Float64Array; // size n: the diagonal of U
  readonly scale: Float64Array; // size n: one over the largest entry of each row of A
  readonly work: Float64Array; // size n, zero between uses
}

/** P R A Q = L U in each diagonal block, in a room; above the blocks stands A itself. R scales the rows to 1. */
interface Factors extends Furnished<ReturnType<typeof arraysOf>> {
  readonly order: Order;
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
    const choice: Choice = {
      order,
      place: new Int32Array(n).fill(-1),
      lower: new SparseColumns(n, order.fill.lower),
      upper: new SparseColumns(n, order.fill.upper),
      above: new SparseColumns(n, 0),
      pivot: new Float64Array(n),
      scale: new Float64Array(n),
      work: new Float64Array(n),
    };
    plainKernels.scaleRows(n, pattern.row.length, pattern.row, values, choice.scale);
    const search = { path: new Int32Array(n), next: new Int32Array(n), seen: new Int32Array(n).fill(-1) };
    for (let k = 0; k < n; k++) if (!factorColumn(choice, values, k, search)) return new Singular(order.column[k]!);
    choice.lower.relabel(choice.place);
    order.fill = { lower: choice.lower.length, upper: choice.upper.length };
    return { order, ...roomFor((room) => arraysOf(room, choice)) };
  },

  refactor(factors, values) {
    const { order, arrays, kernels } = factors;
    arrays.values.set(values);
    const refused = kernels.refactorColumns(arrays.plan, arrays.factor, arrays.values);
    return refused < 0 ? factors : new Singular(order.column[refused]!);
  },

  solve({ arrays, kernels }, b) {
    arrays.b.set(b);
    kernels.solveColumns(arrays.plan, arrays.factor, arrays.b);
    b.set(arrays.b);
  },
};

/** What stays of the choice of pivots, in a room. */
function arraysOf(room: Room, { order, place, lower, upper, above, pivot, scale }: Choice) {
  const { pattern, column, blockOf, blockStart } = order;
  const { size, columnStart, row } = pattern;
  return {
    plan: {
      size,
      entries: row.length,
      blocks: blockStart.length - 1,
      columnStart: room.ints(columnStart),
      row: room.ints(row),
      column: room.ints(column),
      place: room.ints(place),
      target: room.ints(row.map((i) => place[i]!)),
      blockOf: room.ints(blockOf),
      blockStart: room.ints(blockStart),
    },
    factor: {
      lowerStart: room.ints(lower.start),
      lowerRow: room.ints(lower.row.subarray(0, lower.length)),
      lower: room.doubles(lower.value.subarray(0, lower.length)),
      upperStart: room.ints(upper.start),
      upperRow: room.ints(upper.row.subarray(0, upper.length)),
      upper: room.doubles(upper.value.subarray(0, upper.length)),
      aboveStart: room.ints(above.start),
      aboveRow: room.ints(above.row.subarray(0, above.length)),
      above: room.doubles(above.value.subarray(0, above.length)),
      pivot: room.doubles(pivot),
      scale: room.doubles(scale),
      work: room.doubles(size),
    },
    values: room.doubles(row.length),
    b: room.doubles(size),
  };
}

interface Search {
  readonly path: Int32Array; // size n: the columns on the way, from its beginning; finished rows, from its end
  readonly next: Int32Array; // size n: how far the column in each place has been followed
  readonly seen: Int32Array; // size n: the last column that reached a row
}

/** Column k of L and U; rows are those of A here, and are renamed when all pivots are known. False if singular. */
function factorColumn(choice: Choice, values: Float64Array, k: number, search: Search): boolean {
  const { order, place, lower, upper, above, pivot, scale, work } = choice;
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
      if (search.seen[i] !== k) top = reach(choice, search, k, i, top);
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
  const sound = largest > cancelled * size && Number.isFinite(largest);
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
function reach({ place, lower }: Choice, { path, next, seen }: Search, k: number, i: number, top: number): number {
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

/** work −= factor · column k */
function subtractColumn({ start, row, value }: SparseColumns, k: number, factor: number, work: Float64Array): void {
  if (factor === 0) return;
  for (let e = start[k]!, end = start[k + 1]!; e < end; e++) work[row[e]!]! -= value[e]! * factor;
}
