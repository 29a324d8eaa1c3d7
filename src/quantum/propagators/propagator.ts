import type { DensityMatrix } from "../density-matrix.js";
import type { Dynamics } from "../dynamics.js";
import { NegativeRate, UnknownRate } from "../rates.js";
import { LostPositivity, LostState } from "./watch.js";

/** A way to carry a quantum state through time. */
export interface Propagator {
  readonly name: string;
  /** The error at a fixed time falls as h^order; Infinity if the map is exact. */
  readonly order: number;
  readonly reference: string;
  /** Why it cannot serve these dynamics, as the end of a sentence; undefined: it can. */
  refuses(dynamics: Dynamics): string | undefined;
  /** Lays out what does not change; nothing of a state is kept. */
  prepare(dynamics: Dynamics, accuracy: Accuracy): Carrier;
}

export interface Accuracy {
  /** Tolerated error of ρ's entries over the whole run, relative to the largest. */
  readonly relative: number;
  /** Steps (accepted and refused) that may be taken. */
  readonly maxSteps: number;
  /** Largest step, s; undefined: a tenth of what is carried over. */
  readonly maxStep?: number;
}

/** Counts the steps of a run as they are made: they are known wherever it ends. */
export interface Tally {
  steps: number;
}

/** Sees the state at one of the times asked for. Valid during the call only. */
export type Observer<State = DensityMatrix> = (t: number, rho: State) => void;

/** Carries states: density matrices, or the kets of trajectories. */
export interface Carrier<State = DensityMatrix> {
  /**
   * Carries ρ, which stays as it is, from t0 to the last of `times` (ascending, the first may be t0 itself) and shows it
   * at each of them. A generator only so that a caller may draw breath; run it to its end for the answer. Steps that it
   * makes are added to the tally.
   */
  carry(
    rho: State,
    t0: number,
    times: Float64Array,
    observe: Observer<State>,
    tally?: Tally,
  ): Generator<undefined, Carried<State>, undefined>;
}

/** How it ended. To fail is a value: who knows the names says it in words. */
export type Carried<State = DensityMatrix> = { readonly outcome: "reached"; readonly rho: State } | NotCarried;

export type NotCarried =
  | RateFault
  | { readonly outcome: "not positive"; readonly time: number; readonly limit: number }
  | { readonly outcome: "no state"; readonly time: number; readonly lost: "trace" | "hermiticity"; readonly by: number }
  | { readonly outcome: "diverged" | "too many steps" | "step too small" | "stiff"; readonly time: number };

/** What a rate may not do. `of`: its place among the dampings, the jumps counting on. */
export type RateFault =
  | { readonly outcome: "negative rate"; readonly time: number; readonly value: number; readonly of?: number }
  | { readonly outcome: "no rate"; readonly time: number; readonly of?: number };

/** What a rate has thrown, as an outcome; undefined: it is none of theirs. */
export function rateFaultOf(error: unknown): RateFault | undefined {
  if (error instanceof NegativeRate) {
    const { time, value, of } = error;
    return { outcome: "negative rate", time, value, ...(of !== undefined && { of }) };
  }
  if (error instanceof UnknownRate)
    return { outcome: "no rate", time: error.time, ...(error.of !== undefined && { of: error.of }) };
  return undefined;
}

/** Runs to the end; what maps and rates throw on their way becomes an outcome. */
export function* caught<State>(
  work: Generator<undefined, Carried<State>, undefined>,
): Generator<undefined, Carried<State>, undefined> {
  try {
    return yield* work;
  } catch (error) {
    const fault = rateFaultOf(error);
    if (fault !== undefined) return fault;
    if (error instanceof LostPositivity) return { outcome: "not positive", time: error.time, limit: error.limit };
    if (error instanceof LostState) return { outcome: "no state", time: error.time, lost: error.lost, by: error.by };
    throw error;
  }
}
