import type { Circuit, Unknown } from "../circuit/circuit.js";
import { partAround } from "../circuit/part-of-circuit.js";
import { changed } from "../circuit/plain-device.js";
import type { TrainCard } from "../circuit/training/cards.js";
import { atRest, ownUnknown, voltage } from "./at-rest.js";
import type { Placed } from "./network-of.js";

/** The part of a circuit that a training reads. */
export interface ReadCircuit {
  readonly circuit: Circuit;
  /** For each input the source that carries the data. */
  readonly inputs: readonly number[];
  /** For each neuron of the network its instance. */
  readonly neurons: readonly number[];
  readonly weights: readonly KeptWeight[];
}

/** Where a circuit keeps a weight: the instance, the state that it is, and what of that state a weight of 1 is. */
export interface KeptWeight {
  readonly instance: number;
  readonly state: Unknown;
  readonly unit: number;
}

/** What hangs together with a network, its inputs driven by sources of 0 V: nodes that nothing drives get one. */
export function readCircuitOf(whole: Circuit, card: TrainCard, { cells, places }: Placed): ReadCircuit {
  const circuit = withInputs(atRest(whole), card);
  const inputs = inputsOf(circuit, card);
  const members = [...cells, ...inputs, ...places.map(({ instance }) => instance)];
  const nodes = members.flatMap((instance) => circuit.instances[instance]!.terminals);
  const part = partAround(circuit, nodes);
  const { instances } = part.circuit;
  const moved = (instance: number): number => part.instanceOf[instance]!;
  return {
    circuit: part.circuit,
    inputs: inputs.map(moved),
    neurons: cells.map(moved),
    weights: places.map(({ instance, value, unit = 1 }) => ({
      instance: moved(instance),
      state: ownUnknown(instances[moved(instance)]!, moved(instance), value),
      unit,
    })),
  };
}

function withInputs(circuit: Circuit, { inputs, span }: TrainCard): Circuit {
  const driven = new Set(inputs.flatMap((input) => (input.kind === "source" ? [input.instance] : [])));
  const sources = inputs.flatMap((input) =>
    input.kind === "node" ? [voltage({ name: `#${input.name}`, terminals: [input.node, 0], span }, 0)] : [],
  );
  const instances = circuit.instances.map((it, k) => (driven.has(k) ? changed(it, { values: { dc: 0 } }) : it));
  return { ...circuit, instances: [...instances, ...sources] };
}

/** The sources of the inputs; those that were added stand last, in order. */
function inputsOf({ instances }: Circuit, { inputs }: TrainCard): readonly number[] {
  let added = instances.length - inputs.filter(({ kind }) => kind === "node").length;
  return inputs.map((input) => (input.kind === "source" ? input.instance : added++));
}
