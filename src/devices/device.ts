import type { Unit } from "../units/unit.js";
import type { ParameterTable, Values } from "./parameter.js";
import type { Pieces } from "./piece.js";

/**
 * A kind of device: what it adds to the circuit's equations
 *
 *     d/dt q(x) + f(t, x) = 0.
 *
 * The unknowns of a device are the voltages of its `terminals`, then its `own` unknowns (states, branch currents),
 * in this order; row k of q and f belongs to unknown k. For a terminal, f is the current (A) and q the charge (C)
 * that flow from the node into the device. Behind them x holds `controls`: unknowns of others that the device reads
 * and does not drive (a column each, no row), but for the first `drives` of them, which it drives as well (a row each).
 *
 * A device never sees the matrix, the time step, the method, nor the netlist, and never asks whether a node is ground.
 */
export interface Device<Table extends ParameterTable = ParameterTable> {
  /** Its name in a netlist. */
  readonly type: string;
  readonly title: string;
  /** Where the equations come from: authors, journal, year, equation numbers. */
  readonly reference: string;
  /** The equations as text, for the manual; one line each. */
  readonly equations: readonly string[];
  readonly terminals: readonly string[];
  readonly parameters: Table;
  readonly own: readonly OwnUnknown<Table>[];
  /** How many unknowns of others it reads. */
  readonly controls: number;
  /** How many of the controls, the first ones, have rows too: their own rows stand behind those of `own`. Default 0. */
  readonly drives?: number;
  /** Where the slopes can be non-zero; without it anywhere. What is not listed is never read. */
  readonly slopes?: Slopes;
  /**
   * Adds nothing to what stands in `out`: writes it. `out` is zeroed before. `t` is −∞ in a static analysis (sources
   * give their DC value); `mode` is the device's discrete mode, 0 where it has none. Called in the inner loop: does
   * not allocate, and looks at nothing but its arguments (and its `past`, where it has one).
   */
  load(t: number, x: Float64Array, values: Values<Table>, out: Contribution, mode: number): void;
  /** Writes the currents into its terminals alone, as `load` does, for those who read results: slopes and rates cost more. */
  currents?(x: Float64Array, values: Values<Table>, f: Float64Array): void;
  /** The loop over instances that is compiled for it, where there is one: it does what `load` does. */
  readonly compiled?: CompiledLaw;
  readonly modes?: Modes<Table>;
  readonly source?: SourceTimes<Table>;
  readonly switching?: Switching<Table>;
  readonly past?: Past;
  readonly junction?: Junction<Table>;
  /** Quantities that can be asked for beside the voltages, currents and own unknowns: `r(m1)`. */
  readonly observables?: readonly Observable<Table>[];
  /** Sets of values that people can quote. */
  readonly presets?: readonly Preset<Table>[];
  /** Curves that a model gives by files of points, by these names; `made` is the device that has them. */
  readonly tables?: { readonly names: readonly string[]; made(curves: readonly Points[]): Device };
  /** How real pieces differ; undefined where a netlist cannot say. */
  readonly pieces?: Pieces;
  /** How its currents fluctuate: `thermal` is a resistance between two terminals, states held; undefined: not at all. */
  readonly noise?: "thermal" | readonly NoiseCurrent<Table>[];
  /** Its laws are written in the netlist, and may follow the time in any way. */
  readonly isWritten?: true;
  /** What the laws may test. */
  readonly claims?: Claims;
  /** The device of the same law, in the unknowns that suit these values; itself where there is none. */
  suited?(values: Values<ParameterTable>): Device | undefined;
  /** The initial state at which it has the resistance r, for devices whose start is a parameter `x0`. */
  stateAt?(r: number, values: Values<ParameterTable>): number;
  /** What is to be said of values that lie in their ranges, but do not go together. */
  remarks?(values: Values<ParameterTable>): readonly Remark[];
  /** False where slopes jump (thresholds, walls, switches): such a device keeps a circuit from the smooth methods. */
  readonly smooth: boolean | ((values: Values<ParameterTable>) => boolean);
}

/** A device of the rows p, n, x whose law is one of `memristors/laws/`. */
export interface CompiledLaw {
  /** The name of the function. */
  readonly law: string;
  /** What it knows beside the values of an instance. */
  readonly constants: Readonly<Record<string, number>>;
}

/** The entries of q_x and f_x that can differ from zero, each a row and a column. */
export interface Slopes {
  readonly q: readonly Entry[];
  readonly f: readonly Entry[];
  /** Which of them depend on the values alone, neither on t nor on x. Default: none. */
  readonly fixed?: "q" | "q and f";
  /**
   * Columns: unknowns in which q and f are linear, all of them together, as long as the others, t and the mode stand and
   * the mode's guard is kept. Default: all where the slopes of f are fixed, else none.
   */
  readonly linear?: readonly number[];
}

export type Entry = readonly [row: number, column: number];

/** A voltage on which the currents of a device depend exponentially, between two local unknowns. */
export interface Junction<Table extends ParameterTable = ParameterTable> {
  readonly plus: number;
  readonly minus: number;
  /** By how much it rises for e times the current, and where the law bends most; both in volts. */
  knee(values: Values<Table>): { readonly thermal: number; readonly critical: number };
}

/** Values by a name, as published; what it does not set has its default. */
export interface Preset<Table extends ParameterTable = ParameterTable> {
  /** Lower case: `preset=hp2008`. */
  readonly name: string;
  readonly reference: string;
  /** Below what the state rests, in words; "none" where anything moves it. */
  readonly threshold: string;
  readonly values: { readonly [Name in keyof Table]?: number };
}

/** A curve by its points, x ascending. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Something to tell whoever gave a device its values. */
export interface Remark {
  readonly severity: "error" | "warning";
  readonly code: string;
  /** What follows the name of the instance: "never comes to rest: …". */
  readonly message: string;
  readonly help: string;
}

/** What a device states about itself; the laws test what is claimed. */
export interface Claims {
  /** i = 0 at v = 0, whatever the state. */
  readonly pinched?: boolean;
  /** i is proportional to v as long as the states stand. */
  readonly ohmic?: boolean;
  /** Never gives power: i·v ≥ 0. */
  readonly passive?: boolean;
  /** The states never leave their walls. */
  readonly clamped?: boolean;
}

/** An unknown that belongs to a device. */
export interface OwnUnknown<Table extends ParameterTable = ParameterTable> {
  readonly name: string;
  readonly meaning: string;
  readonly unit: Unit;
  /**
   * `state`: obeys a differential equation and is held at its initial value in an operating point.
   * `branch`: a current (or another algebraic quantity) that the equations determine.
   */
  readonly role: "state" | "branch";
  /**
   * `logit`: what stands in the equations, `initial` and `negligible` among them, is y = ln(x/(1 − x)), and x is what
   * everyone else sees. So x, and 1 − x as well, keep all their digits however near to 0 they come.
   */
  readonly coordinate?: "logit";
  /** A state that is no more than its device's own account: `x(m1)` does not mean it. */
  readonly inner?: boolean;
  initial(values: Values<Table>): number;
  /** Walls [min, max] of a state: its drift stops there, and turns back freely. The runner keeps them as events. */
  walls?(values: Values<Table>): readonly [min: number, max: number];
  /** The size below which differences of the unknown do not matter, in its unit. */
  readonly negligible: number;
}

/** The states of a device that are meant where one speaks of its states. */
export const statesOf = ({ own }: Pick<Device, "own">): readonly OwnUnknown[] =>
  own.filter(({ role, inner }) => role === "state" && !inner);

/** A discrete mode, such as on and off of a switch with hysteresis. */
export interface Modes<Table extends ParameterTable> {
  /** The mode at the start of an analysis. */
  initial(x: Float64Array, values: Values<Table>): number;
  /** Positive while `mode` lasts; where it falls through zero the device goes over to `next(mode)`. */
  guard(x: Float64Array, values: Values<Table>, mode: number): number;
  /** The mode behind `mode`, for the unknowns x at which its guard fell. */
  next(mode: number, x: Float64Array, values: Values<Table>): number;
  /**
   * Sets own states anew, in x, as the device goes over to `mode`: a sample is taken, an integral cleared. `before` are
   * the device's unknowns right before the instant, whatever else changes in it, so that a chain of samplers hands on
   * one sample at a time. Never called before t = 0: a device with `enter` then has the mode that `initial` says.
   */
  enter?(t: number, x: Float64Array, before: Float64Array, values: Values<Table>, mode: number, from: number): void;
}

/** When a source has corners, so that no step goes over one. */
export interface SourceTimes<Table extends ParameterTable> {
  /** The first corner or jump after t, s; Infinity if there is none. */
  next(t: number, values: Values<Table>): number;
  /** The shortest period that the source oscillates with, s; Infinity if it does not. */
  period(values: Values<Table>): number;
  /** Between its corners it goes in straight lines: a step that ends at them can miss nothing of it. */
  readonly isStraight?: boolean;
  /** It goes as `sineAt` of its values. */
  readonly isSine?: boolean;
}

/** Where a law jumps without a mode of its own, as `if(v(a)>1, …)` does: the runner locates the changes of sign. */
export interface Switching<Table extends ParameterTable> {
  readonly count: number;
  guard(t: number, x: Float64Array, values: Values<Table>, out: Float64Array): void;
}

/** What a device remembers of the solution, so as to look back at it: the runner tells it of all that is accepted. */
export interface Past {
  /** How far back it looks, s, > 0: no step is longer. */
  readonly span: number;
  /** The quantity that is remembered, at (t, x). */
  of(t: number, x: Float64Array): number;
  /** Forgets all: up to the start of the run the quantity had this value. */
  begin(value: number): void;
  /** Where a piece of the run is looked at, from 0 (its start) to 1 (its end). */
  readonly samples: readonly number[];
  /** From t0 to t1, which begins where the piece before ended, the quantity had these values at the samples. */
  keep(t0: number, t1: number, values: Float64Array): void;
  /** The same device with a memory of its own: each compiled circuit takes one. */
  anew(): Device;
}

/** A white current that fluctuates about its mean, and with no other. */
export interface NoiseCurrent<Table extends ParameterTable = ParameterTable> {
  /** The rows that it enters, with the sign that it has there: 1 where it leaves a node into the device. */
  readonly rows: readonly (readonly [row: number, sign: 1 | -1])[];
  /** Its power spectral density at x, A²/Hz, over frequencies above 0. */
  density(x: Float64Array, values: Values<Table>): number;
}

export interface Observable<Table extends ParameterTable> {
  readonly name: string;
  readonly meaning: string;
  readonly unit: Unit;
  /** Its value at (t, x); t is −∞ in a static analysis. */
  of(x: Float64Array, values: Values<Table>, t: number): number;
}

/** A device's q, f and their slopes; rows: terminals, own unknowns, driven controls; columns: those, all controls. */
export interface Contribution {
  readonly q: Float64Array; // size rows
  readonly f: Float64Array; // size rows
  readonly q_x: Float64Array; // size rows × columns, row-major: ∂q/∂x
  readonly f_x: Float64Array; // size rows × columns, row-major: ∂f/∂x
}

/** Keeps the parameter names of a definition in its type. */
export const device = <Table extends ParameterTable>(it: Device<Table>): Device<Table> => it;
