import { Solver } from "odex";
import type { Cost, Integrator, Observer, StepControl, Stretch } from "../integrator.js";
import { interior } from "../interior.js";
import { Tolerance } from "../step-control.js";
import type { ExplicitSystem } from "../system.js";
import { Stagnation } from "./stagnation.js";

/**
 * Extrapolation of the explicit midpoint rule, of variable order: for smooth, non-stiff systems at high accuracy.
 * Ends with "stiff" where it is stability, not accuracy, that keeps its steps short: then NDF is the better method.
 */
export const extrapolation: Integrator<ExplicitSystem> = {
  name: "odex",
  order: 18,
  reference: "Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I (Springer 1993), §II.9; package odex",
  integrate: run,
};

/** The package runs without a pause: it is given pieces of so many largest steps, the first one shorter. */
const piece = { first: 4, others: 50 };
/** A piece that takes more steps than this is left unfinished, so that a caller may draw breath. */
const mostStepsOfPiece = 1000;
/** The unit of time in the package is this part of the largest step, since it never begins with less than 1e-4. */
const unitOfTime = 1e-3;
/** A rate that cannot be had: so large that the package refuses the step, and small enough to be squared. */
const refusal = 1e100;
/** So many evaluations may fail in a row, each time at half the step, and so many may be spent on one step. */
const mostFailures = 400;
const mostEvaluations = 20000;

function* run(
  system: ExplicitSystem,
  t0: number,
  y0: Float64Array,
  t1: number,
  control: StepControl,
  observe: Observer,
): Generator<undefined, Stretch, undefined> {
  const carrier = new Carrier(system, t0, y0, t1, control, observe);
  for (;;) {
    const ended = carrier.carry();
    if (ended !== undefined) return ended;
    yield;
  }
}

/** Leaves the package from within an evaluation; it has no other door. */
class GivenUp extends Error {}

class Carrier {
  readonly #inside: (t: number) => number;
  readonly #tolerance: Tolerance;
  readonly #solver: Solver;
  readonly #y: Float64Array; // size n: the last accepted solution
  readonly #trial: Float64Array; // size n
  readonly #stagnation: Stagnation;
  readonly #rate: Float64Array; // size n
  readonly #relative: number[]; // size n: what is tolerated beside the tolerance, as part of |y|
  readonly #unit: number; // s
  readonly #cost: Cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };
  #t: number;
  /** The step that the package would take next, s. */
  #natural: number;
  #stepsOfPiece = 0;
  #evaluationsOfStep = 0;
  #failures = 0;
  #ended: Stretch | undefined;

  constructor(
    readonly system: ExplicitSystem,
    t0: number,
    y0: Float64Array,
    readonly t1: number,
    readonly control: StepControl,
    readonly observe: Observer,
  ) {
    const n = system.size;
    this.#t = t0;
    this.#inside = interior(t0, t1);
    this.#tolerance = new Tolerance(system, control.relative);
    this.#tolerance.see(y0);
    this.#relative = Array.from(y0, (_, i) => (system.logarithmic?.[i] === 1 ? 0 : control.relative));
    this.#solver = new Solver(n);
    this.#y = y0.slice();
    this.#trial = new Float64Array(n);
    this.#rate = new Float64Array(n);
    const longest = Math.min(control.maxStep, t1 - t0);
    this.#stagnation = new Stagnation(y0, longest, system.logarithmic);
    this.#unit = unitOfTime * longest;
    this.#natural = Math.min(control.firstStep ?? 0.02 * longest, longest);
  }

  /** Goes on for a piece of the time; gives how the stretch ended if it did. */
  carry(): Stretch | undefined {
    const from = this.#t;
    const longest = this.#unit / unitOfTime;
    const pieces = (this.#cost.steps === 0 ? piece.first : piece.others) * longest;
    const to = this.t1 - from < 1.5 * pieces ? this.t1 : from + pieces;
    this.#prepare(longest);
    this.#stepsOfPiece = 0;
    const time = (s: number): number => Math.min(to, from + s * this.#unit);
    const rate = (s: number, y: readonly number[]) => this.#evaluate(this.#inside(time(s)), y);
    const length = (to - from) / this.#unit;
    try {
      // Plain arrays: the package makes NaN of typed ones.
      this.#solver.solve(rate, 0, Array.from(this.#y), length, (k, s0, s, y, dense) =>
        // The first call tells the start, which is known.
        k === 1 ? undefined : this.#accept(time(s0), s >= length * (1 - 1e-15) ? to : time(s), y, dense, from),
      );
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
    }
    if (this.#ended !== undefined) return this.#ended;
    if (this.#t < to && this.#stepsOfPiece === mostStepsOfPiece) return undefined;
    // The package reports the requested end even if it did not come to it.
    if (this.#t < to) return this.#fail("too many steps");
    this.#t = to;
    return to === this.t1 ? { outcome: "reached", t: to, x: this.#y.slice(), cost: this.#cost } : undefined;
  }

  #prepare(longest: number): void {
    const solver = this.#solver;
    solver.denseOutput = true;
    solver.denseComponents = [...this.#y.keys()];
    solver.relativeTolerance = this.#relative;
    solver.absoluteTolerance = Array.from(this.#tolerance.weight);
    solver.maxStepSize = longest / this.#unit;
    solver.initialStepSize = this.#natural / this.#unit;
    solver.maxSteps = Math.max(1, this.control.maxSteps - this.#cost.steps - this.#cost.rejected);
  }

  #evaluate(t: number, y: readonly number[]): Float64Array {
    this.#cost.iterations++;
    if (++this.#evaluationsOfStep > mostEvaluations) this.#giveUp("step too small");
    for (let i = 0; i < y.length; i++) this.#trial[i] = y[i]!;
    if (this.system.rate(t, this.#trial, this.#rate) && allFinite(this.#rate)) {
      for (let i = 0; i < y.length; i++) this.#rate[i]! *= this.#unit;
    } else {
      if (++this.#failures > mostFailures || this.#evaluationsOfStep === 1) this.#giveUp("diverged");
      this.#rate.fill(refusal);
    }
    return this.#rate;
  }

  #accept(t0: number, t: number, y: readonly number[], dense: (c: number, s: number) => number, from: number): boolean {
    if (!y.every(Number.isFinite)) this.#giveUp("diverged");
    const h = t - t0;
    const isStiff = this.#stagnation.see(h, this.#y, Float64Array.from(y));
    this.#y.set(y);
    this.#t = t;
    this.#cost.steps++;
    this.#evaluationsOfStep = 0;
    this.#failures = 0;
    this.#tolerance.see(this.#y);
    const stop = this.observe({
      t: t0,
      h,
      x: this.#y,
      interpolate: (at, out) => {
        for (let i = 0; i < out.length; i++) out[i] = dense(i, (at - from) / this.#unit);
      },
    });
    if (stop !== undefined) {
      const x = this.#y.map((value, i) => (stop < t ? dense(i, (stop - from) / this.#unit) : value));
      this.#ended = { outcome: "stopped", t: stop, x, cost: this.#cost };
      return false;
    }
    return this.#judge(h, isStiff) && ++this.#stepsOfPiece < mostStepsOfPiece;
  }

  /** Remembers the step; false if the problem is stiff. */
  #judge(h: number, isStiff: boolean): boolean {
    // The last step of a piece is cut and says nothing.
    if (h > 0.2 * this.#natural) this.#natural = h;
    if (isStiff) this.#ended = this.#fail("stiff");
    return !isStiff;
  }

  #giveUp(outcome: "diverged" | "step too small"): never {
    this.#ended = this.#fail(outcome);
    throw new GivenUp();
  }

  #fail(outcome: "diverged" | "step too small" | "too many steps" | "stiff"): Stretch {
    const worst = this.#rate.findIndex((value) => !Number.isFinite(value));
    return { outcome, t: this.#t, x: this.#y.slice(), worst, change: NaN, cost: this.#cost };
  }
}

function allFinite(x: Float64Array): boolean {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i]!)) return false;
  return true;
}
