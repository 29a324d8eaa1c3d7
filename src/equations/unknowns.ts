import type { Circuit, Instance, Unknown } from "../circuit/circuit.js";
import { type Device, statesOf } from "../devices/device.js";
import type { NamedUnknown } from "./compiled-system.js";

/** The numbering of a circuit's unknowns: node voltages (ground has none), then own unknowns by instance. */
export interface Numbering {
  readonly size: number;
  readonly unknowns: readonly NamedUnknown[];
  /** size instances: the place of the first own unknown of each instance. */
  readonly firstOwn: Int32Array;
  /** The numbers of the instances that have own unknowns. */
  readonly owning: readonly number[];
  /** By block, the place of each of its outputs, where it is among the instances. */
  readonly outputs: ReadonlyMap<number, readonly number[]>;
}

export function numberUnknowns({ nodes, instances }: Circuit): Numbering {
  const unknowns: NamedUnknown[] = nodes.slice(1).map((node) => ({ name: `v(${node})`, unit: "V", role: "node" }));
  const firstOwn = new Int32Array(instances.length);
  const owning: number[] = [];
  const outputs = new Map<number, number[]>();
  instances.forEach((instance, k) => {
    firstOwn[k] = unknowns.length;
    if (instance.device.own.length === 0) return;
    owning.push(k);
    placeOutputs(instance, unknowns.length + instance.device.own.length, outputs);
    for (const { name, unit, role } of instance.device.own) {
      unknowns.push({ name: ownName(instance, name), unit, role });
    }
  });
  return { size: unknowns.length, unknowns, firstOwn, owning, outputs };
}

/** Outputs of a block are the last unknowns of an instance, up to a place. */
function placeOutputs({ block, beside, outputs = [] }: Instance, end: number, places: Map<number, number[]>): void {
  const of = block ?? beside?.block;
  if (of === undefined) return;
  const known = places.get(of) ?? [];
  places.set(of, known);
  for (const [k, output] of outputs.entries()) known[output] = end - outputs.length + k;
}

/** `i(v1)`; `x(m1)` for the only state of a device; `n(m1:w)` else. */
function ownName({ name: instance, device }: Instance, name: string): string {
  if (name === "i") return `i(${instance})`;
  const states = statesOf(device);
  return states.length === 1 && states[0]!.name === name ? `x(${instance})` : `n(${instance}:${name})`;
}

/**
 * size n: which unknowns are of a kind, so that they may be compared: all voltages, all currents; any other with the
 * same of other instances of its device. A derivative in V/s is none of the voltages, though its size be as negligible.
 */
export function kindsOf({ instances }: Circuit, { unknowns, firstOwn, owning }: Numbering): Int32Array {
  const known = new Map<Device, number>(); // the number of the first own unknown
  let count = 2;
  const kinds = new Int32Array(unknowns.length);
  for (let k = 0; k < kinds.length; k++) if (unknowns[k]!.unit === "A") kinds[k] = 1;
  for (const k of owning) {
    const { device } = instances[k]!;
    const first = known.get(device) ?? count;
    if (!known.has(device)) known.set(device, first);
    if (first === count) count += device.own.length;
    device.own.forEach(({ unit }, j) => {
      if (unit !== "A" && unit !== "V") kinds[firstOwn[k]! + j] = first + j;
    });
  }
  return kinds;
}

/** The place of an unknown; −1 for ground, which has none. */
export function placeOf({ firstOwn, outputs }: Numbering, unknown: Unknown): number {
  switch (unknown.kind) {
    case "node":
      return unknown.node - 1;
    case "own":
      return firstOwn[unknown.instance]! + unknown.index;
    case "block":
      return outputs.get(unknown.block)![unknown.output]!;
  }
}

/** Writes the places of what a device calls x, its terminals, own unknowns, and controls, to out[from …]. */
export function writePlaces(
  numbering: Numbering,
  { terminals, device, controls }: Instance,
  instance: number,
  out: Int32Array,
  from: number,
): void {
  for (const node of terminals) out[from++] = node - 1;
  for (let k = 0; k < device.own.length; k++) out[from++] = numbering.firstOwn[instance]! + k;
  for (const unknown of controls) out[from++] = placeOf(numbering, unknown);
}
