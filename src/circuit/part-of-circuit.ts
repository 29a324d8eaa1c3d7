import type { Circuit, Instance, NodeValue, Unknown } from "./circuit.js";
import { NodeSets } from "./connections.js";
import { changed } from "./plain-device.js";

/** Some of the instances of a circuit, as a circuit. */
export interface CircuitPart {
  readonly circuit: Circuit;
  /** Size nodes of the whole: the node's number in the part; −1 where it has none. */
  readonly nodeOf: Int32Array;
  /** Size instances of the whole: the instance's number in the part; −1 where it is left out. */
  readonly instanceOf: Int32Array;
}

/** The part of a circuit that hangs together with some nodes: through devices' terminals and what they read, not ground. */
export function partAround(circuit: Circuit, nodes: readonly number[]): CircuitPart {
  const sets = new NodeSets(circuit.nodes.length);
  const touched = (instance: Instance): readonly number[] =>
    [...instance.terminals, ...instance.controls.flatMap((control) => nodesOf(control, circuit))].filter(
      (node) => node !== 0,
    );
  for (const instance of circuit.instances) {
    const [first, ...others] = touched(instance);
    for (const node of others) sets.join(first!, node);
  }
  const wanted = new Set(nodes.filter((node) => node !== 0).map((node) => sets.of(node)));
  return partOf(
    circuit,
    circuit.instances.map((instance) => touched(instance).some((node) => wanted.has(sets.of(node)))),
  );
}

function nodesOf(unknown: Unknown, { instances }: Circuit): readonly number[] {
  if (unknown.kind === "node") return [unknown.node];
  return unknown.kind === "own" ? instances[unknown.instance]!.terminals : [];
}

/** The part of a circuit that some of its instances make, with the nodes that they touch and read. */
export function partOf(circuit: Circuit, kept: readonly boolean[]): CircuitPart {
  const instanceOf = Int32Array.from(kept.keys()).fill(-1);
  const nodeOf = new Int32Array(circuit.nodes.length).fill(-1);
  nodeOf[0] = 0;
  const nodes = ["0"];
  const chosen = circuit.instances.filter((_, k) => kept[k]);
  let count = 0;
  for (const [k, keep] of kept.entries()) if (keep) instanceOf[k] = count++;
  for (const { terminals, controls } of chosen) {
    for (const node of [...terminals, ...controls.flatMap((control) => nodesOf(control, circuit))])
      if (nodeOf[node] === -1) nodeOf[node] = nodes.push(circuit.nodes[node]!) - 1;
  }
  const control = (unknown: Unknown): Unknown => {
    if (unknown.kind === "node") return { kind: "node", node: nodeOf[unknown.node]! };
    return unknown.kind === "own" ? { ...unknown, instance: instanceOf[unknown.instance]! } : unknown;
  };
  const values = <Value extends NodeValue>(list: readonly Value[]): Value[] =>
    list.flatMap((it) => (nodeOf[it.node]! < 0 ? [] : [{ ...it, node: nodeOf[it.node]! }]));
  return {
    nodeOf,
    instanceOf,
    circuit: {
      ...circuit,
      blocks: circuit.blocks.map((block, k) =>
        chosen.some((it) => it.block === k) ? block : { ...block, isInCircuit: false },
      ),
      nodes,
      instances: chosen.map((it) =>
        changed(it, {
          terminals: it.terminals.map((node) => nodeOf[node]!),
          controls: it.controls.map(control),
        }),
      ),
      initial: values(circuit.initial),
      guesses: values(circuit.guesses),
      held: values(circuit.held).map((it) => ({ ...it, from: nodeOf[it.from]! })),
    },
  };
}
