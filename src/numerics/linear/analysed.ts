import type { Pattern } from "../system.js";
import type { LinearSolver } from "./linear-solver.js";

/** What a solver has found of patterns. */
interface Known {
  readonly orders: WeakMap<Pattern, unknown>;
  /** Those that it has seen lately, the last one first: of another matrix of the same shape it knows the order already. */
  readonly lately: Pattern[];
}

const known = new WeakMap<object, Known>();

/** What one run of a netlist has: of its equations, at rest with and without ties, and for each frequency, twice. */
const mostPatterns = 8;
/** Of larger ones the last alone is kept when its matrix has gone. */
const mostEntries = 500_000;

/**
 * How a solver orders a pattern. It is found once: for all matrices of a circuit, and for all runs of a netlist, whose
 * patterns are others with the same entries. To compare two takes no longer than to copy one.
 */
export function orderOf<Order>(solver: LinearSolver<Order, unknown>, pattern: Pattern): Order {
  const found = known.get(solver) ?? { orders: new WeakMap(), lately: [] };
  known.set(solver, found);
  const { orders, lately } = found;
  // What a solver finds is of its own type.
  const own = orders.get(pattern) as Order | undefined;
  if (own !== undefined) return own;
  const alike = lately.find((one) => areEqual(one, pattern));
  const order = alike === undefined ? solver.analyze(pattern) : (orders.get(alike) as Order);
  orders.set(pattern, order);
  remember(lately, alike ?? pattern);
  return order;
}

/** Puts a pattern in front, and forgets the last ones where there are too many. */
function remember(lately: Pattern[], pattern: Pattern): void {
  const at = lately.indexOf(pattern);
  if (at >= 0) lately.splice(at, 1);
  lately.unshift(pattern);
  let [kept, entries] = [1, pattern.row.length];
  while (kept < Math.min(lately.length, mostPatterns)) {
    entries += lately[kept]!.row.length;
    if (entries > mostEntries) break;
    kept++;
  }
  lately.length = kept;
}

const areEqual = (a: Pattern, b: Pattern): boolean =>
  a.size === b.size && haveEqual(a.row, b.row) && haveEqual(a.columnStart, b.columnStart);

function haveEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}
