import type { Span } from "../../text/source.js";
import type { PlotStyle, Signal } from "../circuit.js";
import type { Operator } from "../quantum/operator.js";
import type { KernelTrainCard } from "./kernel-card.js";

/** `.dataset`: a table of samples, as the netlist gives it. */
export interface DatasetCard {
  readonly name: string;
  readonly inputs: readonly string[];
  /** With `onehot` one for each class, in the order in which the classes appear: the classes' names. */
  readonly targets: readonly string[];
  /** Whether the targets are the classes of one column, of which each row has one. */
  readonly onehot: boolean;
  /** rows[k]: inputs, then targets. */
  readonly rows: readonly (readonly number[])[];
  /** Whether the rows are a truth table, of which training draws samples as the papers do. */
  readonly gate: boolean;
  /** How many samples a realisation draws from the rows, with replacement; `all`: the rows; undefined: as the rule has it. */
  readonly samples: number | "all" | undefined;
  /** One draw for all realisations. */
  readonly shared: boolean;
  /** Which part of the rows is trained with, the others being kept back; undefined: all of them. */
  readonly split: number | undefined;
  /** `minmax`: inputs to 0…1 by the rows trained with; `zscore`: to mean 0 and deviation 1. */
  readonly scale: "minmax" | "zscore" | undefined;
  readonly span: Span;
}

/** What a column of the data sets: a source's value, or a node that nothing else drives. */
export type TrainInput =
  | { readonly kind: "source"; readonly instance: number; readonly name: string }
  | { readonly kind: "node"; readonly node: number; readonly name: string };

export const rules = ["delta", "backprop", "stochastic", "ridge"] as const;
export const starts = ["glorot", "uniform", "zero", "given"] as const;

/** `.train`: a network of the circuit learns a data set. */
export interface TrainCard {
  readonly kind: "train";
  readonly name: string;
  readonly rule: (typeof rules)[number];
  readonly data: DatasetCard;
  readonly inputs: readonly TrainInput[];
  /** Nodes, in the order of the data's targets. */
  readonly outputs: readonly number[];
  readonly rate: number;
  readonly epochs: number;
  readonly runs: number;
  readonly init: (typeof starts)[number];
  readonly biasInit: "zero" | "glorot" | "uniform";
  /** Of `uniform` starts: weights lie between −scale and scale. */
  readonly scale: number;
  /** λ of `rule=ridge`. */
  readonly ridge: number;
  /** Undefined: the run's. */
  readonly seed: number | undefined;
  readonly pulses: "ideal" | "circuit";
  /** s */
  readonly timing: { readonly read: number; readonly write: number; readonly gap: number; readonly rise: number };
  /** `verify=2% max=20`: a weight is read behind each pulse, which is repeated with what is left. */
  readonly verify: { readonly tolerance: number; readonly max: number } | undefined;
  readonly shuffle: boolean;
  /** `stop={error<0.01}`: a realisation ends when its error falls below. */
  readonly stopBelow: number | undefined;
  readonly keep: Keep;
  /** Of `rule=stochastic`: outputs of at least `level` mean 1, and shall reach it (`threshold`) or be it (`literal`). */
  readonly level: number;
  readonly target: "threshold" | "literal";
  /** Of `rule=stochastic`: the channel that becomes the matrix that is learned, by its place. */
  readonly channel: number | undefined;
  /** The file of the kept weights, if one is asked for. */
  readonly save: string | undefined;
  readonly span: Span;
}

export const costs = ["mse", "kl", "energy"] as const;

/** `.train … rule=gradient block=c`: the weights of a quantum block go down the slope of a cost, all samples at once. */
export interface BlockTrainCard {
  readonly kind: "descent";
  readonly name: string;
  readonly rule: "gradient";
  /** Its place among the circuit's blocks. */
  readonly block: number;
  /** Undefined for `energy`, which compares nothing. */
  readonly data: DatasetCard | undefined;
  /**
   * `mse`: the mean over samples and targets of (T − ⟨O⟩)². `kl`: Σ T ln(T/p) over outcomes, p those of the qubits, at least
   * 1e-12. `energy`: ⟨O⟩.
   */
  readonly cost: (typeof costs)[number];
  /** What the columns of the data set: places among the block's numbers. */
  readonly features: readonly number[];
  readonly observables: readonly Operator[];
  /** Of `kl`: the qubits that are measured. */
  readonly qubits: readonly number[];
  readonly slopes: "adjoint" | "shift";
  readonly optimizer: "descent" | "adam";
  readonly rate: number;
  readonly epochs: number;
  readonly runs: number;
  readonly init: "uniform" | "zero" | "given";
  /** Of `uniform` starts: weights lie between −scale and scale. */
  readonly scale: number;
  readonly seed: number | undefined;
  readonly stopBelow: number | undefined;
  readonly keep: Keep;
  readonly save: string | undefined;
  readonly span: Span;
}

/** `.train` with `rule=stiefel`: a quantum channel, or a network of them, learns a truth table. */
export interface ChannelTrainCard {
  readonly kind: "channel";
  readonly name: string;
  readonly rule: "stiefel";
  /** It has a truth table instead. */
  readonly data: undefined;
  /** Its place among the circuit's. */
  readonly channel: number;
  /** What it moves, by places: the channel itself, or of a network those that are declared by dimensions. Others stay as they are. */
  readonly moved: readonly number[];
  /** The wanted output of each basis input. */
  readonly truth: readonly number[];
  readonly cost: (typeof channelCosts)[number];
  readonly iterations: number;
  readonly runs: number;
  /** What a line search begins with, or the radius of the first region. */
  readonly t0: number;
  readonly retraction: (typeof channelRetractions)[number];
  readonly step: (typeof channelSteps)[number];
  /** Undefined: the run's. */
  readonly seed: number | undefined;
  readonly keep: Keep;
  /** `stop={error<1e-6}`: a realisation ends when its cost falls below. */
  readonly stopBelow: number | undefined;
  /** The file of the kept Kraus operators, if one is asked for. */
  readonly save: string | undefined;
  readonly span: Span;
}

export const channelCosts = ["square", "linear"] as const;
export const channelRetractions = ["qr", "polar", "cayley"] as const;
export const channelSteps = ["backtrack", "warm", "cg", "trust"] as const;

/** A training of whatever kind. */
export type Training = TrainCard | BlockTrainCard | ChannelTrainCard | KernelTrainCard;

export const isTraining = (card: { readonly kind: string }): card is Training =>
  card.kind === "train" || card.kind === "descent" || card.kind === "channel" || card.kind === "kernel";

/** Which realisation's weights the circuit keeps; runs count from 1. */
export type Keep = "best" | "median" | "last" | { readonly run: number };

/** `.test name data=held_out`: measures a trained network. */
export interface TestCard {
  readonly kind: "test";
  readonly train: Training;
  /** Undefined: the rows that the training kept back, or trained with where it kept none. */
  readonly data: DatasetCard | undefined;
  readonly span: Span;
}

/** `.weights "w.csv"`: values of devices by their names, `s1` (its weight) or `n1:b`. */
export interface WeightsCard {
  readonly kind: "weights";
  readonly weights: readonly { readonly instance: number; readonly value: string; readonly number: number }[];
  readonly span: Span;
}

/**
 * `.train r rule=ridge data=ts features=(v(n*) x(m*)) …`: signals of a circuit or a block that is fed with a data set, row by
 * row, and the linear readout of them that comes nearest to its targets. It changes nothing.
 */
export interface ReadoutCard {
  readonly kind: "readout";
  readonly name: string;
  readonly data: DatasetCard;
  readonly features: readonly Signal[];
  /** The quantum block that is run, by its place; undefined: the circuit. */
  readonly block: number | undefined;
  /** How long a row lasts, s, or in the time of the block. */
  readonly period: number;
  /** V: features are looked at at the ends of so many equal parts of a row, and count as so many (time multiplexing). */
  readonly multiplex: number;
  /** The run starts anew after so many rows, whose last alone counts; undefined: it goes on. */
  readonly episode: number | undefined;
  /** Places among the data's targets. */
  readonly targets: readonly number[];
  /** Rows (or episodes): passed over, fitted, and judged by. */
  readonly washout: number;
  readonly fit: number;
  readonly test: number;
  /** λ of argmin |Aw − y|² + λ|w|². */
  readonly ridge: number;
  readonly metrics: readonly ReadoutMetric[];
  readonly span: Span;
}

/** A figure of a readout over its rows of test, or over those fitted where it has none for a test. */
export interface ReadoutMetric {
  /**
   * `nmse`: Σ(y − ŷ)² over Σ(y − ȳ)²; `power`: over Σy²; `r2`: squared correlation; `rms`; `phase`: rms of the angle between
   * target and output of two; `accuracy`: how often y and ŷ lie on the same side of ½. `mc`, `quadratic`, `parity`: Σ r² of
   * readouts of u, of (3v² − 1)/2 with v = 2u − 1, and of the parity of all bits since, k = 0 … `delays` rows before.
   */
  readonly kind: "nmse" | "power" | "r2" | "rms" | "phase" | "accuracy" | "mc" | "quadratic" | "parity";
  readonly delays: number;
}

/** Cards that change or measure what the circuit has learned; they run among the analyses, in their order. */
export type LearningCard = Training | ReadoutCard | TestCard | WeightsCard;

/**
 * `.plot train t`, `.plot network t`, `.plot confusion t`, `.plot boundary t x1 x2`, `.plot weights t`, and
 * `.plot accuracy t1 t2 x=(0,0.1)`: the share classified right at the end of several trainings against a number of each.
 */
export interface LearningPlot {
  readonly kind: (typeof learningPlots)[number];
  /** Of whom: several for `train` and `accuracy`, one else. */
  readonly trains: readonly Training[];
  /** The two inputs (places in the data's) that a boundary is drawn over. */
  readonly over: readonly [number, number];
  /** The number of each training that its accuracy stands over. */
  readonly x: readonly number[];
  readonly style: PlotStyle;
  readonly span: Span;
}

export const learningPlots = ["train", "network", "confusion", "boundary", "weights", "accuracy"] as const;

/**
 * `.plot series r`: targets and outputs, row by row; `.plot memory r1 r2`, `.plot quadratic r`, `.plot parity r`: r² against
 * the delay of what `mc`, `quadratic` or `parity` read out.
 */
export interface ReadoutPlot {
  readonly kind: (typeof readoutPlots)[number];
  readonly readouts: readonly ReadoutCard[];
  /** Of a series: the first and the last row that are drawn; undefined: the first that it is judged by. */
  readonly rows: readonly [number, number] | undefined;
  readonly of: ReadoutMetric["kind"] | undefined;
  readonly style: PlotStyle;
  readonly span: Span;
}

export const readoutPlots = ["series", "memory", "quadratic", "parity"] as const;
