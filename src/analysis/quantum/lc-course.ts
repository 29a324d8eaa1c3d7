import type { AcceptedStep, Stretch } from "../../numerics/integrator.js";
import { dop853 } from "../../numerics/integrators/dop853.js";
import type { Random } from "../../numerics/random.js";
import type { ExplicitSystem } from "../../numerics/system.js";
import { DiffusionTooSmall, LcEquation, type LcMemristor, lcFrequency } from "../../quantum/lc-memristor.js";
import { type RateFault, rateFaultOf } from "../../quantum/propagators/propagator.js";

/** Where an LC circuit is at each time of a grid that it reached; undefined of other times. */
export type Course = (t: number) => Float64Array;

interface CourseRun {
  readonly course: Course;
  readonly stopped?: Stopped;
}

/** Why it could not go on. */
export type Stopped =
  | RateFault
  | { readonly outcome: "too little diffusion"; readonly time: number; readonly value: number; readonly least: number }
  | { readonly outcome: "diverged" | "too many steps" | "step too small" | "stiff"; readonly time: number };

interface CourseControl {
  /** Tolerated error over the run. */
  readonly relative: number;
  readonly maxSteps: number;
  /** Where the rate has corners. */
  readonly corners: readonly number[];
}

/** Part of the tolerance that a step is asked for: errors of phase add up over periods. */
const partOfStep = 1e-3;

/**
 * Carries an LC circuit's moments over a grid from 0 on. Without `random` its record has no noise; with it each step of the
 * grid draws its own dW, which is spread evenly over the step. A generator only so that a caller may draw breath.
 */
export function* lcCourse(
  of: LcMemristor,
  start: Float64Array,
  times: Float64Array,
  { relative, maxSteps, corners }: CourseControl,
  random: Random | undefined,
): Generator<undefined, CourseRun, undefined> {
  const equation = new LcEquation(of);
  const watched = new Watched(equation);
  const kept = new Kept(times, start);
  // A method looks right behind the start; a rate that has no value at the start itself has no current there.
  if (!watched.rate(0, start, new Float64Array(equation.size)))
    return { course: kept.course, stopped: watched.stopped({ outcome: "diverged", t: 0 }) };
  const end = times.at(-1)!;
  const ends = random === undefined ? [...corners.filter((t) => t > 0 && t < end), end] : times;
  let [y, from, left] = [start, 0, maxSteps];
  for (const to of ends) {
    if (to <= from) continue;
    equation.noise = random === undefined ? 0 : random.normal() / Math.sqrt(to - from);
    const control = {
      relative: Math.max(1e-14, relative * partOfStep),
      maxStep: 0.5 / lcFrequency(of),
      maxSteps: left,
    };
    const stretch = yield* dop853.integrate(watched, from, y, to, control, (step) => kept.step(step, to));
    if (stretch.outcome !== "reached") return { course: kept.course, stopped: watched.stopped(stretch) };
    left -= stretch.cost.steps;
    [y, from] = [stretch.x.slice(), to];
    kept.add(to, y);
  }
  return { course: kept.course };
}

/** The equation, where what its rate throws refuses a step: steps become shorter up to the time of the fault. */
class Watched implements ExplicitSystem {
  readonly size: number;
  readonly negligible: Float64Array;
  readonly kind: Int32Array;
  #fault: unknown;

  constructor(readonly of: LcEquation) {
    this.size = of.size;
    this.negligible = of.negligible;
    this.kind = of.kind;
  }

  rate(t: number, y: Float64Array, out: Float64Array): boolean {
    try {
      return this.of.rate(t, y, out);
    } catch (error) {
      this.#fault = error;
      return false;
    }
  }

  /** Why a stretch ended early: a step that no shortening saved was refused by the last fault. */
  stopped({ outcome, t: time }: Pick<Stretch, "outcome" | "t">): Stopped {
    if (outcome === "singular" || outcome === "stopped" || outcome === "reached")
      throw new Error("Nothing stops here.");
    const fault = this.#fault;
    if (outcome !== "diverged" || fault === undefined) return { outcome, time };
    if (fault instanceof DiffusionTooSmall)
      return { outcome: "too little diffusion", time: fault.time, value: fault.diffusion, least: fault.least };
    const ofRate = rateFaultOf(fault);
    if (ofRate === undefined) throw fault;
    return ofRate;
  }
}

/** The states at the times of a grid, as steps pass them. */
class Kept {
  readonly #states = new Map<number, Float64Array>();
  #next = 0;

  constructor(
    readonly times: Float64Array,
    start: Float64Array,
  ) {
    this.add(0, start);
  }

  readonly course: Course = (t) => this.#states.get(t)!;

  /** A state at a time that no later one comes before. */
  add(t: number, y: Float64Array): void {
    this.#states.set(t, y);
    while (this.times[this.#next]! <= t) this.#next++;
  }

  /** Those within a step, before a time whose state is not interpolated. */
  step({ t, h, interpolate }: AcceptedStep, end: number): undefined {
    for (; this.times[this.#next]! <= t + h && this.times[this.#next]! < end; this.#next++) {
      const y = new Float64Array(6);
      interpolate(this.times[this.#next]!, y);
      this.#states.set(this.times[this.#next]!, y);
    }
  }
}
