import { differentiated, type Linearized, rounding } from "../conditioning.js";
import type { AcceptedStep, Cost, Integrator, Observer, StepControl, Stretch } from "../integrator.js";
import { interior } from "../interior.js";
import { measure, Tolerance, worst } from "../step-control.js";
import type { System } from "../system.js";
import { consistent, type Start } from "./consistent.js";
import { Corrector } from "./corrector.js";
import { Differences } from "./differences.js";

// One method, one train of thought over many arrays: cut apart it would only be harder to follow, hence the length.

const highest = 5;
/** γₖ = 1 + 1/2 + … + 1/k */
const gamma = [0, 1, 3 / 2, 11 / 6, 25 / 12, 137 / 60];
/** κₖ, Table 1 of Shampine & Reichelt: an NDF has a smaller error than the BDF, at a little less stability. */
const kappaOfNdf = [0, -0.185, -1 / 9, -0.0823, -0.0415, 0];
const kappaOfBdf = [0, 0, 0, 0, 0, 0];

/**
 * Numerical differentiation formulas of order 1–5 with variable step, in backward differences. In charge form, with
 * q⁽⁰⁾ and x⁽⁰⁾ the predictions Σ ∇ᵐ from the old point,
 *
 *     (1 − κₖ) γₖ (q(x) − q⁽⁰⁾) + Σ γₘ ∇ᵐq + h f(t, x) = 0,
 *
 * and the error is (κₖ γₖ + 1/(k + 1)) ∇ᵏ⁺¹x with ∇ᵏ⁺¹x = x − x⁽⁰⁾. It is controlled for all unknowns, so that
 * those without a charge are followed too (a sine across resistors); except for those that are derivatives of others
 * (index 2), which are accurate to one order less.
 */
export const ndf: Integrator<System> = {
  name: "ndf",
  order: highest,
  reference: "Shampine & Reichelt, SIAM J. Sci. Comput. 18, 1 (1997), §2",
  integrate: (system, t0, x0, t1, control, observe) => run(kappaOfNdf, system, t0, x0, t1, control, observe),
};

/** The same with κ = 0: backward differentiation formulas. */
export const gear: Integrator<System> = {
  name: "gear",
  order: highest,
  reference: "Gear, Numerical Initial Value Problems in Ordinary Differential Equations (Prentice-Hall 1971), ch. 11",
  integrate: (system, t0, x0, t1, control, observe) => run(kappaOfBdf, system, t0, x0, t1, control, observe),
};

type Run = Generator<undefined, Stretch, undefined>;

function* run(
  kappa: readonly number[],
  system: System,
  t0: number,
  x0: Float64Array,
  t1: number,
  control: StepControl,
  observe: Observer,
): Run {
  if (control.fixed !== undefined) return yield* runFixed(kappa, system, t0, x0, t1, control, control.fixed, observe);
  const start = consistent(system, t0, x0, t1, control);
  if (start.outcome !== "begun") return start;
  const stepper = new Stepper(kappa, system, t0, t1, control, start.cost);
  stepper.begin(start);
  return yield* stepper.go(observe);
}

/**
 * A method of order k needs k + 1 points to begin with. Where step and order are given they are found by the same
 * method with tight error control.
 */
function* runFixed(
  kappa: readonly number[],
  system: System,
  t0: number,
  x0: Float64Array,
  t1: number,
  control: StepControl,
  fixed: { readonly step: number; readonly order: number },
  observe: Observer,
): Run {
  const h = (t1 - t0) / Math.max(fixed.order + 1, Math.round((t1 - t0) / fixed.step));
  const points: Float64Array[] = [];
  const record: Observer = (step) => {
    while (points.length <= fixed.order && t0 + points.length * h <= (step.t + step.h) * (1 + 1e-15)) {
      const x = x0.slice();
      step.interpolate(t0 + points.length * h, x);
      points.push(x);
    }
    return observe(step);
  };
  const tight: StepControl = { relative: 1e-11, maxStep: h, maxSteps: control.maxSteps };
  const begun = yield* run(kappa, system, t0, x0, t0 + fixed.order * h, tight, record);
  if (begun.outcome !== "reached") return begun;
  const stepper = new Stepper(kappa, system, t0, t1, control, begun.cost);
  stepper.beginAt(points, h);
  return yield* stepper.go(observe);
}

type Attempt =
  | { readonly outcome: "made" }
  | { readonly outcome: "refused"; readonly why: "diverged" | "step too small"; worst: number; change: number }
  | { readonly outcome: "refused"; readonly why: "singular"; readonly column: number };

/** The memory of one stretch. */
class Stepper implements Linearized {
  t: number;
  h = 0;
  order = 1;
  readonly pattern;
  readonly #t1: number;
  readonly #span: number;
  readonly #inside: (t: number) => number;
  readonly #control: StepControl;
  readonly #cost: Cost;
  readonly #kappa: readonly number[];
  readonly #corrector: Corrector;
  readonly #tolerance: Tolerance;
  readonly #ofX: Differences;
  readonly #ofQ: Differences;
  readonly #system: System;
  readonly #x: Float64Array; // size n: the new point
  readonly #beta: Float64Array; // size n
  readonly #predictedX: Float64Array; // size n
  readonly #predictedQ: Float64Array; // size n
  readonly #missX: Float64Array; // size n: ∇ᵏ⁺¹x
  readonly #missQ: Float64Array; // size n
  readonly #rounding: Float64Array; // size n
  readonly #ignored: Uint8Array; // size n: 1 for unknowns that the error test leaves out
  /** Steps since the step size or the order was changed. */
  #settled = 0;
  /** Of the last step, in the tolerated one. */
  #error = 0;
  /** The step for which `#ignored` and `#rounding` were found. */
  #examined = 0;
  #trials = 0;
  #failures = 0;
  #countedFactorizations = 0;
  #countedIterations = 0;

  constructor(kappa: readonly number[], system: System, t0: number, t1: number, control: StepControl, cost: Cost) {
    const n = system.pattern.size;
    this.t = t0;
    this.pattern = system.pattern;
    this.#system = system;
    this.#t1 = t1;
    this.#span = t1 - t0;
    this.#inside = interior(t0, t1);
    this.#control = control;
    this.#cost = cost;
    this.#kappa = kappa;
    this.#corrector = new Corrector(system);
    this.#tolerance = new Tolerance(system, control.relative);
    this.#ofX = new Differences(n, highest);
    this.#ofQ = new Differences(n, highest);
    this.#x = new Float64Array(n);
    this.#beta = new Float64Array(n);
    this.#predictedX = new Float64Array(n);
    this.#predictedQ = new Float64Array(n);
    this.#missX = new Float64Array(n);
    this.#missQ = new Float64Array(n);
    this.#rounding = new Float64Array(n);
    this.#ignored = new Uint8Array(n);
  }

  get at() {
    return this.#corrector.at;
  }

  get matrix() {
    return this.#corrector.matrix;
  }

  factor(alpha: number): boolean {
    return this.#corrector.factor(alpha);
  }

  /** Begins at a point with its slopes, at order 1. */
  begin({ x, q, slope, current }: Start): void {
    const { maxStep, firstStep } = this.#control;
    this.h = Math.min(firstStep ?? 1e-3 * Math.min(maxStep, this.#span), maxStep, this.#span);
    this.#x.set(x);
    this.#tolerance.see(x);
    const [x0, x1] = this.#ofX.columns;
    const [q0, q1] = this.#ofQ.columns;
    x0!.set(x);
    q0!.set(q);
    for (let i = 0; i < x.length; i++) {
      x1![i] = this.h * slope[i]!;
      q1![i] = -this.h * current[i]!;
    }
  }

  /** Begins behind points that lie h apart, at the order that they allow. */
  beginAt(points: readonly Float64Array[], h: number): void {
    this.h = h;
    this.order = points.length - 1;
    this.t += this.order * h;
    const charges = points.map((x) => {
      this.#system.load(this.#inside(this.t), x, this.at);
      return this.at.q.slice();
    });
    fillDifferences(this.#ofX, points);
    fillDifferences(this.#ofQ, charges);
    this.#x.set(points.at(-1)!);
    for (const x of points) this.#tolerance.see(x);
  }

  *go(observe: Observer): Run {
    while (this.t < this.#t1) {
      const from = this.t;
      const failed = this.#step();
      this.#count();
      if (failed !== undefined) return failed;
      const stop = observe(this.#accepted(from));
      if (stop !== undefined && stop < this.t) this.#interpolate(stop, this.#x);
      if (stop !== undefined) return { outcome: "stopped", t: stop, x: this.#x, cost: this.#cost };
      if (this.#control.fixed === undefined) this.#choose();
      if (this.#cost.steps % 16 === 0) yield;
    }
    return { outcome: "reached", t: this.t, x: this.#x, cost: this.#cost };
  }

  #count(): void {
    const { iterations, matrix } = this.#corrector;
    this.#cost.iterations += iterations - this.#countedIterations;
    this.#cost.factorizations += matrix.factorizations - this.#countedFactorizations;
    this.#countedIterations = iterations;
    this.#countedFactorizations = matrix.factorizations;
  }

  /** Makes one step, as long as it can be; gives how the stretch ended if none can be made. */
  #step(): Stretch | undefined {
    this.#failures = 0;
    for (;;) {
      const { cost, x } = { cost: this.#cost, x: this.#ofX.columns[0]! };
      if (cost.steps + cost.rejected >= this.#control.maxSteps) {
        const index = worst(this.#tolerance.weight, this.#missX);
        const change = Math.abs(this.#missX[index] ?? NaN);
        return { outcome: "too many steps", t: this.t, x, worst: index, change, cost };
      }
      this.#fit();
      const made = this.#attempt();
      if (made.outcome === "made") return undefined;
      cost.rejected++;
      if (this.#control.fixed === undefined && this.h > 1e-14 * Math.max(Math.abs(this.t), this.#span)) continue;
      return made.why === "singular"
        ? { outcome: made.why, t: this.t, x, column: made.column, cost }
        : { outcome: made.why, t: this.t, x, worst: made.worst, change: made.change, cost };
    }
  }

  /** Bounds the step, and has the stretch end with a whole one. */
  #fit(): void {
    const left = this.#t1 - this.t;
    const { fixed, maxStep } = this.#control;
    if (fixed !== undefined) return;
    if (this.h > maxStep) this.#rescale(maxStep / this.h);
    if (1.1 * this.h >= left && this.h !== left) {
      this.#rescale(left / this.h);
      this.h = left;
    } else if (this.h < left && 2 * this.h > left) this.#rescale(left / 2 / this.h);
  }

  #rescale(ratio: number): void {
    this.#ofX.rescale(this.order, ratio);
    this.#ofQ.rescale(this.order, ratio);
    this.h *= ratio;
    this.#settled = 0;
  }

  #attempt(): Attempt {
    const { order, h } = this;
    const left = this.#t1 - this.t;
    const t = h >= left * (1 - 1e-12) ? this.#t1 : this.t + h;
    const alpha = ((1 - this.#kappa[order]!) * gamma[order]!) / h;
    this.#predict(alpha);
    const corrector = this.#corrector;
    const { weight } = this.#tolerance;
    const corrected = corrector.correct(this.#inside(t), alpha, this.#beta, this.#x, weight);
    if (corrected !== "found") return this.#failed(corrected);
    this.#examine(alpha);
    for (let i = 0; i < weight.length; i++) {
      this.#missX[i] = this.#x[i]! - this.#predictedX[i]!;
      this.#missQ[i] = corrector.q[i]! - this.#predictedQ[i]!;
    }
    if (this.#control.fixed === undefined) {
      const refused = this.#keepInRange() ?? this.#keepAccurate();
      if (refused !== undefined) return refused;
    }
    this.#accept(t);
    return { outcome: "made" };
  }

  /** Sets the guess, and β = (Σ γₘ ∇ᵐq)/h − α q⁽⁰⁾. */
  #predict(alpha: number): void {
    const { order, h } = this;
    const beta = this.#beta;
    const { lower, upper } = this.#system;
    this.#ofX.predict(order, this.#predictedX);
    this.#ofQ.predict(order, this.#predictedQ);
    beta.fill(0);
    for (let m = 1; m <= order; m++) {
      const column = this.#ofQ.columns[m]!;
      const factor = gamma[m]! / h;
      for (let i = 0; i < beta.length; i++) beta[i]! += factor * column[i]!;
    }
    for (let i = 0; i < beta.length; i++) {
      beta[i]! -= alpha * this.#predictedQ[i]!;
      this.#x[i] = Math.min(Math.max(this.#predictedX[i]!, lower[i]!), upper[i]!);
    }
  }

  /** Once for every scale of steps: what rounding does, and which unknowns are derivatives of others. */
  #examine(alpha: number): void {
    if (this.h < 16 * this.#examined && this.#examined < 16 * this.h) return;
    this.#examined = this.h;
    const tolerance = this.#tolerance;
    rounding(this, alpha, this.#x, this.#rounding);
    tolerance.hear(this.#rounding);
    differentiated(this, alpha, tolerance.weight, this.#ignored);
    tolerance.ignore(this.#ignored);
  }

  #failed(why: "diverged" | "singular"): Attempt {
    // The guess is the polynomial's; where it fails again, the history is not worth keeping.
    if (++this.#failures > 1) this.order = 1;
    this.#rescale(0.25);
    const { worst, change, column } = this.#corrector;
    if (why === "singular") return { outcome: "refused", why, column };
    return { outcome: "refused", why, worst, change };
  }

  /** Refuses a step in which an unknown would go beyond the edge of its range, unless it stood there before. */
  #keepInRange(): Attempt | undefined {
    const { beyond } = this.#corrector;
    const { weight } = this.#tolerance;
    const before = this.#ofX.columns[0]!;
    const index = worst(weight, beyond);
    if (index < 0 || Math.abs(beyond[index]!) <= weight[index]!) return undefined;
    const way = this.#x[index]! - before[index]!;
    if (Math.abs(way) <= weight[index]!) return undefined;
    this.order = 1;
    this.#rescale(Math.min(0.9, Math.max(0.1, way / (way + beyond[index]!))));
    return { outcome: "refused", why: "step too small", worst: index, change: Math.abs(beyond[index]!) };
  }

  #keepAccurate(): Attempt | undefined {
    const { order } = this;
    const { tested } = this.#tolerance;
    const error = this.#constant(order) * measure(tested, this.#missX);
    this.#error = error;
    if (error <= 1 && !this.#tryLonger(error)) return undefined;
    const index = worst(tested, this.#missX);
    const refused: Attempt = {
      outcome: "refused",
      why: "step too small",
      worst: index,
      change: Math.abs(this.#missX[index] ?? NaN),
    };
    if (this.#first) this.#rescale(Math.min(30, Math.max(1e-3, 0.7 / Math.sqrt(error + 1e-12))));
    else if (this.#failures++ > 0) this.#rescale(0.5);
    else this.#retreat(error);
    return refused;
  }

  /** Refused for the first time: a shorter step, of one order less if that makes it longer. */
  #retreat(error: number): void {
    const { order } = this;
    let ratio = Math.max(0.1, 0.833 * error ** (-1 / (order + 1)));
    if (order > 1) {
      const lower = this.#constant(order - 1) * measure(this.#tolerance.tested, this.#ofX.columns[order]!, this.#missX);
      const ratioOfLower = Math.max(0.1, 0.769 * lower ** (-1 / order));
      if (ratioOfLower > ratio) {
        ratio = Math.min(1, ratioOfLower);
        this.order = order - 1;
      }
    }
    this.#rescale(Math.min(ratio, 0.9));
  }

  get #first(): boolean {
    return this.#cost.steps === 0;
  }

  /** The first step is sought: while it is far too accurate a longer one is tried in its place. */
  #tryLonger(error: number): boolean {
    const longest = Math.min(this.#control.maxStep, this.#span) / 20;
    return (
      this.#first && this.#control.firstStep === undefined && error < 0.02 && this.h < longest && this.#trials++ < 6
    );
  }

  #accept(t: number): void {
    this.#ofX.advance(this.order, this.#missX);
    this.#ofQ.advance(this.order, this.#missQ);
    this.#ofX.columns[0]!.set(this.#x);
    this.#ofQ.columns[0]!.set(this.#corrector.q);
    this.#tolerance.see(this.#x);
    this.t = t;
    this.#settled++;
    this.#cost.steps++;
  }

  #accepted(from: number): AcceptedStep {
    return { t: from, h: this.t - from, x: this.#x, interpolate: (t, out) => this.#interpolate(t, out) };
  }

  #interpolate(t: number, out: Float64Array): void {
    const { lower, upper } = this.#system;
    this.#ofX.interpolate(this.order, (t - this.t) / this.h, out);
    for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(out[i]!, lower[i]!), upper[i]!);
  }

  /** When the differences have settled: the order, up to one off, that allows the longest step. */
  #choose(): void {
    const { order } = this;
    if (this.#settled < order + 2) return;
    const { tested } = this.#tolerance;
    const { columns } = this.#ofX;
    let best = order;
    let ratio = 0.833 * this.#error ** (-1 / (order + 1));
    if (order > 1) {
      const lower = 0.769 * (this.#constant(order - 1) * measure(tested, columns[order]!)) ** (-1 / order);
      if (lower > ratio) [best, ratio] = [order - 1, lower];
    }
    if (order < highest) {
      const higher = 0.714 * (this.#constant(order + 1) * measure(tested, columns[order + 2]!)) ** (-1 / (order + 2));
      if (higher > ratio) [best, ratio] = [order + 1, higher];
    }
    ratio = Math.min(ratio, 10, this.#control.maxStep / this.h);
    if (ratio < 1.2 && (best === order || ratio < 1)) return;
    this.order = best;
    this.#rescale(ratio);
  }

  /** Error of order k over ∇ᵏ⁺¹x. */
  #constant(order: number): number {
    return this.#kappa[order]! * gamma[order]! + 1 / (order + 1);
  }
}

function fillDifferences({ columns }: Differences, points: readonly Float64Array[]): void {
  let rows = points.map((x) => x.slice());
  for (let m = 0; rows.length > 0; m++) {
    columns[m]!.set(rows.at(-1)!);
    rows = rows.slice(1).map((x, k) => x.map((value, i) => value - rows[k]![i]!));
  }
}
