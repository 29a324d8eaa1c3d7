import type { Device } from "../devices/device.js";
import type { Piece } from "../devices/piece.js";
import type { Formula, Program } from "../expressions/formula.js";
import type { Span } from "../text/source.js";
import type { Unit } from "../units/unit.js";
import type { ChannelCard } from "./channels/card.js";
import type { ChannelFigure } from "./channels/channel-measure.js";
import type { ChannelPrint } from "./channels/print-card.js";
import type { QtranCard, QuantumBlock } from "./quantum/block.js";
import type { QuantumObservable } from "./quantum/observable.js";
import type { Draw, Runs, SteppedTarget } from "./runs/runs.js";
import type { LearningCard, LearningPlot, ReadoutPlot } from "./training/cards.js";

// All that a circuit is stands in one file: it is what elaboration promises to whatever computes.

/** A flat circuit: subcircuits expanded, names resolved, every number known. */
export interface Circuit {
  readonly title: string;
  /**
   * Names in lower case, subcircuits' as `x1.n2`; entry 0 is ground, `0`. A `#` in the name of a node or an instance says
   * that the program put it there (the unknown of a `ddt(…)` in an expression): not shown by itself.
   */
  readonly nodes: readonly string[];
  readonly instances: readonly Instance[];
  readonly options: Options;
  /** `.ic`: held in the operating point before a transient, or taken as given with `uic`. */
  readonly initial: readonly NodeValue[];
  /** Voltages that only capacitors know: nodes without any path for a direct current. */
  readonly held: readonly Held[];
  /** `.nodeset`: guesses for the operating point. */
  readonly guesses: readonly NodeValue[];
  /** `.quantum` blocks, in the order in which they stand. */
  readonly blocks: readonly QuantumBlock[];
  /** `.channel` and `.compress`, in the order in which they stand. */
  readonly channels: readonly ChannelCard[];
  /** `.op`, `.dc`, `.tran`, `.qtran`, `.print channel`, and the cards of learning, in the order in which they stand and run. */
  readonly analyses: readonly (AnalysisCard | LearningCard | ChannelPrint)[];
  readonly outputs: Outputs;
  /** `.step` and `.mc`: the netlist is run several times. This circuit is one of them; undefined: it is run once. */
  readonly runs: Runs | undefined;
  /** What this run drew, in the order in which the deck asked for it. */
  readonly draws: readonly Draw[];
}

/** A device in the circuit. */
export interface Instance {
  /** Lower case with the path of its subcircuits: `x1.r2`. */
  readonly name: string;
  /** The letter (or `y` type, lower case) that the netlist calls it by: `r`, `v`, `ymemristor`. */
  readonly element: string;
  readonly device: Device;
  /** What the netlist says. */
  readonly values: Readonly<Record<string, number>>;
  /** The memristors that it is really made of, one for each of the device's cells; undefined: ideal ones. */
  readonly pieces?: readonly Piece[];
  /** A node index for each terminal of the device. */
  readonly terminals: readonly number[];
  /** The unknowns it reads, as many as `device.controls`. */
  readonly controls: readonly Unknown[];
  /** `ic=` of a capacitor or an inductor: V or A. */
  readonly initial?: number;
  /** Of a device by an expression: the expression, input k being control k, and how a law becomes the device. */
  readonly law?: { readonly formula: Formula; device(law: Program): Device };
  /** `ac` of a source: the amplitude that it oscillates with in small-signal analyses, its phase in degrees. */
  readonly smallSignal?: { readonly magnitude: number; readonly phase: number };
  /** Which quantum block it is, where it is one. */
  readonly block?: number;
  /** Which photonic memristor or LC circuit of a block it is, where it is one. */
  readonly beside?: { readonly block: number; readonly kind: "photonic" | "lc"; readonly index: number };
  /** Its last own unknowns are these outputs of its block, by number. */
  readonly outputs?: readonly number[];
  readonly span: Span;
}

/** An unknown of the circuit's equations, by where it comes from. */
export type Unknown =
  | { readonly kind: "node"; readonly node: number }
  /** Own unknown number `index` of instance number `instance`. */
  | { readonly kind: "own"; readonly instance: number; readonly index: number }
  /** Number `output` of what the circuit reads of a quantum block. */
  | { readonly kind: "block"; readonly block: number; readonly output: number };

export interface NodeValue {
  readonly node: number;
  readonly value: number;
  readonly span: Span;
}

/**
 * A node that no direct current reaches, with a capacitor to a node that is known: in every static analysis the row of
 * `node` is v(node) − v(from) − value = 0 instead of Kirchhoff's current law.
 */
export interface Held {
  readonly node: number;
  readonly from: number;
  readonly value: number; // V
  readonly span: Span;
}

export interface Options {
  readonly reltol: number;
  readonly abstol: number; // A
  readonly vntol: number; // V
  readonly method: "auto" | "ndf" | "trap" | "gear" | "dop853" | "odex";
  readonly temp: number; // °C
  readonly tnom: number; // °C
  readonly gmin: number; // S
  readonly itl1: number; // Newton iterations of an operating point
  readonly seed: number;
  readonly maxsteps: number;
  /** The highest order of the multistep methods, which have none above 5. */
  readonly maxord: number;
  readonly dialect: "auto" | "ngspice" | "ltspice" | "xyce";
  /** Whether subcircuits that hold a state in a capacitor are looked for in a transient. */
  readonly recognise: "yes" | "no";
}

export type AnalysisCard =
  | { readonly kind: "op"; readonly span: Span }
  | { readonly kind: "dc"; readonly sweeps: readonly Sweep[]; readonly span: Span }
  | TransientCard
  | AcCard
  | NoiseCard
  | QtranCard;

/** One axis of `.dc`; with `.dc data=` one axis whose points set several sources at once. */
export interface Sweep {
  /** What a point sets. */
  readonly targets: readonly SteppedTarget[];
  /** points[k][target] */
  readonly points: readonly (readonly number[])[];
}

/** `.ac`: small oscillations about the operating point. */
export interface AcCard {
  readonly kind: "ac";
  readonly spacing: "dec" | "oct" | "lin";
  readonly frequencies: readonly number[]; // Hz
  readonly span: Span;
}

/** `.noise`: what the noise of all devices makes of an output, and what at an input would make the same. */
export interface NoiseCard {
  readonly kind: "noise";
  readonly spacing: AcCard["spacing"];
  readonly frequencies: readonly number[]; // Hz
  /** A voltage. */
  readonly output: Signal;
  /** The source that the noise is referred to: its number among the instances. */
  readonly input: number;
  readonly span: Span;
}

export interface TransientCard {
  readonly kind: "tran";
  readonly step: number; // s: the output grid
  readonly stop: number; // s
  readonly start: number; // s: nothing is kept before
  readonly maxStep: number | undefined; // s
  readonly uic: boolean;
  /** False where output is wanted at the accepted steps (Xyce decks, grids of over a million points). */
  readonly grid: boolean;
  /** The circuit is fed with rows: in each step of the card it may come to rest, or not move at all. */
  readonly inRows?: boolean;
  readonly span: Span;
}

/** The analyses whose results can be looked at. */
export type ResultKind = "op" | "dc" | "tran" | "ac" | "noise" | "qtran";

/** A quantity that can be looked at: a formula of signals. */
export interface Signal {
  /** As it stands at the head of a column: `v(out)`, `i(m1)`, `{v(a)*2}`. */
  readonly name: string;
  readonly unit: Unit;
  readonly formula: Formula;
  /** What the formula's inputs are. */
  readonly inputs: readonly Quantity[];
  readonly span: Span;
}

export type Quantity =
  | Unknown
  /** Current into terminal `terminal` of an instance that has no charge there. */
  | { readonly kind: "current"; readonly instance: number; readonly terminal: number }
  | { readonly kind: "observable"; readonly instance: number; readonly name: string }
  /** A spectral density of `.noise`, V/√Hz or A/√Hz, of all devices or of one; or the gain from input to output. */
  | {
      readonly kind: "noise";
      readonly of: "onoise" | "inoise" | "gain";
      readonly instance?: number;
      readonly unit: Unit;
    }
  /** What a quantum block gives, to the circuit's runs or to its own. */
  | {
      readonly kind: "quantum";
      readonly block: number;
      readonly of: QuantumObservable;
      readonly unit: Unit;
      readonly isInCircuit: boolean;
    };

/** What the netlist wants to see. */
export interface Outputs {
  /** `.print` and `.save`: undefined where the netlist has neither for the analysis. */
  readonly columns: readonly ColumnsCard[];
  readonly plots: readonly PlotCard[];
  readonly learning: readonly LearningPlot[];
  readonly readouts: readonly ReadoutPlot[];
  /** `.four`, of every transient. */
  readonly fourier: readonly FourierCard[];
  readonly measures: readonly MeasureCard[];
  readonly asserts: readonly AssertCard[];
}

/** `.four`: the harmonics of signals over the last periods of a transient. */
export interface FourierCard {
  readonly frequency: number; // Hz
  readonly harmonics: number;
  /** −1: as many as were recorded. */
  readonly periods: number;
  readonly signals: readonly Signal[];
  readonly span: Span;
}

export interface ColumnsCard {
  readonly analysis: ResultKind | undefined;
  readonly signals: readonly Signal[];
  /** `format=` and `file=` of a `.print`: a file of these columns alone; without a name the usual file, in this format. */
  readonly data?: { readonly format: "csv" | "raw" | "json" | "prn"; readonly file: string | undefined };
}

export type PlotCard =
  | {
      readonly kind: "waves";
      readonly analysis: ResultKind | undefined;
      readonly signals: readonly Signal[];
      readonly right: readonly Signal[]; // y2=
      readonly style: PlotStyle;
      readonly span: Span;
    }
  | {
      readonly kind: "iv";
      /** One, or several to be compared in one frame. */
      readonly devices: readonly LoopSignals[];
      /** First and last period, from 1. */
      readonly periods: readonly [number, number] | undefined;
      readonly norm: "max" | "initial" | undefined;
      readonly style: PlotStyle;
      readonly span: Span;
    }
  | {
      readonly kind: "xy";
      readonly x: Signal;
      readonly y: readonly Signal[];
      readonly style: PlotStyle;
      readonly span: Span;
    }
  /** `.plot loop_area m1 m2`: a figure of the devices' loops, period by period. */
  | {
      readonly kind: "figures";
      readonly what: LoopFigure;
      readonly devices: readonly LoopSignals[];
      readonly style: PlotStyle;
      readonly span: Span;
    }
  /** `.plot runs area`: measures over what was stepped. */
  | {
      readonly kind: "runs";
      readonly left: readonly MeasureName[];
      readonly right: readonly MeasureName[]; // y2=
      readonly style: PlotStyle;
      readonly span: Span;
    }
  | {
      readonly kind: "map";
      readonly analysis: ResultKind | undefined;
      readonly cells: readonly { readonly row: number; readonly column: number; readonly signal: Signal }[];
      /** What the netlist calls the signals: `x(m*)`. */
      readonly name: string;
      /** The place on the axis; undefined: its end. */
      readonly at: number | undefined;
      readonly style: PlotStyle;
      readonly span: Span;
    }
  | QuantumPlot;

/** Pictures that only a quantum block has. */
export type QuantumPlot =
  /** The gates of the block's digital run. */
  | { readonly kind: "circuit"; readonly block: number; readonly style: PlotStyle; readonly span: Span }
  | {
      readonly kind: "bloch";
      /** ⟨sx⟩, ⟨sy⟩, ⟨sz⟩ of each qubit. */
      readonly spheres: readonly { readonly name: string; readonly axes: readonly [Signal, Signal, Signal] }[];
      readonly style: PlotStyle;
      readonly span: Span;
    }
  | {
      readonly kind: "rho";
      /** `rho(pair)`, `rho(pair.a)`. */
      readonly name: string;
      /** Names of the states, in order: `ee`, `eg` … */
      readonly basis: readonly string[];
      /** The upper triangle row by row, with the diagonal. */
      readonly real: readonly Signal[];
      /** The upper triangle row by row, without it. */
      readonly imaginary: readonly Signal[];
      readonly parts: "re" | "polar";
      /** The time; undefined: the end of the run. */
      readonly at: number | undefined;
      readonly style: PlotStyle;
      readonly span: Span;
    };

/** A measure that is spoken of. */
export interface MeasureName {
  readonly name: string;
  readonly span: Span;
}

/** What a device's loop is drawn from. */
export interface LoopSignals {
  readonly device: string;
  readonly voltage: Signal;
  readonly current: Signal;
}

export interface PlotStyle {
  readonly title: string | undefined;
  /** File name without folder; undefined: made from the netlist's stem. */
  readonly file: string | undefined;
  readonly xlabel: string | undefined;
  readonly ylabel: string | undefined;
  /** The x axis is divided by it (`xunit={2*pi}`). */
  readonly xunit: number | undefined;
  readonly logx: boolean;
  readonly logy: boolean;
  /** `mark=events`. */
  readonly events: boolean;
}

/** `.measure`: how a number is found in a result. */
export interface MeasureCard {
  readonly name: string;
  readonly analysis: ResultKind | "train" | "test" | "channel";
  readonly task: MeasureTask;
  readonly span: Span;
}

export type MeasureTask =
  | {
      readonly kind: "statistic";
      readonly what: "avg" | "rms" | "min" | "max" | "pp" | "integ" | "min_at" | "max_at";
      readonly signal: Signal;
      readonly from: number | undefined;
      readonly to: number | undefined;
    }
  /** `find … at=`, `deriv … at=`. */
  | { readonly kind: "at"; readonly what: "find" | "deriv"; readonly signal: Signal; readonly at: number }
  /** `find … when`, `deriv … when`, and `when` alone (no signal): the place on the axis. */
  | {
      readonly kind: "when";
      readonly what: "find" | "deriv";
      readonly signal: Signal | undefined;
      readonly event: Crossing;
    }
  | { readonly kind: "between"; readonly trigger: Crossing | number; readonly target: Crossing | number }
  /** A figure of one channel, or of two, by their places. */
  | { readonly kind: "channel"; readonly what: ChannelFigure; readonly channels: readonly number[] }
  /** A column of a training or of its test, at an epoch; undefined: its end. */
  | { readonly kind: "learned"; readonly train: string; readonly column: string; readonly at: number | undefined }
  /** The total distortion of a signal, or the magnitude of its harmonic n, over the last periods of a frequency. */
  | {
      readonly kind: "harmonic";
      readonly what: "thd" | "harmonic";
      readonly signal: Signal;
      readonly frequency: number;
      /** `thd`: the highest harmonic; `harmonic`: which. */
      readonly n: number;
      readonly periods: number;
    }
  /** `param={…}` of earlier measures, by their names. */
  | { readonly kind: "param"; readonly formula: Formula; readonly measures: readonly string[]; readonly unit: Unit }
  | {
      readonly kind: "loop";
      readonly what: LoopFigure;
      readonly voltage: Signal;
      readonly current: Signal;
      /** Undefined: the last; `all`: what a quantum memristor's whole run says. */
      readonly period: number | "all" | undefined;
    }
  | SwitchingTask;

/** `switch_time`, `switch_energy`: of a state's change over a stretch, between two shares of that change. */
export interface SwitchingTask {
  readonly kind: "switching";
  readonly what: "switch_time" | "switch_energy";
  readonly state: Signal;
  readonly power: Signal;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Shares of the change, from 0 to 1. */
  readonly low: number;
  readonly high: number;
}

/** What can be told of a loop of current and voltage. */
export type LoopFigure = "loop_area" | "lobe_positive" | "lobe_negative" | "formfactor" | "pinch" | "ohm";

/** The crossing of two signals: their difference changes sign. */
export interface Crossing {
  readonly left: Signal;
  readonly right: Signal;
  readonly edge: "rise" | "fall" | "cross";
  /** 1 is the first; −1 the last. */
  readonly count: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly delay: number; // s: crossings before it do not count
}

/** `.assert {condition} "message"`: the condition speaks of measures by their names. */
export interface AssertCard {
  readonly formula: Formula;
  readonly measures: readonly string[];
  readonly message: string;
  readonly span: Span;
}
