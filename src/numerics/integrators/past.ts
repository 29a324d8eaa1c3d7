import type { Linearization, System } from "../system.js";
import { chargeEntries } from "./charge-slopes.js";

/** A solution up to a time, by its backward differences there: what a stretch goes on from that begins at an event. */
export interface Past {
  readonly t: number; // s
  readonly h: number; // s: the step of the differences
  readonly order: number;
  /** ∇⁰ … ∇ᵏ of x and of q, size n each. */
  readonly ofX: readonly Float64Array[];
  readonly ofQ: readonly Float64Array[];
}

/** A slope that has changed by more than this part of itself has little to do with what it was. */
const kept = 0.5;

/** Leads the differences of x and q, over steps of h, into the rates that states have at the last load: dq/dt = −f. */
export function leadStates(
  system: System,
  { f, C }: Linearization,
  h: number,
  order: number,
  ofX: readonly Float64Array[],
  ofQ: readonly Float64Array[],
): void {
  for (const { unknown, entry } of ownCharges(system)) {
    lead(ofX, order, unknown, (-h * f[unknown]!) / C[entry]!);
    lead(ofQ, order, unknown, -h * f[unknown]!);
  }
}

/**
 * Bends the past of unknown i, as differences, so that it leads into another slope; what curvature it had stays, unless the
 * slope is quite another.
 * @param slope over a step of the differences
 */
function lead(differences: readonly Float64Array[], order: number, i: number, slope: number): void {
  let before = 0;
  for (let m = 1; m <= order; m++) before += differences[m]![i]! / m;
  if (Math.abs(slope - before) <= kept * Math.abs(before)) {
    differences[1]![i]! += slope - before;
    return;
  }
  differences[1]![i] = slope;
  for (let m = 2; m <= order; m++) differences[m]![i] = 0;
}

/** Unknowns with a charge that is of no other, as states of devices, and the entries of their slopes. */
function ownCharges({ pattern, charges }: System): { readonly unknown: number; readonly entry: number }[] {
  const { entry, row, column } = chargeEntries(pattern, charges);
  const count = (of: Int32Array) => {
    const counts = new Int32Array(pattern.size);
    for (const i of of) counts[i]!++;
    return counts;
  };
  const [inRow, inColumn] = [count(row), count(column)];
  const own: { unknown: number; entry: number }[] = [];
  for (const [k, i] of row.entries()) {
    if (i === column[k] && inRow[i] === 1 && inColumn[i] === 1) own.push({ unknown: i, entry: entry[k]! });
  }
  return own;
}
