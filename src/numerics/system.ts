import type { CompiledSteps } from "./integrators/compiled-steps.js";
import type { StepArrays } from "./integrators/step-room.js";
import type { Furnished } from "./linear/room.js";

/**
 * Differential-algebraic equations in charge form,
 *
 *     d/dt q(x) + f(t, x) = 0,      x, q, f ∈ ℝⁿ.
 *
 * A row whose q is constant is algebraic. A circuit, and anything else that is integrated here, comes in this shape
 * and in no other.
 */
export interface System {
  /** Where ∂q/∂x and ∂f/∂x may be non-zero; the same for both, and for all x. */
  readonly pattern: Pattern;
  /** The entries of the pattern at which ∂q/∂x may differ from 0; without it, any. All others of `C` are never written. */
  readonly charges?: Int32Array;
  /** size n: the size below which differences of an unknown do not matter, in its unit. */
  readonly negligible: Float64Array;
  /** size n: the number of each unknown's kind (voltages, currents), from 0 on; else those with the same `negligible`. */
  readonly kind?: Int32Array;
  /** size n: 1 for the logarithm of something, whose differences are relative already: they count as if its size were 1. */
  readonly logarithmic?: Uint8Array;
  /** size n each: the range an unknown is kept in, ±Infinity where there is none. A step's result is clipped to it. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** q and f are linear in x, at slopes that never change: one correction solves. */
  readonly isLinear?: boolean;
  /** Writes q, f and their slopes at (t, x). Called in the inner loop: does not allocate. */
  load(t: number, x: Float64Array, out: Linearization): void;
  /** Once: arrays to step by that are loaded into without a copy. Undefined where there are none, or they were given away. */
  stepRoom?(): Furnished<StepArrays> | undefined;
  /** Where the law bends so sharply that Newton's method has to be led; undefined where nothing does. */
  readonly junctions?: Junctions | undefined;
}

/**
 * Voltages on which currents depend exponentially. A correction takes the tangent at a low current for the law and goes
 * far too high, to be taken back by some hundredths of a volt an iteration; so a junction is evaluated where the *current*
 * is that of the tangent, and its contribution goes on from there as a straight line.
 */
export interface Junctions {
  readonly count: number;
  /** Writes the voltage of each at x. */
  take(x: Float64Array, voltage: Float64Array): void;
  /**
   * Moves the voltages (size count) as far towards those at x as an iteration should; true if all are there. `G` is ∂f/∂x as
   * it was loaded last. If `passesOn`, one junction sees in the same sweep what another could not take.
   */
  approach(x: Float64Array, voltage: Float64Array, G: Float64Array, passesOn: boolean): boolean;
  /** As `load`, with each junction evaluated at the given voltage. */
  load(t: number, x: Float64Array, voltage: Float64Array, out: Linearization): void;
}

/** A sparse n × n shape, by compressed columns. */
export interface Pattern {
  readonly size: number;
  /** size n+1: the entries of column j are columnStart[j] … columnStart[j+1] - 1 */
  readonly columnStart: Int32Array;
  /** size nnz: the row of each entry, ascending in a column */
  readonly row: Int32Array;
}

/** A system at one point. */
export interface Linearization {
  readonly q: Float64Array; // size n
  readonly f: Float64Array; // size n
  readonly C: Float64Array; // size nnz: ∂q/∂x
  readonly G: Float64Array; // size nnz: ∂f/∂x
}

/** A place to load a system into. */
export const linearization = ({ pattern: { size, row } }: System): Linearization => ({
  q: new Float64Array(size),
  f: new Float64Array(size),
  C: new Float64Array(row.length),
  G: new Float64Array(row.length),
});

/** The unknowns that are kept in a range. */
export function boundedOf({ lower, upper }: System): Int32Array {
  const bounded: number[] = [];
  for (let i = 0; i < lower.length; i++) if (lower[i]! > -Infinity || upper[i]! < Infinity) bounded.push(i);
  return Int32Array.from(bounded);
}

/** The entry of an unknown in its own row; −1 where the pattern has none. */
export function diagonalOf({ columnStart, row }: Pattern, unknown: number): number {
  const end = columnStart[unknown + 1]!;
  for (let e = columnStart[unknown]!; e < end; e++) if (row[e] === unknown) return e;
  return -1;
}

/** An explicit ordinary differential equation dy/dt = g(t, y). */
export interface ExplicitSystem {
  readonly size: number;
  /** size n: the size below which differences of a component do not matter. */
  readonly negligible: Float64Array;
  /** size n each: as in `System`. */
  readonly kind?: Int32Array;
  readonly logarithmic?: Uint8Array;
  /** Writes dy/dt; false if it cannot be had there (an inner solve failed, a value is not finite). */
  rate(t: number, y: Float64Array, out: Float64Array): boolean;
  /** The same in compiled code, for whole steps; undefined where there is none. */
  readonly compiled?: CompiledSteps | undefined;
}

/** An autonomous linear differential equation dy/dt = Ay. */
export interface LinearSystem {
  readonly size: number;
  /** The middle of the real parts of A's eigenvalues, as far as it is known: what lies around it, costs less. */
  readonly centre: number;
  /** Writes factor · (A − centre)·y + plus; `plus` may be `out`. */
  apply(factor: number, y: Float64Array, plus: Float64Array | undefined, out: Float64Array): void;
}
