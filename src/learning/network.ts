import type { Scatter } from "../analysis/pieces.js";
import type { Activation } from "../devices/perceptrons/activation.js";
import type { Grid } from "./grid.js";

/**
 * What training knows of a circuit: a feed-forward network in pure numbers. Units are what synapses start from, counted
 * in one row: the inputs (their values are the data), then the constants, then the neurons in an order in which every
 * synapse comes from an earlier unit.
 *
 *     u_k = Σ gain·w·v (synapses to k) [+ b_k, additive],      v_k = φ_k(u_k; b_k)
 */
export interface Network {
  readonly inputs: readonly string[];
  readonly constants: readonly { readonly name: string; readonly value: number }[];
  readonly neurons: readonly Neuron[];
  readonly synapses: readonly Synapse[];
  /** Everything that can be written: the weights of synapses and the biases of neurons. */
  readonly weights: readonly Weight[];
  /** The unit of each target, in the order of the data's targets. */
  readonly outputs: readonly number[];
  /** Weights whose memristors share a write pulse (in series); one that stands alone has its own port. */
  readonly chains: readonly (readonly number[])[];
  /** Weights of pairs that share drivers of rows or inputs of neurons, and so are written one after the other. */
  readonly arrays?: readonly (readonly number[])[];
  /** Memristors with lines between them; undefined: none. */
  readonly grids?: readonly Grid[];
}

export interface Neuron {
  readonly name: string;
  readonly activation: Activation;
  /** `additive`: b is part of u; `gain`: b is the second argument of φ. Undefined: b = 0. */
  readonly bias: { readonly kind: "additive" | "gain"; readonly weight: number } | undefined;
}

export interface Synapse {
  readonly name: string;
  /** The unit that it starts from. */
  readonly from: number;
  /** The neuron that it ends at (its place in `neurons`). */
  readonly to: number;
  readonly weight: number;
  /** u += gain·w·v: 1 where the circuit's units are the network's. */
  readonly gain: number;
  /** A through its memristor, at its greatest weight, by a value of 1: what reading drives it with. Undefined: 1. */
  readonly drive?: number;
  /** Whether its current comes through lines: the grids of the network say what reaches the neuron, not the gain. */
  readonly lined?: boolean;
}

/** A memristor that keeps a weight, in weight units; it moves by the threshold-gated law. */
export interface Weight {
  readonly name: string;
  /** What the netlist gives (`w=`, `b=`); undefined: drawn at the start of a training. */
  readonly initial: number | undefined;
  /** False: a training leaves it alone. */
  readonly trained: boolean;
  /** Of one memristor of a pair: where it stands when the pair weighs nothing. */
  readonly middle?: number;
  /** Whether it is one of several states of one memristor, whose resistance is then no single one. */
  readonly shared?: boolean;
  /** S of a weight of 1, where the weight is a conductance; undefined: it is a memristance in Ω, of either sign. */
  readonly conductance?: number;
  readonly law: WeightLaw;
}

/**
 * dw/dt = rate·sgn(I)·(|I| − ith)·[θ(|I| − ith) − θ(|I| − ith − a)], min ≤ w ≤ max
 * (Refs. in `devices/perceptrons/`); I in weight units.
 */
export interface WeightLaw {
  readonly ith: number;
  readonly a: number;
  readonly rate: number; // 1/s: a pulse of s + ith for 1/rate moves w by s
  readonly min: number;
  readonly max: number;
  readonly imperfections: Imperfections;
}

/**
 * All 0, or undefined, in an ideal device. What is drawn once a device: relative standard deviations of ith and of the
 * gain of w as it is read, probabilities that it stands at max, at min, for ever.
 */
export interface Imperfections extends Scatter {
  readonly levels: number | undefined; // number of states that w can have between min and max
  readonly writeNoise: number; // standard deviation of a change of w, relative to the change
  readonly readNoise: number; // standard deviation of w as it is read, relative to the range max − min
  readonly asymmetry: number; // changes upwards are times 1 + asymmetry, downwards times 1 − asymmetry
  readonly retention: number; // s: time constant with which w falls back to its rest value; Infinity: never
}
