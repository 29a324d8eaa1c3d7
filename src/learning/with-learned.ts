import { withPieces } from "../analysis/pieces.js";
import type { Circuit } from "../circuit/circuit.js";
import type { Lesson } from "./lesson.js";
import type { Placed } from "./network-of.js";

/** The circuit whose weights are kept by the devices of the realisation that it keeps. */
export function withDevices(circuit: Circuit, { placed, task, kept }: Lesson): Circuit {
  const kinds = new Set(placed.places.map(({ instance }) => instance));
  const instances = circuit.instances.map((it, index) => (kinds.has(index) ? withPieces(it, task.seed, kept) : it));
  return { ...circuit, instances };
}

/** The circuit with other numbers in the places of its weights. */
export function withWeights(circuit: Circuit, places: Placed["places"], weights: ArrayLike<number>): Circuit {
  const changed = new Map<number, Record<string, number>>();
  for (const [k, { instance, value, unit = 1 }] of places.entries()) {
    const values = changed.get(instance) ?? { ...circuit.instances[instance]!.values };
    values[value] = weights[k]! * unit;
    changed.set(instance, values);
  }
  const instances = circuit.instances.map((it, index) => {
    const values = changed.get(index);
    return values === undefined ? it : { ...it, values };
  });
  return { ...circuit, instances };
}
