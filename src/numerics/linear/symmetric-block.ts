import type { Pattern } from "../system.js";
import { eliminationTree, neighboursOf } from "./elimination-tree.js";
import { minimumDegree } from "./ordering.js";
import { type Pendants, pendantsOf } from "./pendants.js";
import { placeInPanels, type Supernodes, supernodes } from "./supernodes.js";

/**
 * The shape of a square matrix that is symmetric once its pendants are eliminated: unknowns that at most two others are
 * joined with, such as the states of devices,
 *
 *     S = A − Σ cᵢ rᵢᵀ / dᵢ.
 */
export interface SymmetricShape {
  /** size n: order[k] stands in place k: first those that stay, in the order of their elimination, then the pendants */
  readonly order: Int32Array;
  readonly pendants: Pendants;
  readonly plan: Supernodes;
  /** For each entry of the matrix on the diagonal of S: its place in the order of elimination. */
  readonly diagonal: { readonly entry: Int32Array; readonly panel: Int32Array };
  /** For each pair of mirrored entries off it. */
  readonly off: Pairs;
  /** For each end of a pendant: where it stands on S's diagonal in the order of elimination; −1 where there is none. */
  readonly ends: Int32Array; // size 2 × pendants
  /** For each pendant: where the entry between its ends stands in the panels; −1 where there is none. */
  readonly between: Int32Array;
}

interface Pairs {
  readonly entry: Int32Array;
  readonly mirror: Int32Array;
  readonly panel: Int32Array;
  /** The places of row and column in the order of elimination. */
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/** Looks whether a pattern is of that shape, with a whole diagonal; undefined if it is not. */
export function symmetricShape(pattern: Pattern): SymmetricShape | undefined {
  const mirror = mirrorsOf(pattern);
  if (mirror === undefined) return undefined;
  const pendants = pendantsOf(pattern, mirror);
  const { inside, ends: joined } = pendants;
  const { size, columnStart, row } = pattern;
  const found = {
    entry: new Int32Array(row.length),
    row: new Int32Array(row.length),
    column: new Int32Array(row.length),
  };
  let count = 0;
  const own: number[] = [];
  for (let j = 0; j < size; j++) {
    if (inside[j]! < 0) continue;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const i = row[e]!;
      if (i === j) own.push(e);
      else if (i > j && inside[i]! >= 0) {
        found.entry[count] = e;
        found.row[count] = inside[i]!;
        found.column[count++] = inside[j]!;
      }
    }
  }
  const lower = {
    entry: found.entry.subarray(0, count),
    row: found.row.subarray(0, count),
    column: found.column.subarray(0, count),
  };
  const hanging = pendants.unknown.length;
  const bridges = Int32Array.from({ length: hanging }, (_, k) => k).filter((k) => joined[2 * k + 1]! >= 0);
  const rows = bothOf(
    lower.row,
    bridges.map((k) => joined[2 * k]!),
  );
  const columns = bothOf(
    lower.column,
    bridges.map((k) => joined[2 * k + 1]!),
  );
  const neighbours = neighboursOf(own.length, rows, columns);
  const order = minimumDegree({ size: own.length, ...neighbours });
  const tree = eliminationTree(neighbours, order);
  const plan = supernodes(neighbours, tree);
  const placeOf = (k: number) => tree.place[k]!;
  const panelOf = (i: number, j: number) => placeInPanels(plan, placeOf(i), placeOf(j));
  return {
    order: bothOf(
      tree.order.map((k) => pendants.outside[k]!),
      pendants.unknown,
    ),
    pendants,
    plan,
    diagonal: {
      entry: tree.order.map((k) => own[k]!),
      panel: tree.order.map((_, k) => placeInPanels(plan, k, k)),
    },
    off: {
      entry: lower.entry.slice(),
      mirror: lower.entry.map((e) => mirror[e]!),
      panel: lower.row.map((i, k) => panelOf(i, lower.column[k]!)),
      row: lower.row.map(placeOf),
      column: lower.column.map(placeOf),
    },
    ends: joined.map((end) => (end < 0 ? -1 : placeOf(end))),
    between: Int32Array.from({ length: hanging }, (_, k) =>
      joined[2 * k + 1]! < 0 ? -1 : panelOf(joined[2 * k]!, joined[2 * k + 1]!),
    ),
  };
}

function bothOf(first: Int32Array, last: Int32Array): Int32Array {
  const both = new Int32Array(first.length + last.length);
  both.set(first);
  both.set(last, first.length);
  return both;
}

/** For each entry the one that mirrors it; undefined if one has none, or the diagonal is not whole. */
function mirrorsOf({ size, columnStart, row }: Pattern): Int32Array | undefined {
  const mirror = new Int32Array(row.length);
  const next = columnStart.slice(0, size);
  // Column j's entries stand in the order of their rows, so that row j's are met in the order of their columns.
  for (let j = 0; j < size; j++) {
    let whole = false;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const i = row[e]!;
      const other = next[i]!++;
      if (other >= columnStart[i + 1]! || row[other] !== j) return undefined;
      mirror[e] = other;
      if (i === j) whole = true;
    }
    if (!whole) return undefined;
  }
  return mirror;
}
