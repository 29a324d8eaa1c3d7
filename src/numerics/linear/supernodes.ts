import type { Columns } from "./kernels/blocks.js";
import type { TreeArrays } from "./kernels/elimination-tree.js";
import { type Room, roomFor } from "./room.js";

/**
 * Columns of a Cholesky factor that have, nearly, one shape: they are kept as one full panel. Panel s has
 * `rowStart[s + 1] − rowStart[s]` rows below its triangle and stands by rows from panelStart[s] on.
 */
export interface Supernodes {
  /** size n: order[k] is eliminated k-th */
  readonly order: Int32Array;
  /** size n: the place of each unknown in the order */
  readonly place: Int32Array;
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

/** Unknowns of an entry each, by twos; −1 where there is none. */
export interface Places {
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/** Finds the panels of the factor for an order of elimination, and in them the places of entries: of several lists of them. */
export function supernodes<const Lists extends readonly Places[]>(
  neighbours: Columns,
  wanted: Int32Array,
  lists: Lists,
): { readonly plan: Supernodes; readonly panel: { readonly [K in keyof Lists]: Int32Array } } {
  const grown = grow(neighbours, wanted);
  const { arrays, kernels } = roomFor((room) => filled(room, neighbours, grown, lists));
  const { tree, panels, of, work, found } = arrays;
  kernels.fillPanels(arrays.neighbours, tree, panels, of, work.seen, work.next);
  for (const { row, column, panel } of found) {
    kernels.placeInPanels(panel.length, row, column, tree.place, panels, of, panel);
  }
  const { first, rowStart, row, inParent, panelStart, childStart, child } = panels;
  return {
    plan: {
      order: tree.order.slice(),
      place: tree.place.slice(),
      first: first.slice(),
      rowStart: rowStart.slice(),
      row: row.slice(),
      inParent: inParent.slice(),
      panelStart: panelStart.slice(),
      childStart: childStart.slice(),
      child: child.slice(),
      products: kernels.countProducts(panels),
      waiting: kernels.mostWaiting(panels),
    },
    panel: found.map(({ panel }) => panel.slice()) as { [K in keyof Lists]: Int32Array },
  };
}

interface Grown {
  readonly tree: TreeArrays;
  readonly first: Int32Array;
  readonly rowStart: Int32Array;
  readonly panelStart: Int32Array;
}

/** The elimination tree, and how its columns go together. */
function grow({ size, columnStart, row }: Columns, wanted: Int32Array): Grown {
  const { arrays, kernels } = roomFor((room) => {
    const ofAll = (): Int32Array => room.ints(size);
    const andOne = (): Int32Array => room.ints(size + 1);
    return {
      neighbours: { size, columnStart: room.ints(columnStart), row: room.ints(row) },
      wanted: room.ints(wanted),
      tree: { order: ofAll(), place: ofAll(), parent: ofAll(), count: ofAll() },
      work: { before: ofAll(), ancestor: ofAll(), child: andOne(), path: andOne(), post: ofAll() },
      groups: { first: andOne(), columns: andOne(), below: andOne(), zeros: room.doubles(size + 1) },
      rowStart: andOne(),
      panelStart: andOne(),
    };
  });
  const { neighbours, tree, work, groups, rowStart, panelStart } = arrays;
  kernels.growTree(neighbours, arrays.wanted, tree, work);
  const count = kernels.mergeColumns(size, tree, groups);
  kernels.measurePanels(count, groups, rowStart, panelStart);
  const starts = (array: Int32Array): Int32Array => array.subarray(0, count + 1);
  return { tree, first: starts(groups.first), rowStart: starts(rowStart), panelStart: starts(panelStart) };
}

function filled(
  room: Room,
  neighbours: Columns,
  { tree, first, rowStart, panelStart }: Grown,
  lists: readonly Places[],
) {
  const { size } = neighbours;
  const count = first.length - 1;
  const rows = rowStart[count]!;
  return {
    neighbours: { size, columnStart: room.ints(neighbours.columnStart), row: room.ints(neighbours.row) },
    tree: {
      order: room.ints(tree.order),
      place: room.ints(tree.place),
      parent: room.ints(tree.parent),
      count: room.ints(tree.count),
    },
    panels: {
      count,
      first: room.ints(first),
      rowStart: room.ints(rowStart),
      row: room.ints(rows),
      inParent: room.ints(rows),
      panelStart: room.ints(panelStart),
      childStart: room.ints(count + 1),
      child: room.ints(count),
      parent: room.ints(count),
    },
    of: room.ints(size),
    work: { seen: room.ints(size), next: room.ints(size) },
    found: lists.map(({ row, column }) => ({
      row: room.ints(row),
      column: room.ints(column),
      panel: room.ints(row.length),
    })),
  };
}
