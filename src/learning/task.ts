import type { Network } from "./network.js";
import type { Verify } from "./verified.js";

/** A training: a network, what it shall learn, and how. */
export interface Task {
  readonly name: string;
  readonly network: Network;
  readonly data: Dataset;
  readonly rule: "delta" | "backprop" | "stochastic" | "ridge";
  readonly rate: number; // η
  readonly epochs: number;
  readonly runs: number; // realisations: each has its own start, its own order of samples, and its own drawn data
  readonly seed: number;
  readonly init: "glorot" | "uniform" | "zero" | "given";
  readonly biasInit: "zero" | "glorot" | "uniform";
  /** Of `uniform` starts: weights lie between −scale and scale. */
  readonly scale: number;
  readonly shuffle: boolean;
  /** Reads each weight behind its pulse, and repeats the pulse with what is left; undefined: one pulse a write. */
  readonly verify: Verify | undefined;
  /** Ends a realisation early: its error falls below. */
  readonly stopBelow: number | undefined;
  /** Whether pulses are those of the closed form, or are integrated in the circuit. */
  readonly pulses: "ideal" | "circuit";
  /** s: how long inputs are read, pulses stay at their height, nothing happens between them, and pulses rise and fall. */
  readonly timing: { readonly read: number; readonly write: number; readonly gap: number; readonly rise: number };
}

/** Samples with their targets. Where `drawn` is set, each realisation draws its own from the table's rows. */
export interface Dataset {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
  /** Size rows × (inputs + targets), row-major; what is trained with. */
  readonly train: Float64Array;
  /** The same for the rows kept back (`split=`); empty without a split. */
  readonly test: Float64Array;
  /** How many samples a realisation draws, with replacement, from `train`; undefined: the rows themselves. */
  readonly drawn: number | undefined;
  /** One draw for all realisations. */
  readonly shared: boolean;
}

/** What a training did, a row an epoch and a column a realisation (epochs × runs, row-major). */
export interface History {
  readonly epochs: number; // that were run
  /** What a row of it is; an epoch where nothing else is said. */
  readonly counts?: "epoch" | "iteration";
  /** The number of the first one: 1, or 0 where the start is told as well. */
  readonly first?: 0 | 1;
  readonly stopped: boolean; // before all was done
  readonly runs: number;
  /** ½ Σ_samples Σ_targets (T − O)², each taken before that sample's update; NaN once a realisation has diverged. */
  readonly error: Float64Array;
  /** Samples of the epoch that were classified right, a fraction. */
  readonly correct: Float64Array;
  /** The epoch (from 1) in which a realisation diverged; 0 if it did not. */
  readonly diverged: Int32Array;
  /** Size runs × weights, row-major: at the end. */
  readonly weights: Float64Array;
  readonly writes: WriteStatistics;
}

/** What the conditions of the threshold-gated law came to in a run. */
export interface WriteStatistics {
  readonly pulses: number;
  /** With `verify`: how many writes the pulses were for, and how many of them did not come to their target. */
  readonly writes: number;
  readonly unreached: number;
  /** Pulses that missed their window: |s| ≥ a. */
  readonly missed: number;
  readonly largestPulse: number; // max |s|, weight units
  /** Largest change of a weight by a pulse that was meant for another. */
  readonly crossTalk: number;
  /** Largest change of a weight by a reading. */
  readonly readChange: number;
  /** Largest read current over the threshold that it must stay below; those of perceptrons of one memristor are not in it. */
  readonly readOverThreshold: number;
}

/** Of a training that gives no pulses. */
export const noWrites: WriteStatistics = {
  pulses: 0,
  writes: 0,
  unreached: 0,
  missed: 0,
  largestPulse: 0,
  crossTalk: 0,
  readChange: 0,
  readOverThreshold: 0,
};
