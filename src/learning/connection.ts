import type { Instance } from "../circuit/circuit.js";
import { neuronKind } from "../devices/perceptrons/recognise.js";
import type { Weight } from "./network.js";
import type { WeightPlace } from "./weight-of.js";

/** A neuron, or a perceptron, as it stands in the circuit. */
export interface Cell {
  readonly index: number;
  readonly instance: Instance;
  readonly out: number; // node
  /** Where its synapses end, +1 if what comes there counts up, else −1; a perceptron has its own. */
  readonly inputs: ReadonlyMap<number, 1 | -1>; // by node
}

/** A connection from a node to a cell, with the place of its weight. */
export interface Link {
  readonly instance: Instance;
  readonly from: number; // node
  readonly to: Cell;
  readonly gain: number;
  readonly weight: Weight;
  readonly place: WeightPlace;
  /** A through its memristor at most, by a value of 1. */
  readonly drive?: number;
  /** Whether there are lines before or behind it. */
  readonly lined?: boolean;
}

/** The inputs of a neuron: one, or two of which the second counts down. */
export function inputsOf(neuron: Instance): ReadonlyMap<number, 1 | -1> {
  const plus = [terminal(neuron, "in"), 1] as const;
  return new Map(neuronKind(neuron.device)?.differential ? [plus, [terminal(neuron, "minus"), -1]] : [plus]);
}

/** The node at a terminal of an instance. */
export const terminal = ({ device, terminals }: Instance, name: string): number =>
  terminals[device.terminals.indexOf(name)]!;
