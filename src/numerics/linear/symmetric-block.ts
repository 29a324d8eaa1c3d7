import type { Pattern } from "../system.js";
import { minimumDegree } from "./ordering.js";
import { roomFor } from "./room.js";
import { type Supernodes, supernodes } from "./supernodes.js";

/**
 * The shape of a square matrix that is symmetric once its pendants are eliminated: unknowns that at most two others are
 * joined with, none of which is a pendant itself, such as the states of devices,
 *
 *     S = A − Σ cᵢ rᵢᵀ / dᵢ.
 *
 * Entries are those of a larger matrix that this is a block of.
 */
export interface SymmetricShape {
  /** size n: order[k] stands in place k: first those that stay, in the order of their elimination, then the pendants */
  readonly order: Int32Array;
  readonly pendants: Pendants;
  readonly plan: Supernodes;
  /** For each unknown that stays, in the order of elimination: its entry on the diagonal, and its place in the panels. */
  readonly diagonal: { readonly entry: Int32Array; readonly panel: Int32Array };
  /** For each pair of mirrored entries off it. */
  readonly off: Pairs;
}

/** By pendants; by their ends, two each; or by the pairs of these: −1 where there is none. */
interface Pendants {
  readonly pivot: Int32Array; // the entry on the diagonal
  /** For each end: where it stands in the order of elimination, and the entries in the pendant's row and column. */
  readonly ends: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** Where the entry between the ends stands in the panels. */
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
export function symmetricShape(pattern: Pattern, entry: Int32Array): SymmetricShape | undefined {
  const found = taken(pattern);
  if (found === undefined) return undefined;
  const { mirror, pendants, pairs, bridges, neighbours } = found;
  const { plan, panel } = supernodes(neighbours, minimumDegree(neighbours), [
    { row: found.staying, column: found.staying },
    pairs,
    bridges,
  ]);
  return {
    order: joined(composed(plan.order, pendants.outside), pendants.unknown),
    pendants: {
      pivot: composed(pendants.pivot, entry),
      ends: composed(pendants.ends, plan.place),
      row: composed(pendants.row, entry),
      column: composed(pendants.column, entry),
      between: panel[2],
    },
    plan,
    diagonal: { entry: composed(composed(plan.order, pairs.own), entry), panel: composed(plan.order, panel[0]) },
    off: {
      entry: composed(pairs.entry, entry),
      mirror: composed(composed(pairs.entry, mirror), entry),
      panel: panel[1],
      row: composed(pairs.row, plan.place),
      column: composed(pairs.column, plan.place),
    },
  };
}

/** Takes a pattern apart into pendants and pairs of entries; undefined if it is not symmetric with a whole diagonal. */
function taken({ size, columnStart, row }: Pattern) {
  const { arrays, kernels } = roomFor((room) => {
    const ofAll = (): Int32Array => room.ints(size);
    return {
      matrix: { size, columnStart: room.ints(columnStart), row: room.ints(row) },
      next: ofAll(),
      mirror: room.ints(row.length),
      lists: {
        chosen: ofAll(),
        besides: ofAll(),
        inside: ofAll(),
        outside: ofAll(),
        unknown: ofAll(),
        pivot: ofAll(),
        ends: room.ints(2 * size + 2),
        row: room.ints(2 * size + 2),
        column: room.ints(2 * size + 2),
      },
      pairs: {
        own: ofAll(),
        entry: room.ints(row.length),
        row: room.ints(row.length + size),
        column: room.ints(row.length + size),
      },
      neighbours: { columnStart: room.ints(size + 1), row: room.ints(2 * (row.length + size)) },
    };
  });
  const { matrix, next, mirror, lists, pairs } = arrays;
  if (kernels.findMirrors(matrix, next, mirror) === 0) return undefined;
  const hanging = kernels.listPendants(matrix, mirror, lists);
  const count = kernels.listPairs(matrix, lists.inside, pairs);
  const all = kernels.appendBridges(hanging, lists.ends, pairs, count);
  const left = size - hanging;
  const neighbours = { size: left, ...arrays.neighbours };
  kernels.joinNeighbours(all, pairs.row, pairs.column, neighbours, next);
  const ends = lists.ends.subarray(0, 2 * hanging);
  return {
    mirror,
    pendants: {
      unknown: lists.unknown.subarray(0, hanging),
      outside: lists.outside,
      pivot: lists.pivot.subarray(0, hanging),
      ends,
      row: lists.row.subarray(0, 2 * hanging),
      column: lists.column.subarray(0, 2 * hanging),
    },
    pairs: {
      own: pairs.own,
      entry: pairs.entry.subarray(0, count),
      row: pairs.row.subarray(0, count),
      column: pairs.column.subarray(0, count),
    },
    staying: numbered(left),
    bridges: { row: ofEnds(ends, 0), column: ofEnds(ends, 1) },
    neighbours: {
      size: left,
      columnStart: neighbours.columnStart.subarray(0, left + 1),
      row: neighbours.row.subarray(0, 2 * all),
    },
  };
}

/** of[index[k]] for each k; −1 where the index is. */
export function composed(index: Int32Array, of: Int32Array): Int32Array {
  const found = new Int32Array(index.length);
  for (let k = 0; k < found.length; k++) found[k] = index[k]! < 0 ? -1 : of[index[k]!]!;
  return found;
}

function joined(first: Int32Array, last: Int32Array): Int32Array {
  const both = new Int32Array(first.length + last.length);
  both.set(first);
  both.set(last, first.length);
  return both;
}

function numbered(size: number): Int32Array {
  const numbers = new Int32Array(size);
  for (let k = 0; k < size; k++) numbers[k] = k;
  return numbers;
}

/** The first or the second end of each pendant. */
function ofEnds(ends: Int32Array, which: 0 | 1): Int32Array {
  const found = new Int32Array(ends.length / 2);
  for (let k = 0; k < found.length; k++) found[k] = ends[2 * k + which]!;
  return found;
}
