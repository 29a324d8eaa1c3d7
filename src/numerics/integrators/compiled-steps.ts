import type { ToleranceArrays } from "../step-control.js";
import type { Weights } from "./dop853-table.js";

/** The table of a Runge-Kutta method as columns: sum r is Σ factor[w] · rate of stage[w], w from first[r] on. */
export interface StepTable {
  readonly nodes: Float64Array;
  readonly first: Int32Array;
  readonly stage: Int32Array;
  readonly factor: Float64Array;
}

/** Sums of rates as columns. */
export const columnsOf = (nodes: readonly number[], sums: readonly Weights[]): StepTable => ({
  nodes: Float64Array.from(nodes),
  first: Int32Array.from([...sums, []], (_, r) => sums.slice(0, r).reduce((count, { length }) => count + length, 0)),
  stage: Int32Array.from(sums.flat(), ([stage]) => stage),
  factor: Float64Array.from(sums.flat(), ([, factor]) => factor),
});

/** How far a stretch has come, and what its steps are asked for; truths are 0 and 1. */
export interface Course {
  t: number;
  h: number; // s: of the step to be tried; 0: not known yet
  end: number;
  first: number; // s: the earliest time that is looked at
  last: number; // s
  looked: number; // s: the time that what drives is of; NaN: of none
  longest: number; // s
  relative: number;
  least: number; // part of the largest of a kind that is always tolerated
  reads: number; // s: the solution is read at `readsFrom` and multiples of this later; 0: anywhere
  readsFrom: number; // s
  tellsStiff: number;
  stagnantStep: number; // s
  stagnantMovement: number;
  stagnantSteps: number;
  slow: number; // steps in a row
  isKnown: number; // whether the rate at t is
  wasRefused: number;
  sized: number; // whether weights are
  steps: number; // accepted
  rejected: number;
  evaluations: number;
  left: number; // steps that may be taken
  kept: number; // steps of the last call
}

/** How some steps went. */
export const went = { on: 0, toTheEnd: 1, tooMany: 2, nowhere: 3, tooSmall: 4, stiff: 5 } as const;

/** An equation whose steps are compiled: all stages of a step in one call, and steps one after the other. */
export interface CompiledSteps {
  /** The most steps that are kept of a call. */
  readonly room: number;
  readonly tolerance: ToleranceArrays;
  readonly y: Float64Array; // size n: the solution
  readonly rate: Float64Array; // size n: of the last stage that is at t
  readonly largest: Float64Array; // size n: what movement is compared with
  readonly grown: Float64Array; // size n: ln of how much a disturbance has grown over the steps of the last call
  readonly mostGrown: Float64Array; // size n: the largest that it was
  /** Begins a stretch. */
  begin(table: StepTable, course: Course): void;
  /** How far it has come. */
  take(name: keyof Course): number;
  /** Goes on by so many steps at most; one of `went`. */
  go(most: number): number;
  /** When the last step began, s, and how long it was. */
  readonly from: number;
  readonly length: number;
  /** Writes the solution at a time within the steps of the last call. */
  interpolate(t: number, out: Float64Array): void;
}
