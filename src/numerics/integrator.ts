import type { Start } from "./integrators/consistent.js";
import type { FactoredMatrix } from "./linear/choose.js";
import type { Workspace } from "./newton.js";

/**
 * One way to carry a solution over a smooth stretch of time: no breakpoint of a source lies inside.
 *
 * A method keeps nothing between calls but what is `kept` of a run; each stretch starts afresh. Events are the observer's affair: it sees every
 * accepted step with its dense output and may end the stretch inside it.
 */
export interface Integrator<Problem> {
  readonly name: string;
  /** The error at a fixed time falls as h^order with fixed steps; the highest order where it varies. */
  readonly order: number;
  readonly reference: string;
  /**
   * A generator only so that a caller may draw breath, draw a progress bar, or give up between steps: it yields now
   * and then and takes nothing back. Run it to its end for the answer.
   */
  integrate(
    problem: Problem,
    t0: number,
    x0: Float64Array,
    t1: number,
    control: StepControl,
    observe: Observer,
  ): Generator<undefined, Stretch, undefined>;
}

/** The times `from` + k · `step`. */
export interface Reads {
  readonly from: number; // s
  readonly step: number; // s
  /** The unknowns that are looked at there, if they are but some, and those that drive the others; each by itself. */
  readonly places?: Int32Array;
}

/** What one stretch of a run leaves to the next: where things are worked out, and nothing of the solution. */
export interface Kept {
  /** Where a start is looked for. */
  space?: Workspace;
  /** Matrices of steps that nobody uses. */
  readonly matrices: FactoredMatrix[];
}

export interface StepControl {
  /** Tolerated local error relative to the size of each unknown. */
  readonly relative: number;
  /** Largest step, s. */
  readonly maxStep: number;
  /** First step, s; undefined: the method finds one. */
  readonly firstStep?: number;
  /** Of the run's last stretch. */
  readonly kept?: Kept;
  /** The true beginning, where it has been found already. */
  readonly start?: Start;
  /** Steps (accepted and refused) that may be taken. */
  readonly maxSteps: number;
  /** Whether an explicit method ends where stability, not accuracy, keeps its steps short. */
  readonly tellsStiff?: boolean;
  /** The highest order of a method that varies it. */
  readonly highestOrder?: number;
  /** Where the solution is looked at, if nowhere else: no observer asks for it within a step. */
  readonly reads?: Reads;
  /** Whether several steps may be shown to the observer as one: it looks at the solution at `reads` alone. */
  readonly inSeries?: boolean;
  /** For the law of orders: this step, this order, no error control. */
  readonly fixed?: { readonly step: number; readonly order: number };
}

/** Sees an accepted step from t to t + h; gives the time at which to stop, inside the step, or undefined to go on. */
export type Observer = (step: AcceptedStep) => number | undefined;

/** The solution at several times of a series of steps. */
export interface RowsAt {
  /** Whether it has all of these unknowns. */
  holds(places: Int32Array): boolean;
  /** The most times that are asked for at once. */
  readonly most: number;
  /** size n × count: the unknowns that it has, at times in ascending order. Valid until the next call. */
  at(times: Float64Array, count: number): Float64Array;
}

/** ln of the factor by which a disturbance of each unknown that moves grows over some steps: at their end, and where it is largest. */
export interface Growth {
  readonly atEnd: Float64Array;
  readonly most: Float64Array;
}

export interface AcceptedStep {
  readonly t: number;
  readonly h: number;
  /** The solution at t + h. Valid during the call only. */
  readonly x: Float64Array;
  /**
   * The same but for unknowns that follow from the others and that none of these looks at, where they would have to be solved
   * for: enough for slopes of what moves.
   */
  readonly moving?: Float64Array;
  /**
   * Where it is the last of several that were made in one go, and which `interpolate` knows: how many, and by what a disturbance of
   * each unknown that moves grew, which moves by itself.
   */
  readonly series?: { readonly steps: number; readonly growth: Growth } | undefined;
  /** The solution at several times of such a series at once. */
  readonly rows?: RowsAt | undefined;
  /**
   * Writes the solution at a time within the step; with `places` it may leave all other unknowns as they stand in `out`.
   * Valid during the call only.
   */
  interpolate(t: number, out: Float64Array, places?: Int32Array): void;
}

/** How a stretch ended. To fail is a value: the analysis says it in the words of the circuit. */
export type Stretch = Ended | Failed;

/** At t1, or where the observer stopped it. */
interface Ended {
  readonly outcome: "reached" | "stopped";
  readonly t: number;
  readonly x: Float64Array;
  readonly cost: Cost;
}

/** Whether a stretch was not given up. */
export const hasEnded = (stretch: Stretch): stretch is Ended =>
  stretch.outcome === "reached" || stretch.outcome === "stopped";

/** Where and why it gave up, with the solution as far as it came. */
export type Failed =
  | {
      readonly outcome: "diverged" | "too many steps" | "step too small" | "stiff";
      readonly t: number;
      readonly x: Float64Array;
      /** The unknown that changed most, or whose value is not finite; −1 if not known. */
      readonly worst: number;
      /** By how much it still changed an iteration. */
      readonly change: number;
      readonly cost: Cost;
    }
  | {
      readonly outcome: "singular";
      readonly t: number;
      readonly x: Float64Array;
      readonly column: number;
      readonly cost: Cost;
    };

/** What a stretch cost, in counts. */
export interface Cost {
  steps: number;
  rejected: number;
  /** Newton iterations, or evaluations of an explicit right-hand side. */
  iterations: number;
  factorizations: number;
}

/** Adds what a part of a run has cost. */
export function addCost(total: Cost, part: Cost): void {
  total.steps += part.steps;
  total.rejected += part.rejected;
  total.iterations += part.iterations;
  total.factorizations += part.factorizations;
}
