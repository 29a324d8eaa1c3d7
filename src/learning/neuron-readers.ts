import type { StillCircuit } from "../analysis/still-circuit.js";
import { neuronKind, perceptronKind } from "../devices/perceptrons/recognise.js";
import { ownUnknown } from "./at-rest.js";
import type { Network } from "./network.js";
import type { ReadCircuit } from "./read-circuit.js";

/**
 * What a neuron of the circuit answers at a solution x, with the weights as they are read: φ from the voltage of its
 * output, and the slopes ∂φ/∂u and ∂φ/∂b of its activation at the input current that it takes.
 */
export type NeuronReader = (
  x: Float64Array,
  weights: Float64Array,
) => readonly [value: number, slope: number, biasSlope: number];

/** The readers of a network's neurons, in their order. */
export const neuronReaders = (
  { circuit, neurons }: ReadCircuit,
  network: Network,
  { place }: StillCircuit["system"],
): readonly NeuronReader[] =>
  neurons.map((index, k) => {
    const instance = circuit.instances[index]!;
    const { device, values, terminals } = instance;
    const { bias } = network.neurons[k]!;
    const { activation } = neuronKind(device) ?? perceptronKind(device)!;
    const current = place(ownUnknown(instance, index, "i"));
    const minus = neuronKind(device)?.differential ? place(ownUnknown(instance, index, "im")) : undefined;
    const out = place({ kind: "node", node: terminals[device.terminals.indexOf("out")]! });
    const { iu = 1, vu = 1 } = values; // a perceptron's current is its input
    const phi = new Float64Array(3);
    return (x, weights) => {
      const b = bias === undefined ? 0 : weights[bias.weight]!;
      const input = minus === undefined ? x[current]! : x[current]! - x[minus]!;
      activation.load(input / iu + (bias?.kind === "additive" ? b : 0), bias?.kind === "gain" ? b : 0, phi);
      return [vu === 0 ? phi[0]! : x[out]! / vu, phi[1]!, phi[2]!];
    };
  });
