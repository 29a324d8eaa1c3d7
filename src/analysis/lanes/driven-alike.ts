import type { Circuit, Instance } from "../../circuit/circuit.js";
import { haveSameValues } from "../../circuit/side-by-side.js";

/** Sources with more corners than these are alike only if all their values are. */
const mostCorners = 100;

/**
 * Whether the sources of two circuits of one shape have their corners at the same times, by `stop`, s: rows stand at corners, and
 * a lane is to have those that it has alone.
 */
export function areDrivenAlike(a: Circuit, b: Circuit, stop: number): boolean {
  return a.instances.every((one, k) => {
    const other = b.instances[k]!;
    if (one.device.source === undefined || haveSameValues(one, other)) return true;
    const corners = cornersOf(one, stop);
    return corners !== undefined && isSame(corners, cornersOf(other, stop));
  });
}

/** The corners of a source, in their order; undefined if there are too many. */
function cornersOf({ device, values }: Instance, stop: number): readonly number[] | undefined {
  const corners: number[] = [];
  for (let t = device.source?.next(0, values) ?? Infinity; t < stop; t = device.source!.next(t, values)) {
    if (corners.push(t) > mostCorners) return undefined;
  }
  return corners;
}

const isSame = (a: readonly number[], b: readonly number[] | undefined): boolean =>
  b !== undefined && a.length === b.length && a.every((one, k) => one === b[k]);
