import type { Circuit, Instance, Signal, Unknown } from "../circuit/circuit.js";
import type { AcceptedStep } from "../numerics/integrator.js";
import type { System } from "../numerics/system.js";
import type { Unit } from "../units/unit.js";
import type { DrivenMemristors } from "./driven-memristors.js";
import type { Fluctuation } from "./fluctuations.js";
import type { BlockWatch } from "./quantum/block-watch.js";
import type { CarriedBlock } from "./quantum/carried-block.js";
import type { RowReader } from "./signal-rows.js";

/** A circuit's equations, with the names of their unknowns and the places where they jump. */
export interface CompiledSystem extends System {
  readonly circuit: Circuit;
  /** One for each unknown, in the order of x: node voltages first, then own unknowns by instance. */
  readonly unknowns: readonly NamedUnknown[];
  /** Index into x; −1 for ground. */
  place(unknown: Unknown): number;
  /** x with the states of devices at their initial values, all else 0. */
  start(): Float64Array;

  /** size n: 1 for unknowns in which f is linear, all of them together, as long as the others and the modes stand. */
  readonly linear: Uint8Array;
  /** Adds f at (t, 0) of what is not linear or depends on the time: in a linear circuit, what its sources drive. */
  drive(t: number, f: Float64Array): void;
  /** The rows that `drive` adds to. */
  readonly driven: Int32Array;
  /** Sets the unknowns of x that a single equation lays down at t: the voltage of a source with one end at ground. */
  layDown(t: number, x: Float64Array): void;
  /** size n: 1 for these unknowns. */
  laidDown(): Uint8Array;

  /** The steps of these unknowns, where all are states of memristors whose voltages sources lay down; undefined else. */
  drivenMemristors(dynamic: Int32Array): DrivenMemristors | undefined;

  /**
   * Loads these rows of f alone, as far as devices go that are in them; what else stands in a `Linearization` is of no
   * meaning then, until `load` is asked for.
   */
  rowsOfCurrent(rows: Int32Array): System["load"];

  /** The first corner or jump of a source after t, s; Infinity if there is none. */
  nextBreak(t: number): number;
  /** The shortest period of a source, s; Infinity if none oscillates. */
  readonly shortestPeriod: number;
  /** The shortest period of a source that bends between its corners, s; Infinity if none does. */
  readonly shortestWave: number;

  /** What devices look back at; undefined where none does. `nextBreak` counts the corners that come again. */
  readonly lookBack: LookBack | undefined;

  /**
   * Switching functions: walls of states, modes of devices, conditions. A guard is 0 or above while things stay as they
   * are, and below 0 when they must change: an event is a fall through 0, and a guard that is below 0 right behind a
   * breakpoint (a source jumped over a threshold) calls for `cross` there and then.
   */
  readonly guards: number;
  /** Whose guard k is. */
  guarded(k: number): Instance;
  guard(t: number, x: Float64Array, out: Float64Array): void;
  /** Guard k alone. */
  guardAt(k: number, t: number, x: Float64Array): number;
  /**
   * Answers the call of guard k at (t, x): a state goes to its wall (exactly: `x` is set) or leaves it, a device changes
   * its mode. Afterwards the guard is 0 or above again, unless the new position cannot last either. `before` is the
   * solution right before the instant: what a device samples as its mode changes; without it nothing is sampled.
   */
  cross(k: number, t: number, x: Float64Array, before?: Float64Array): void;
  /**
   * Guard k is a little below 0 at (t, x) right after it was crossed, by an error of the solution. True: it stands all
   * the same. False: the change is taken back, and comes a little later.
   */
  excuse(k: number, t: number, x: Float64Array): boolean;
  /** Sets walls and modes as they are at the start of an analysis from x. */
  settleModes(t: number, x: Float64Array): void;

  /** Nothing turns, and f is linear in all unknowns but states: with these held, operating points superpose. */
  readonly linearAtRest: boolean;
  /** No device in it jumps or bends: fit for methods that need many derivatives. */
  readonly smooth: boolean;
  /** Puts a number in the place of a device's value, for sweeps. */
  override(instance: number, setting: string, value: number): void;
  /** Adds to f by how much f(t, x) grows where a device's value is larger by 1: ∂f/∂u of what is linear in u. */
  addFlowsBy(instance: number, setting: string, t: number, x: Float64Array, f: Float64Array): void;
  /** The first instance whose contribution or its slopes are not finite at (t, x); undefined if all are. */
  withoutValue(t: number, x: Float64Array): number | undefined;
  /** Looks whether quantum blocks can go on from (t, x); undefined where there are none. */
  readonly blockWatch: BlockWatch | undefined;
  /** Quantum blocks with propagators of their own, which a transient has to carry along. */
  readonly carried: readonly CarriedBlock[];
  /** How the current into a terminal of an instance follows the unknowns about x, by their places in x (−1: ground), at rest. */
  currentSlopes(
    instance: number,
    terminal: number,
    x: Float64Array,
  ): readonly { readonly place: number; readonly slope: number }[];
  /** The noise currents of all devices about x. */
  fluctuations(x: Float64Array): readonly Fluctuation[];
  /** Signals as functions of (t, x). */
  reader(signals: readonly Signal[]): RowReader;
  /** The places in x that these signals look at; undefined: any. */
  readBy(signals: readonly Signal[]): Int32Array | undefined;
}

/** What a circuit with delays has to be told of its solution, so that it knows what was. */
export interface LookBack {
  /** The shortest delay, s: no step may be longer. */
  readonly shortest: number;
  /** A run starts at t = 0, and up to there the solution was x. */
  begin(x: Float64Array): void;
  /**
   * A stretch begins at t: the solution right before and right after may differ, and its slopes may. The next corner has
   * been asked for at t by then, and may be another one from now on.
   */
  corner(t: number, before: Float64Array, after: Float64Array): void;
  /** The solution up to `until` stands, which lies within the step. */
  keep(step: AcceptedStep, until: number): void;
}

export interface NamedUnknown {
  /** `v(out)`, `i(v1)`, `x(m1)`. */
  readonly name: string;
  readonly unit: Unit;
  readonly role: "node" | "state" | "branch";
}
