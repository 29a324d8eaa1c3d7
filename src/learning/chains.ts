import type { Circuit } from "../circuit/circuit.js";
import { synapseKind } from "../devices/perceptrons/recognise.js";
import type { WeightPlace } from "./weight-of.js";

/** Weights whose write ports stand in series, or that one device keeps: a pulse for one passes all of them. */
export function chainsOf({ instances }: Circuit, places: readonly WeightPlace[]): readonly (readonly number[])[] {
  const chains: { nodes: Set<number>; instances: Set<number>; weights: number[] }[] = [];
  for (const [weight, { instance }] of places.entries()) {
    const { device, terminals } = instances[instance]!;
    if (synapseKind(device)?.kind === "pair") continue; // its two memristors have a column each
    const ports = ["p", "q"].flatMap((name) => {
      const node = terminals[device.terminals.indexOf(name)];
      return node === undefined || node === 0 ? [] : [node];
    });
    const met = chains.filter((it) => it.instances.has(instance) || ports.some((node) => it.nodes.has(node)));
    const joined = {
      nodes: new Set([...met.flatMap((it) => [...it.nodes]), ...ports]),
      instances: new Set([...met.flatMap((it) => [...it.instances]), instance]),
      weights: [...met.flatMap((it) => it.weights), weight],
    };
    for (const it of met) chains.splice(chains.indexOf(it), 1);
    chains.push(joined);
  }
  return chains.filter(({ weights }) => weights.length > 1).map(({ weights }) => weights.toSorted((a, b) => a - b));
}
