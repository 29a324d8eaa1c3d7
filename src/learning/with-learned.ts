import { withPieces } from "../analysis/pieces.js";
import type { Circuit } from "../circuit/circuit.js";
import { changed } from "../circuit/plain-device.js";
import { keptWeights, type Lesson } from "./lesson.js";
import type { Placed } from "./network-of.js";

/** The circuit whose weights are kept by the devices of the realisation that it keeps. */
export function withDevices(circuit: Circuit, { placed, task, kept }: Lesson): Circuit {
  const kinds = new Set(placed.places.map(({ instance }) => instance));
  const instances = circuit.instances.map((it, index) => (kinds.has(index) ? withPieces(it, task.seed, kept) : it));
  return { ...circuit, instances };
}

/**
 * The circuit whose channel is the matrix W that it has learned (`rule=stochastic channel=c`): a column for each input, of which
 * 1 is answered with the probability of its weight w, W = [1 − w; w].
 */
export function withMatrix(circuit: Circuit, lesson: Lesson): Circuit {
  const { card, placed } = lesson;
  if (card.channel === undefined) return circuit;
  const weights = keptWeights(lesson);
  const { inputs, synapses } = placed.network;
  const ones = inputs.map((_, input) => weights[synapses.find(({ from }) => from === input)!.weight]!);
  const definition = { kind: "stochastic" as const, rows: [ones.map((w) => 1 - w), ones] };
  const count = definition.rows.flat().filter((p) => p > 0).length;
  const channels = circuit.channels.map((it, place) => (place === card.channel ? { ...it, count, definition } : it));
  return { ...circuit, channels };
}

/** The circuit with other numbers in the places of its weights. */
export function withWeights(circuit: Circuit, places: Placed["places"], weights: ArrayLike<number>): Circuit {
  const moved = new Map<number, Record<string, number>>();
  for (const [k, { instance, value, unit = 1 }] of places.entries()) {
    const values = moved.get(instance) ?? { ...circuit.instances[instance]!.values };
    values[value] = weights[k]! * unit;
    moved.set(instance, values);
  }
  const instances = circuit.instances.map((it, index) => {
    const values = moved.get(index);
    return values === undefined ? it : changed(it, { values });
  });
  return { ...circuit, instances };
}
