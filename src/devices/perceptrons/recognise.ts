import type { Device } from "../device.js";
import type { Activation } from "./activation.js";

// Who makes a network of a circuit has to know its devices again. Each maker puts what it made into its list.

/** How a write pulse finds its memristor. */
export type Selection = "amplitude" | "frequency";

/**
 * What a synapse is. Values of an ideal one: `w ith a rate gm gout wmin wmax` (`freq` instead of `ith a` where it is
 * selected by frequency); terminals [p, q,] pre, post, ref. Values of a pair: `w ith a rate gunit gmin gmax`; terminals
 * row, plus, minus.
 */
export interface SynapseKind {
  readonly kind: "ideal" | "pair";
  /** Whether it has the terminals p and q, its first. */
  readonly port: boolean;
  readonly selection: Selection;
}

/**
 * What a neuron is; a differential one takes the difference of two currents. Values: `iu vu rin tread b`, and of its bias `ith a rate wmin wmax train_bias`; terminals [p, q,]
 * in, [minus,] out, ref [, reset].
 */
export interface NeuronKind {
  readonly activation: Activation;
  readonly bias: "additive" | "gain" | "none";
  readonly differential: boolean;
  readonly port: boolean;
  readonly reset: boolean;
}

/** A perceptron in one memristor. Values: `w1 … wn b eta ith spacing a rate gm vu`; terminals [p, q,] x1 … xn, out, ref. */
export interface PerceptronKind {
  readonly inputs: number;
  readonly activation: Activation;
  readonly port: boolean;
}

export const synapses = new WeakMap<Device, SynapseKind>();
export const neurons = new WeakMap<Device, NeuronKind>();
export const perceptrons = new WeakMap<Device, PerceptronKind>();

/** What kind of synapse a device is; undefined if it is none. */
export const synapseKind = (device: Device): SynapseKind | undefined => synapses.get(device);

/** What kind of neuron a device is; undefined if it is none. */
export const neuronKind = (device: Device): NeuronKind | undefined => neurons.get(device);

/** What kind of one-memristor perceptron a device is; undefined if it is none. */
export const perceptronKind = (device: Device): PerceptronKind | undefined => perceptrons.get(device);
