import type { Kernels } from "./kernels/index.js";
import type { Room } from "./room.js";
import type { SymmetricShape } from "./symmetric-block.js";

/** What is kept of a matrix of symmetric shape, in a room: its shape, and room for its factors. */
export type SymmetricFactors = ReturnType<typeof symmetricFactors>;

/** Asks for it. */
export function symmetricFactors(room: Room, { plan, pendants, diagonal, off }: SymmetricShape) {
  const size = plan.order.length;
  const hanging = pendants.pivot.length;
  return {
    size,
    hanging,
    pairs: off.entry.length,
    plan: {
      count: plan.first.length - 1,
      first: room.ints(plan.first),
      rowStart: room.ints(plan.rowStart),
      row: room.ints(plan.row),
      panelStart: room.ints(plan.panelStart),
      childStart: room.ints(plan.childStart),
      child: room.ints(plan.child),
      inParent: room.ints(plan.inParent),
    },
    factor: {
      panels: room.doubles(plan.panelStart.at(-1)!), // the entries of A, then those of L; on the diagonal one over them
      diagonal: room.doubles(size), // that of A, in the order of elimination
      updates: room.doubles(plan.waiting), // those that wait for their parents
    },
    own: { entry: room.ints(diagonal.entry), panel: room.ints(diagonal.panel) },
    off: {
      entry: room.ints(off.entry),
      mirror: room.ints(off.mirror),
      panel: room.ints(off.panel),
      row: room.ints(off.row),
      column: room.ints(off.column),
    },
    pendants: {
      ends: room.ints(pendants.ends),
      between: room.ints(pendants.between),
      pivotEntry: room.ints(pendants.pivot),
      rowEntry: room.ints(pendants.row),
      columnEntry: room.ints(pendants.column),
      pivot: room.doubles(hanging), // 1/d
      row: room.doubles(2 * hanging), // r and c, by ends
      column: room.doubles(2 * hanging),
    },
  };
}

/** Factors new numbers; false if they are not symmetric and positive definite, well away from where they cease to be. */
export function factorSymmetric(kernels: Kernels, factors: SymmetricFactors, values: Float64Array): boolean {
  const { plan, factor, own, off, pendants } = factors;
  factor.panels.fill(0);
  kernels.takeDiagonal(factors.size, values, own.entry, own.panel, factor);
  return (
    takePendants(kernels, factors, values) &&
    kernels.eliminatePendants(factors.hanging, pendants, own.panel, factor) === 1 &&
    kernels.takePairs(factors.pairs, values, off, factor) === 1 &&
    kernels.factorPanels(plan, factor) < 0
  );
}

/** Takes new numbers for the pendants, and keeps the factor of what is left without them; false if a pivot is none. */
export function takePendants(kernels: Kernels, { hanging, pendants }: SymmetricFactors, values: Float64Array): boolean {
  return kernels.takePendants(hanging, values, pendants) === 1;
}

/** Overwrites b, in the order of the shape, by the solution; b is two parts: what stays, and the pendants. */
export function solveSymmetric(kernels: Kernels, factors: SymmetricFactors, b: Float64Array, own: Float64Array): void {
  const { hanging, pendants, plan, factor } = factors;
  kernels.leavePendants(hanging, pendants, own, b);
  kernels.solvePanels(plan, factor, b);
  kernels.solvePendants(hanging, pendants, own, b);
}
