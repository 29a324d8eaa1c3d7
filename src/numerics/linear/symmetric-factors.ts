import type { Kernels } from "./kernels/index.js";
import type { Room } from "./room.js";
import type { SymmetricShape } from "./symmetric-block.js";

/** What is kept of a matrix of symmetric shape, in a room: its shape, and room for its factors. */
export type SymmetricFactors = ReturnType<typeof symmetricFactors>;

/** Asks for it; the entries of the matrix stand at `entry` among those of another. */
export function symmetricFactors(
  room: Room,
  { plan, pendants, diagonal, off, ends, between }: SymmetricShape,
  entry: Int32Array,
) {
  const entries = (own: Int32Array): Int32Array => room.ints(own.map((e) => entry[e] ?? -1));
  const size = plan.tree.order.length;
  const hanging = pendants.unknown.length;
  return {
    size,
    hanging,
    pairs: off.entry.length,
    supernodes: plan.first.length - 1,
    first: room.ints(plan.first),
    rowStart: room.ints(plan.rowStart),
    row: room.ints(plan.row),
    panelStart: room.ints(plan.panelStart),
    childStart: room.ints(plan.childStart),
    child: room.ints(plan.child),
    inParent: room.ints(plan.inParent),
    panels: room.doubles(plan.panelStart.at(-1)!), // the entries of A, then those of L; on the diagonal one over them
    diagonal: room.doubles(size), // that of A, in the order of elimination
    updates: room.doubles(plan.waiting), // those that wait for their parents
    own: { entry: entries(diagonal.entry), panel: room.ints(diagonal.panel) },
    off: {
      entry: entries(off.entry),
      mirror: entries(off.mirror),
      panel: room.ints(off.panel),
      row: room.ints(off.row),
      column: room.ints(off.column),
    },
    pendants: {
      ends: room.ints(ends),
      between: room.ints(between),
      pivotEntry: entries(pendants.pivot),
      rowEntry: entries(pendants.row),
      columnEntry: entries(pendants.column),
      pivot: room.doubles(hanging), // 1/d
      row: room.doubles(2 * hanging), // r and c, by ends
      column: room.doubles(2 * hanging),
    },
  };
}

/** Factors new numbers; false if they are not symmetric and positive definite, well away from where they cease to be. */
export function factorSymmetric(kernels: Kernels, factors: SymmetricFactors, values: Float64Array): boolean {
  const { panels, diagonal, own, off, pendants } = factors;
  const { ends, between, pivot, row, column } = pendants;
  panels.fill(0);
  kernels.takeDiagonal(factors.size, values, own.entry, own.panel, panels, diagonal);
  return (
    takePendants(kernels, factors, values) &&
    kernels.eliminatePendants(factors.hanging, ends, between, own.panel, pivot, row, column, panels, diagonal) === 1 &&
    kernels.takePairs(
      factors.pairs,
      values,
      off.entry,
      off.mirror,
      off.panel,
      off.row,
      off.column,
      panels,
      diagonal,
    ) === 1 &&
    factorPanels(kernels, factors) < 0
  );
}

/** Takes new numbers for the pendants, and keeps the factor of what is left without them; false if a pivot is none. */
export function takePendants(kernels: Kernels, { hanging, pendants }: SymmetricFactors, values: Float64Array): boolean {
  const { ends, pivotEntry, rowEntry, columnEntry, pivot, row, column } = pendants;
  return kernels.takePendants(hanging, values, ends, pivotEntry, rowEntry, columnEntry, pivot, row, column) === 1;
}

function factorPanels(kernels: Kernels, factors: SymmetricFactors): number {
  const { supernodes, first, rowStart, panelStart, childStart, child, inParent, panels, diagonal, updates } = factors;
  return kernels.factorPanels(
    supernodes,
    first,
    rowStart,
    panelStart,
    childStart,
    child,
    inParent,
    panels,
    diagonal,
    updates,
  );
}

/** Overwrites b, in the order of the shape, by the solution; b is two parts: what stays, and the pendants. */
export function solveSymmetric(kernels: Kernels, factors: SymmetricFactors, b: Float64Array, own: Float64Array): void {
  const { hanging, pendants, supernodes, first, rowStart, row, panelStart, panels } = factors;
  kernels.leavePendants(hanging, pendants.ends, pendants.pivot, pendants.column, own, b);
  kernels.solvePanels(supernodes, first, rowStart, row, panelStart, panels, b);
  kernels.solvePendants(hanging, pendants.ends, pendants.pivot, pendants.row, own, b);
}
