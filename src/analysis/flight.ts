import type { CompiledSystem } from "../equations/compiled-system.js";
import { linearization } from "../numerics/system.js";
import { formatQuantity } from "../units/quantity.js";

/** A time has this part of itself as its last digit that steps can tell. */
const lastDigit = 1e-14;
/** A state that moves by more than this part of its range within that digit cannot be followed. */
const part = 1e-4;

/** A state that moves so fast that no step can follow it, as where its drift has a far too large exponent. */
export interface Flight {
  /** `x(m1)` */
  readonly name: string;
  /** How long it would take for all of its range, or for as much as it is, or 1. */
  readonly time: string;
}

/** The fastest of the states that no step can follow at (t, x); undefined if there is none. */
export function flightAt(t: number, x: Float64Array, system: CompiledSystem): Flight | undefined {
  const at = linearization(system);
  system.load(t, x, at);
  let fastest: { readonly k: number; readonly time: number } | undefined;
  for (const [k, { role }] of system.unknowns.entries()) {
    if (role !== "state") continue;
    const walled = system.upper[k]! - system.lower[k]!;
    const range = Number.isFinite(walled) ? walled : Math.max(1, Math.abs(x[k]!));
    const time = range / Math.abs(at.f[k]!); // the equation of a state is dx/dt + f = 0
    if (time * part > lastDigit * t || !(time < (fastest?.time ?? Infinity))) continue;
    fastest = { k, time };
  }
  return fastest && { name: system.unknowns[fastest.k]!.name, time: formatQuantity(fastest.time, "s") };
}
