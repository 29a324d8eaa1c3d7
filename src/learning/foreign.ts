import type { Circuit } from "../circuit/circuit.js";
import { neuronKind, synapseKind } from "../devices/perceptrons/recognise.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Cell } from "./connection.js";
import type { Pairs } from "./pairs.js";

/** Complaints of what else feeds a neuron's input: training knows synapses, and lines between pairs and neurons. */
export function foreignDevices({ instances }: Circuit, order: readonly Cell[], pairs: Pairs): readonly Diagnostic[] {
  const inner = new Map(order.flatMap((cell) => [...cell.inputs.keys()].map((node) => [node, cell] as const)));
  return instances.flatMap((instance): Diagnostic[] => {
    const { name, terminals, device, span } = instance;
    if (synapseKind(device) !== undefined || neuronKind(device) !== undefined) return [];
    const cell = terminals.map((node) => inner.get(node)).find((it) => it !== undefined);
    if (cell === undefined || pairs.isLine(instance)) return [];
    const message = `\`${name}\` stands at the input of \`${cell.instance.name}\`, where training knows synapses only.`;
    return [{ severity: "error", code: "foreign-device", message, span }];
  });
}
