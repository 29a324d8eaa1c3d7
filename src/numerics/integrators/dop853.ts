import type { Cost, Integrator, Observer, StepControl, Stretch } from "../integrator.js";
import { interior } from "../interior.js";
import { measure, Tolerance } from "../step-control.js";
import type { ExplicitSystem } from "../system.js";
import { columnsOf } from "./compiled-steps.js";
import * as table from "./dop853-table.js";
import { alongStep, errorOfOrders, firstStep, nextStep, shorterStep } from "./kernels/step-sizes.js";
import { Rates, weighted } from "./rates.js";
import { inSeries } from "./series.js";
import { Stagnation } from "./stagnation.js";

/**
 * The Runge-Kutta method of order 8 with twelve stages, for smooth, non-stiff systems of any size at high accuracy. Dense
 * output, of order 7, costs three stages more in the steps in which it is asked for. Ends with "stiff" where it is
 * stability, not accuracy, that keeps its steps short, if it is asked to tell.
 */
export const dop853: Integrator<ExplicitSystem> = {
  name: "dop853",
  order: 8,
  reference: "Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I (Springer 1993), §II.5",
  integrate: run,
};

/** A step shorter than this part of the stretch is none. */
const shortest = 1e-12;
/** After so many evaluated components a caller may draw breath. */
const componentsBetweenBreaths = 5e5;

function* run(
  system: ExplicitSystem,
  t0: number,
  y0: Float64Array,
  t1: number,
  control: StepControl,
  observe: Observer,
): Generator<undefined, Stretch, undefined> {
  if (system.compiled !== undefined && control.fixed === undefined)
    return yield* inSeries(system.compiled, columns, system, [t0, t1], y0, control, observe);
  const method = new Method(system, t0, y0, t1, control);
  const stepsBetweenBreaths = Math.ceil(componentsBetweenBreaths / (12 * system.size + 1));
  for (let step = 1; ; step++) {
    const ended = method.step(observe);
    if (ended !== undefined) return ended;
    if (step % stepsBetweenBreaths === 0) yield;
  }
}

const { nodes } = table;
const stages = table.stages.map(weighted);
const denseOutput = table.denseOutput.map(weighted);
const fifthOrderError = weighted(table.fifthOrderError);
const thirdOrderError = weighted(table.thirdOrderError);
/** The table as columns: the sums of stages, then the errors, then those for dense output. */
const columns = columnsOf(nodes, [...table.stages, table.fifthOrderError, table.thirdOrderError, ...table.denseOutput]);

class Method {
  readonly cost: Cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };
  readonly #inside: (t: number) => number;
  readonly #tolerance: Tolerance;
  readonly #stagnation: Stagnation;
  readonly #k: Rates; // of the stages
  readonly #trial: Float64Array; // size n: the solution at a stage, at last at the step's end
  readonly #error: Float64Array; // size n
  readonly #y: Float64Array; // size n: the solution at t
  readonly #dense: readonly Float64Array[]; // size 4 × n
  #t: number;
  #h: number;
  #known = false; // whether the rate at t is
  #refused = false; // whether the last trial was

  constructor(
    readonly system: ExplicitSystem,
    t0: number,
    y0: Float64Array,
    readonly t1: number,
    readonly control: StepControl,
  ) {
    const n = system.size;
    this.#inside = interior(t0, t1);
    this.#tolerance = new Tolerance(system, control.relative);
    this.#tolerance.see(y0);
    this.#stagnation = new Stagnation(y0, Math.min(control.maxStep, t1 - t0), system.logarithmic);
    this.#k = new Rates(nodes.length, n, 3 + denseOutput.length);
    const [trial, error, y, ...dense] = this.#k.beside as [Float64Array, Float64Array, Float64Array];
    this.#trial = trial;
    this.#error = error;
    this.#dense = dense;
    this.#y = y;
    y.set(y0);
    this.#t = t0;
    this.#h = control.fixed?.step ?? control.firstStep ?? 0;
  }

  /** Makes a step, or finds that it was too long; gives how the stretch ended if it did. */
  step(observe: Observer): Stretch | undefined {
    const { cost, control, t1 } = this;
    if (cost.steps + cost.rejected >= control.maxSteps) return this.#fail("too many steps");
    if (!this.#known && !this.#rate(0, this.#y, 0)) return this.#fail("diverged");
    this.#known = true;
    if (this.#h === 0) this.#h = this.#firstStep();
    const rest = t1 - this.#t;
    const wished = control.fixed === undefined ? Math.min(this.#h, control.maxStep) : this.#h;
    const isLast = wished >= rest * (1 - shortest);
    // The last two steps share what is left, so that none is tiny.
    const h = isLast ? rest : control.fixed === undefined && 2 * wished > rest ? rest / 2 : wished;
    const error = this.#try(h);
    if (control.fixed === undefined && !(error <= 1)) return this.#refuse(h, error);
    if (!this.#rate(h, this.#trial, 12)) return this.#refuse(h, Number.NaN);
    cost.steps++;
    const isStiff = control.tellsStiff === true && this.#stagnation.see(h, this.#y, this.#trial);
    const ended = this.#accept(h, isLast, observe);
    if (ended === undefined && isStiff) return this.#fail("stiff");
    if (control.fixed === undefined) {
      this.#h = nextStep(h, error, this.#refused ? 1 : 0);
      this.#refused = false;
    }
    return ended;
  }

  #refuse(h: number, error: number): Stretch | undefined {
    this.cost.rejected++;
    this.#refused = true;
    this.#h = shorterStep(h, error);
    const failed = Number.isNaN(error) ? "diverged" : "step too small";
    return this.#h < shortest * (this.t1 - this.#t + h) ? this.#fail(failed) : undefined;
  }

  #firstStep(): number {
    const [size, speed] = [measure(this.#tolerance.weight, this.#y), measure(this.#tolerance.weight, this.#k.of[0]!)];
    const rest = this.t1 - this.#t;
    return firstStep(size, speed, this.control.maxStep, rest);
  }

  /** Writes the solution h later to `trial`; gives its error in what is tolerated, NaN if it cannot be had. */
  #try(h: number): number {
    for (let stage = 1; stage < 12; stage++) {
      this.#k.sum(this.#trial, this.#y, stages[stage - 1]!, h);
      if (!this.#rate(nodes[stage]! * h, this.#trial, stage)) return Number.NaN;
    }
    this.#k.sum(this.#trial, this.#y, stages[11]!, h);
    if (this.control.fixed !== undefined) return 0;
    const { weight } = this.#tolerance;
    this.#k.sum(this.#error, undefined, fifthOrderError, 1);
    const fifth = measure(weight, this.#error);
    this.#k.sum(this.#error, undefined, thirdOrderError, 1);
    const third = measure(weight, this.#error);
    return errorOfOrders(h, fifth, third);
  }

  #rate(later: number, y: Float64Array, stage: number): boolean {
    this.cost.iterations++;
    return this.system.rate(this.#inside(this.#t + later), y, this.#k.of[stage]!);
  }

  #accept(h: number, isLast: boolean, observe: Observer): Stretch | undefined {
    const t = isLast ? this.t1 : this.#t + h;
    let isStaged = false;
    let isDense = false;
    const interpolate = (at: number, out: Float64Array, places?: Int32Array) => {
      if (!isStaged) this.#addStages(h);
      isStaged = true;
      if (places !== undefined) return this.#interpolateSome((at - this.#t) / h, h, out, places);
      if (!isDense) this.#prepareDense(h);
      isDense = true;
      this.#interpolate((at - this.#t) / h, h, out);
    };
    const stop = observe({ t: this.#t, h, x: this.#trial, interpolate });
    if (stop !== undefined) {
      if (stop < t) interpolate(stop, this.#error);
      return { outcome: "stopped", t: stop, x: (stop < t ? this.#error : this.#trial).slice(), cost: this.cost };
    }
    this.#y.set(this.#trial);
    this.#k.of[0]!.set(this.#k.of[12]!);
    this.#tolerance.see(this.#y);
    this.#t = t;
    return isLast ? { outcome: "reached", t, x: this.#y.slice(), cost: this.cost } : undefined;
  }

  #addStages(h: number): void {
    for (let stage = 13; stage < 16; stage++) {
      this.#k.sum(this.#error, this.#y, stages[stage - 1]!, h);
      this.#rate(nodes[stage]! * h, this.#error, stage);
    }
  }

  #prepareDense(h: number): void {
    for (const [k, weights] of denseOutput.entries()) {
      this.#k.sum(this.#dense[k]!, undefined, weights, h);
    }
  }

  /** The same at some places: where they are few, only there. */
  #interpolateSome(s: number, h: number, out: Float64Array, places: Int32Array): void {
    for (const i of places) {
      const [f3, f4, f5, f6] = denseOutput.map((weights) => this.#k.sumAt(i, weights, h)) as [
        number,
        number,
        number,
        number,
      ];
      const f0 = this.#trial[i]! - this.#y[i]!;
      const f1 = h * this.#k.of[0]![i]! - f0;
      const f2 = 2 * f0 - h * (this.#k.of[0]![i]! + this.#k.of[12]![i]!);
      out[i] = alongStep(s, this.#y[i]!, f0, f1, f2, f3, f4, f5, f6);
    }
  }

  #interpolate(s: number, h: number, out: Float64Array): void {
    const [y0, y1, k0, k1] = [this.#y, this.#trial, this.#k.of[0]!, this.#k.of[12]!];
    const [f3, f4, f5, f6] = this.#dense as readonly [Float64Array, Float64Array, Float64Array, Float64Array];
    for (let i = 0; i < out.length; i++) {
      const f0 = y1[i]! - y0[i]!;
      const f1 = h * k0[i]! - f0;
      const f2 = 2 * f0 - h * (k0[i]! + k1[i]!);
      out[i] = alongStep(s, y0[i]!, f0, f1, f2, f3[i]!, f4[i]!, f5[i]!, f6[i]!);
    }
  }

  #fail(outcome: "diverged" | "too many steps" | "step too small" | "stiff"): Stretch {
    const worst = this.#k.of[0]!.findIndex((value) => !Number.isFinite(value));
    return { outcome, t: this.#t, x: this.#y.slice(), worst, change: Number.NaN, cost: this.cost };
  }
}
