import type { Signal } from "../circuit/circuit.js";
import type { ValueTarget } from "../circuit/runs/runs.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { OperatingPoints } from "./operating-point.js";

/** Gives x where the swept sources have these values, in the order of the targets; what was given before is overwritten. */
export type Superposed = (values: readonly number[]) => Float64Array;

/** Whether operating points superpose: the circuit is linear at rest, and what is swept are values of sources. */
export const superposes = (system: CompiledSystem, targets: readonly ValueTarget[]): boolean =>
  system.linearAtRest && targets.every(({ setting }) => setting === "dc");

/**
 * Operating points by superposition, x(u) = x₀ + Σ (uₖ − u₀ₖ) ∂x/∂uₖ, from the point x₀ at u₀ that was found last: one
 * solution a source, then products. Only the unknowns that the signals read are formed; the others stay as in x₀.
 */
export function superposition(
  points: OperatingPoints,
  targets: readonly ValueTarget[],
  u0: readonly number[],
  x0: Float64Array,
  signals: readonly Signal[],
): Superposed {
  const { system } = points;
  const read = placesOf(system, signals);
  const responses = targets.map(({ instance, setting }) => {
    const response = points.response(x0, instance, setting);
    return Float64Array.from(read, (place) => response[place]!);
  });
  const start = Float64Array.from(read, (place) => x0[place]!);
  const formed = new Float64Array(read.length);
  const x = x0.slice();
  return (values) => {
    formed.set(start);
    for (let k = 0; k < responses.length; k++) add(formed, values[k]! - u0[k]!, responses[k]!);
    for (let j = 0; j < read.length; j++) x[read[j]!] = formed[j]!;
    return x;
  };
}

function add(sum: Float64Array, factor: number, part: Float64Array): void {
  if (factor !== 0) for (let j = 0; j < sum.length; j++) sum[j]! += factor * part[j]!;
}

/** The unknowns that the signals read; all of them where a signal is more than unknowns and formulas of them. */
function placesOf(system: CompiledSystem, signals: readonly Signal[]): Int32Array {
  const places = new Set<number>();
  for (const quantity of signals.flatMap(({ inputs }) => inputs)) {
    if (quantity.kind !== "node" && quantity.kind !== "own") return Int32Array.from(system.unknowns.keys());
    const place = system.place(quantity);
    if (place >= 0) places.add(place);
  }
  return Int32Array.from(places);
}
