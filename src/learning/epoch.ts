import { pulseTime } from "../devices/perceptrons/pulse-shape.js";
import { type Answers, answersOf } from "./answers.js";
import type { Cells } from "./cells.js";
import { firstNeuron, inOrder } from "./layers.js";
import type { Network } from "./network.js";
import type { Dataset, Task } from "./task.js";

/**
 * Shows the samples `rows` of the data once, in this order, to one realisation, and writes its weights after each: the
 * closed form of pulses through threshold-gated memristors. It ends early, before the update, when the error is beyond
 * `diverged`. There are two that agree bit for bit: `walkedEpoch` and `writtenEpoch`.
 */
export interface Epoch {
  (weights: Float64Array, rows: Int32Array, cells: Cells, tally: Tally): void;
  /** The same for two realisations at a time, if that is any faster. */
  readonly two?: TwoEpochs;
}

/**
 * Shows samples to two realisations side by side, as many to the one as to the other: while one waits for its answer a
 * processor works for the other. It counts in the first tally, and gives the second its error and what was right. Where
 * one of them diverges it returns false and has done nothing.
 */
export type TwoEpochs = (
  weights: Float64Array,
  rows: Int32Array,
  cells: Cells,
  tally: Tally,
  otherWeights: Float64Array,
  otherRows: Int32Array,
  otherCells: Cells,
  otherOutcome: Outcome,
) => boolean;

/** What an epoch came to, for the realisation that it was shown to. */
export type Outcome = Pick<Tally, "error" | "right">;

/** The error of an epoch above which, or if it is not a number, a realisation counts as diverged. */
export const diverged = 1e6;

/** What an epoch came to: an epoch sets the first two and goes on counting in the others, of values in those of neurons. */
export interface Tally {
  /** ½ Σ_samples Σ_targets (T − O)², each taken before that sample's update. */
  error: number;
  /** Samples that were classified right. */
  right: number;
  pulses: number;
  /** Writes that were verified, and those that did not reach their target; 0 without `verify`. */
  writes: number;
  unreached: number;
  missed: number;
  largestPulse: number;
  crossTalk: number;
  readChange: number;
  /** Size units: the largest |v|, of units that synapses read. */
  readonly largestValue: Float64Array;
}

/** The neurons whose answers some synapse reads, as units; what inputs and constants are is known without an epoch. */
export const neuronsRead = ({ sources, first }: EpochPlan): readonly number[] =>
  sources.filter((unit) => unit >= first);

/** What an epoch knows of its task, put in the order in which it is used. */
export interface EpochPlan {
  readonly network: Network;
  /** The number of units before the first neuron. */
  readonly first: number;
  /** The units whose values some synapse reads. */
  readonly sources: readonly number[];
  /** For each neuron the synapses that end at it. */
  readonly synapsesTo: readonly Network["synapses"][];
  /** For each weight the weights that see its pulses, itself among them, in the order of the chain. */
  readonly chainOf: readonly (readonly number[])[];
  /** Size weights: how far a pulse of 1 above the threshold moves a weight, rate times the length of a pulse. */
  readonly reach: Float64Array;
  /** s: how long a sample is read. */
  readonly readTime: number;
  /** s: how long pulses take to rise, and to fall. */
  readonly rise: number;
  /** Size weights: what is left after a sample's time of the distance from rest; 1 without loss. */
  readonly kept: Float64Array;
  readonly rate: number;
  readonly verify: Task["verify"];
  readonly data: Dataset;
  readonly answers: Answers;
}

/** @throws RangeError if a synapse comes from a later unit than it goes to */
export function planOf({ network, data, rate, timing, verify }: Task): EpochPlan {
  const first = firstNeuron(network);
  const backward = network.synapses.find(({ from, to }) => from >= first + to);
  if (backward !== undefined) throw new RangeError(`Synapse \`${backward.name}\` goes back to an earlier unit.`);
  const sorted = inOrder(network);
  const chainOf = network.weights.map((_, k) => network.chains.find((chain) => chain.includes(k)) ?? [k]);
  const time = sampleTime(network, timing);
  return {
    network,
    first,
    sources: [...new Set(network.synapses.map(({ from }) => from))],
    synapsesTo: network.neurons.map((_, k) => sorted.filter(({ to }) => to === k)),
    chainOf,
    reach: Float64Array.from(network.weights, ({ law }) => law.rate * timing.write),
    readTime: timing.read,
    rise: timing.rise,
    kept: Float64Array.from(network.weights, ({ law }) => Math.exp(-time / law.imperfections.retention)),
    rate,
    verify,
    data,
    answers: answersOf(data),
  };
}

/** s: what a sample takes: a read, and the pulses of the longest chain or largest array, one after the other; these work side by side. */
export function sampleTime(
  { chains, weights, arrays = [] }: Network,
  { read, write, gap, rise }: Task["timing"],
): number {
  const trained = [...chains, ...arrays].map((chain) => chain.filter((index) => weights[index]!.trained).length);
  return read + gap + Math.max(1, ...trained) * (pulseTime({ width: write, rise }) + gap);
}

/** @param shown the rows of the data that epochs are going to show */
export const newTally = (plan: EpochPlan, shown: readonly Int32Array[] = []): Tally => ({
  error: 0,
  right: 0,
  pulses: 0,
  writes: 0,
  unreached: 0,
  missed: 0,
  largestPulse: 0,
  crossTalk: 0,
  readChange: 0,
  largestValue: largestGiven(plan, shown),
});

/** Size units: the largest |v| of inputs, over all rows that are shown, and of constants, where synapses read them. */
function largestGiven({ network, first, sources, data }: EpochPlan, shown: readonly Int32Array[]): Float64Array {
  const largest = new Float64Array(first + network.neurons.length);
  const inputs = data.inputs.length;
  const width = inputs + data.targets.length;
  for (const unit of sources) {
    if (unit >= first) continue;
    if (unit >= inputs) largest[unit] = Math.abs(network.constants[unit - inputs]!.value);
    else
      for (const rows of shown)
        for (const row of rows) largest[unit] = Math.max(largest[unit]!, Math.abs(data.train[row * width + unit]!));
  }
  return largest;
}
