import type { Span } from "../../text/source.js";
import type { Unit } from "../../units/unit.js";

/** What `.step` and `.mc` ask for: the netlist is read and run anew for each combination of the axes, and each draw. */
export interface Runs {
  /** The outermost first; the last goes round fastest. */
  readonly axes: readonly RunAxis[];
  /** `.mc`: so many draws for each combination; undefined: none. */
  readonly draws: { readonly count: number; readonly seed: number | undefined; readonly span: Span } | undefined;
}

/** What is given one value after the other. */
export interface SteppedTarget {
  /** As it stands at the head of a column: `rload`, `v1`, `temp`, `dm.is`. */
  readonly name: string;
  readonly unit: Unit;
  readonly sets: RunTarget;
}

/** A `.step` card. */
export interface RunAxis extends SteppedTarget {
  readonly values: readonly number[];
  readonly span: Span;
}

/** All but a value take the netlist to be read anew. */
export type RunTarget =
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "temperature" }
  /** A parameter of a model of the main circuit. */
  | { readonly kind: "model"; readonly model: string; readonly parameter: string }
  | ValueTarget;

/** A source or a resistor, whose number among the instances is that of the circuit at hand. */
export interface ValueTarget {
  readonly kind: "value";
  readonly instance: number;
  readonly setting: string;
}

/** One of the runs: where it stands on each axis, and which draw it is, from 1. */
export interface RunPoint {
  readonly axes: readonly RunAxis[];
  /** A value for each axis. */
  readonly values: readonly number[];
  readonly draw: number | undefined;
  /** The stream of random numbers of a place of the deck; undefined where nothing is drawn. */
  readonly stream: ((place: string) => Stream) | undefined;
  /** The seed of all else that this draw draws: devices that differ or switch by chance, trainings; undefined: the deck's. */
  readonly seed: number | undefined;
}

/** Random numbers, one after the other. */
export interface Stream {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Normal, with mean 0 and standard deviation 1. */
  normal(): number;
}

/** A number that a random function drew. */
export interface Draw {
  /** Where it stands: `rload`, `r1.value`, `#2` behind the second of one place. */
  readonly place: string;
  readonly value: number;
}
