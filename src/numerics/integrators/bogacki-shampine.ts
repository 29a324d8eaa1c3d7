import type { Cost, Integrator, Observer, StepControl, Stretch } from "../integrator.js";
import { interior } from "../interior.js";
import { measure, Tolerance } from "../step-control.js";
import type { ExplicitSystem } from "../system.js";

/**
 * The embedded Runge-Kutta pair of orders 3 and 2, for short stretches on which little happens: the first step that is
 * tried is as long as the stretch. A step costs three evaluations, and two where rates are all but constant, so that the
 * midpoint rule does.
 */
export const bogackiShampine: Integrator<ExplicitSystem> = {
  name: "bogacki-shampine",
  order: 3,
  reference: "Bogacki & Shampine, Applied Mathematics Letters 2, 321 (1989)",
  integrate: run,
};

/** Part of the tolerance that a step aims at, and bounds of its growth. */
const aim = { safety: 0.85, most: 5, least: 0.2 };
/** A step shorter than this part of the stretch is none. */
const shortest = 1e-12;
/** After so many steps a caller may draw breath. */
const stepsBetweenBreaths = 1000;

function* run(
  system: ExplicitSystem,
  t0: number,
  y0: Float64Array,
  t1: number,
  control: StepControl,
  observe: Observer,
): Generator<undefined, Stretch, undefined> {
  const pair = kept.get(system) ?? new Pair(system);
  kept.delete(system); // nobody else works in its room meanwhile
  try {
    pair.begin(t0, y0, t1, control);
    for (;;) {
      const ended = pair.step(observe);
      if (ended !== undefined) return ended;
      if (pair.cost.steps % stepsBetweenBreaths === 0) yield;
    }
  } finally {
    kept.set(system, pair);
  }
}

/** A training goes over the same systems millions of times: making the room for each stretch took a fifth of it. */
const kept = new WeakMap<ExplicitSystem, Pair>();

class Pair {
  cost: Cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };
  #inside: (t: number) => number = (t) => t;
  #tolerance: Tolerance | undefined;
  readonly #k: readonly Float64Array[]; // size 4 × n: the rates; the first at the step's start, the last at its end
  readonly #trial: Float64Array; // size n: the solution at a stage, at last at the step's end
  readonly #error: Float64Array; // size n
  readonly #y: Float64Array; // size n: the solution at t
  #control!: StepControl;
  #t = 0;
  #t1 = 0;
  #h = 0;
  #known = false; // whether the rate at t is

  constructor(readonly system: ExplicitSystem) {
    const { size } = system;
    this.#k = [0, 1, 2, 3].map(() => new Float64Array(size));
    this.#trial = new Float64Array(size);
    this.#error = new Float64Array(size);
    this.#y = new Float64Array(size);
  }

  /** Begins a stretch; nothing is known of the one before. */
  begin(t0: number, y0: Float64Array, t1: number, control: StepControl): void {
    this.cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };
    this.#inside = interior(t0, t1);
    if (this.#tolerance?.relative === control.relative) this.#tolerance.forget();
    else this.#tolerance = new Tolerance(this.system, control.relative);
    this.#tolerance.see(y0);
    this.#y.set(y0);
    [this.#t, this.#t1, this.#control, this.#known] = [t0, t1, control, false];
    this.#h = control.fixed?.step ?? Math.min(control.firstStep ?? t1 - t0, control.maxStep, t1 - t0);
  }

  /** Makes a step, or finds that it was too long; gives how the stretch ended if it did. */
  step(observe: Observer): Stretch | undefined {
    const [cost, control, t1] = [this.cost, this.#control, this.#t1];
    if (cost.steps + cost.rejected >= control.maxSteps) return this.#fail("too many steps");
    if (!this.#known && !this.#rate(this.#t, this.#y, 0)) return this.#fail("diverged");
    this.#known = true;
    const rest = t1 - this.#t;
    const isLast = this.#h >= rest * (1 - shortest);
    const h = isLast ? rest : this.#h;
    const error = this.#try(h);
    if (control.fixed === undefined && !(error <= 1)) {
      cost.rejected++;
      this.#h = h * Math.max(aim.least, Number.isNaN(error) ? 0 : aim.safety * error ** (-1 / 3));
      const failed = Number.isNaN(error) ? "diverged" : "step too small";
      return this.#h < shortest * (t1 - this.#t + h) ? this.#fail(failed) : undefined;
    }
    cost.steps++;
    const ended = this.#accept(h, isLast, observe);
    if (control.fixed === undefined)
      this.#h = Math.min(control.maxStep, h * Math.min(aim.most, aim.safety * error ** (-1 / 3)));
    return ended;
  }

  /** Writes the solution h later to `trial`; gives its error in what is tolerated, NaN if it cannot be had. */
  #try(h: number): number {
    const [k1, k2, k3, k4] = this.#k as readonly [Float64Array, Float64Array, Float64Array, Float64Array];
    const y = this.#y;
    const z = this.#trial;
    for (let i = 0; i < z.length; i++) z[i] = y[i]! + (h / 2) * k1[i]!;
    if (!this.#rate(this.#t + h / 2, z, 1)) return Number.NaN;
    if (this.#control.fixed === undefined && this.#isEven(h)) return this.#midpoint(h);
    for (let i = 0; i < z.length; i++) z[i] = y[i]! + 0.75 * h * k2[i]!;
    if (!this.#rate(this.#t + 0.75 * h, z, 2)) return Number.NaN;
    for (let i = 0; i < z.length; i++) z[i] = y[i]! + (h / 9) * (2 * k1[i]! + 3 * k2[i]! + 4 * k3[i]!);
    if (!this.#rate(this.#t + h, z, 3)) return Number.NaN;
    for (let i = 0; i < z.length; i++) {
      this.#error[i] = (h / 72) * (-5 * k1[i]! + 6 * k2[i]! + 8 * k3[i]! - 9 * k4[i]!);
    }
    return measure(this.#tolerance!.weight, this.#error);
  }

  /** Whether Euler's rule would do: it differs from the midpoint rule by no more than is tolerated. */
  #isEven(h: number): boolean {
    const [k1, k2] = [this.#k[0]!, this.#k[1]!];
    for (let i = 0; i < k1.length; i++) this.#error[i] = h * (k2[i]! - k1[i]!);
    return measure(this.#tolerance!.weight, this.#error) <= 1;
  }

  /** A step of the midpoint rule; its error is how far Simpson's lies from it. */
  #midpoint(h: number): number {
    const [k1, k2, , k4] = this.#k as readonly [Float64Array, Float64Array, Float64Array, Float64Array];
    const z = this.#trial;
    for (let i = 0; i < z.length; i++) z[i] = this.#y[i]! + h * k2[i]!;
    if (!this.#rate(this.#t + h, z, 3)) return Number.NaN;
    for (let i = 0; i < z.length; i++) this.#error[i] = (h / 6) * (k1[i]! - 2 * k2[i]! + k4[i]!);
    return measure(this.#tolerance!.weight, this.#error);
  }

  #rate(t: number, y: Float64Array, stage: number): boolean {
    this.cost.iterations++;
    return this.system.rate(this.#inside(t), y, this.#k[stage]!);
  }

  #accept(h: number, isLast: boolean, observe: Observer): Stretch | undefined {
    const t = isLast ? this.#t1 : this.#t + h;
    const stop = observe({ t: this.#t, h, x: this.#trial, interpolate: (at, out) => this.#interpolate(at, h, out) });
    if (stop !== undefined && stop < t) this.#interpolate(stop, h, this.#error);
    const x = stop !== undefined && stop < t ? this.#error : this.#trial;
    if (stop !== undefined) return { outcome: "stopped", t: stop, x: x.slice(), cost: this.cost };
    this.#y.set(this.#trial);
    this.#k[0]!.set(this.#k[3]!);
    this.#tolerance!.see(this.#y);
    this.#t = t;
    return isLast ? { outcome: "reached", t, x: this.#y.slice(), cost: this.cost } : undefined;
  }

  /** Hermite's cubic through both ends of the step and their slopes: of order 3, as the step is. What rests, rests. */
  #interpolate(t: number, h: number, out: Float64Array): void {
    const s = (t - this.#t) / h;
    const [k1, k4] = [this.#k[0]!, this.#k[3]!];
    for (let i = 0; i < out.length; i++) {
      const [a, b] = [this.#y[i]!, this.#trial[i]!];
      const bend = (1 - 2 * s) * (b - a) + h * ((s - 1) * k1[i]! + s * k4[i]!);
      out[i] = a + s * (b - a + (s - 1) * bend);
    }
  }

  #fail(outcome: "diverged" | "step too small" | "too many steps"): Stretch {
    const worst = this.#k[3]!.findIndex((value) => !Number.isFinite(value));
    return { outcome, t: this.#t, x: this.#y.slice(), worst, change: Number.NaN, cost: this.cost };
  }
}
