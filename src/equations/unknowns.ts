import type { Circuit, Instance, Unknown } from "../circuit/circuit.js";
import type { NamedUnknown } from "./compiled-system.js";

/** The numbering of a circuit's unknowns: node voltages (ground has none), then own unknowns by instance. */
export interface Numbering {
  readonly size: number;
  readonly unknowns: readonly NamedUnknown[];
  /** size instances: the place of the first own unknown of each instance. */
  readonly firstOwn: Int32Array;
}

/** The place of ground among the unknowns: nowhere. */
export const ground = -1;

export function numberUnknowns({ nodes, instances }: Circuit): Numbering {
  const unknowns: NamedUnknown[] = nodes.slice(1).map((node) => ({ name: `v(${node})`, unit: "V", role: "node" }));
  const firstOwn = new Int32Array(instances.length);
  instances.forEach((instance, k) => {
    firstOwn[k] = unknowns.length;
    for (const { name, unit, role } of instance.device.own) {
      unknowns.push({ name: ownName(instance, name), unit, role });
    }
  });
  return { size: unknowns.length, unknowns, firstOwn };
}

/** `i(v1)`; `x(m1)` for the only state of a device; `n(m1:w)` else. */
function ownName({ name: instance, device }: Instance, name: string): string {
  if (name === "i") return `i(${instance})`;
  const states = device.own.filter(({ role }) => role === "state");
  return states.length === 1 && states[0]!.name === name ? `x(${instance})` : `n(${instance}:${name})`;
}

/** The place of an unknown; that of ground is `ground`. */
export const placeOf = ({ firstOwn }: Numbering, unknown: Unknown): number =>
  unknown.kind === "node" ? unknown.node - 1 : firstOwn[unknown.instance]! + unknown.index;

/** The places of what a device calls x: its terminals, own unknowns, and controls. */
export function placesOf(numbering: Numbering, instance: Instance, index: number): number[] {
  return [
    ...instance.terminals.map((node) => node - 1),
    ...instance.device.own.map((_, k) => numbering.firstOwn[index]! + k),
    ...instance.controls.map((unknown) => placeOf(numbering, unknown)),
  ];
}
