import type { Integrator, Observer, StepControl, Stretch } from "../integrator.js";
import type { System } from "../system.js";
import { consistent, type Start } from "./consistent.js";
import { Differences } from "./differences.js";
import { Stepper } from "./stepper.js";

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
  if (control.fixed !== undefined) return yield* runFixed(kappa, system, t0, x0, t1, control, observe);
  const start = control.start ?? consistent(system, t0, x0, t1, control);
  if (start.outcome !== "begun") return start;
  const stepper = new NdfStepper(kappa, system, t0, t1, control, start.cost);
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
  observe: Observer,
): Run {
  const { step, order } = control.fixed!;
  const h = (t1 - t0) / Math.max(order + 1, Math.round((t1 - t0) / step));
  const times = Array.from({ length: order + 1 }, (_, k) => t0 + k * h);
  const points: Float64Array[] = [];
  const record: Observer = (accepted) => {
    while (points.length <= order && times[points.length]! <= accepted.t + accepted.h) {
      const x = x0.slice();
      accepted.interpolate(times[points.length]!, x);
      points.push(x);
    }
    return observe(accepted);
  };
  const tight: StepControl = { relative: 1e-11, maxStep: h, maxSteps: control.maxSteps };
  const begun = yield* run(kappa, system, t0, x0, times[order]!, tight, record);
  if (begun.outcome !== "reached") return begun;
  const stepper = new NdfStepper(kappa, system, t0, t1, { ...control, fixed: { step: h, order } }, begun.cost);
  stepper.beginAt(points);
  return yield* stepper.go(observe);
}

class NdfStepper extends Stepper {
  readonly #kappa: readonly number[];
  #order = 1;
  readonly #highest: number;
  readonly #ofX: Differences;
  readonly #ofQ: Differences;
  readonly #predictedQ: Float64Array; // size n
  readonly #factor: Float64Array; // size highest + 1
  /** Steps since the step size or the order was changed. */
  #settled = 0;

  constructor(kappa: readonly number[], ...[system, t0, t1, control, cost]: ConstructorParameters<typeof Stepper>) {
    super(system, t0, t1, control, cost);
    this.#kappa = kappa;
    this.#highest = Math.min(highest, control.highestOrder ?? highest);
    const { ofX, ofQ, predictedQ, factor } = this.room.arrays;
    this.#ofX = new Differences(ofX, this.room);
    this.#ofQ = new Differences(ofQ, this.room);
    this.#predictedQ = predictedQ;
    this.#factor = factor;
  }

  begin({ x, q, slope, current }: Start): void {
    this.#order = 1;
    this.#settled = 0;
    this.x.set(x);
    this.tolerance.see(this.x);
    const [x0, x1] = this.#ofX.columns;
    const [q0, q1] = this.#ofQ.columns;
    x0!.set(x);
    q0!.set(q);
    for (let i = 0; i < x.length; i++) {
      x1![i] = this.h * slope[i]!;
      q1![i] = -this.h * current[i]!;
    }
  }

  /** Begins behind points that lie a step apart, at the order that they allow. */
  beginAt(points: readonly Float64Array[]): void {
    this.#order = points.length - 1;
    const charges = points.map((x, k) => {
      this.system.load(this.t + k * this.h, x, this.at);
      return this.at.q.slice();
    });
    this.t += this.#order * this.h;
    this.#ofX.fill(points);
    this.#ofQ.fill(charges);
    for (const x of points) {
      this.x.set(x);
      this.tolerance.see(this.x);
    }
  }

  /** β = (Σ γₘ ∇ᵐq)/h − α q⁽⁰⁾ */
  protected predict(): number {
    const order = this.#order;
    const { beta, h } = this;
    const alpha = ((1 - this.#kappa[order]!) * gamma[order]!) / h;
    this.#ofX.predict(order, this.predicted);
    for (let m = 1; m <= order; m++) this.#factor[m] = gamma[m]! / h;
    const { arrays, kernels } = this.room;
    kernels.predictCharges(beta.length, order, alpha, this.#factor, arrays.ofQ, this.#predictedQ, beta);
    return alpha;
  }

  protected missToError(): number {
    return this.#constant(this.#order);
  }

  /** Error of order k over ∇ᵏ⁺¹x. */
  #constant(order: number): number {
    return this.#kappa[order]! * gamma[order]! + 1 / (order + 1);
  }

  protected rescale(ratio: number): void {
    this.#ofX.rescale(this.#order, ratio);
    this.#ofQ.rescale(this.#order, ratio);
    this.h *= ratio;
    this.#settled = 0;
  }

  /** Of one order less if that makes it longer. */
  protected shorten(error: number): void {
    const order = this.#order;
    let ratio = 0.833 * error ** (-1 / (order + 1));
    if (order > 1) {
      const lower = 0.769 * this.#ratio(order - 1, this.#ofX.columns[order]!, this.miss);
      if (lower > ratio) {
        ratio = lower;
        this.#order = order - 1;
      }
    }
    this.rescale(Math.min(0.9, Math.max(0.1, ratio)));
  }

  /** How many times as long a step of another order could be. */
  #ratio(order: number, a: Float64Array, b?: Float64Array): number {
    return this.ratio(this.#constant(order) * this.measure(this.tested, a, b), order);
  }

  protected forget(): void {
    this.#order = 1;
  }

  protected lastAccepted(): Float64Array {
    return this.#ofX.columns[0]!;
  }

  protected advance(): void {
    this.#ofX.advance(this.#order, this.x, this.predicted);
    this.#ofQ.advance(this.#order, this.corrector.q, this.#predictedQ);
    this.#settled++;
  }

  protected interpolate(t: number, out: Float64Array, places?: Int32Array): void {
    this.#ofX.interpolate(this.#order, (t - this.t) / this.h, out, places);
  }

  /** When the differences have settled: the order, up to one off, that allows the longest step. */
  protected choose(): void {
    const order = this.#order;
    if (this.#settled < order + 2) return;
    const { columns } = this.#ofX;
    let best = order;
    let ratio = 0.833 * this.bend ** (-1 / (order + 1));
    if (order > 1) {
      const lower = 0.769 * this.#ratio(order - 1, columns[order]!);
      if (lower > ratio) [best, ratio] = [order - 1, lower];
    }
    if (order < this.#highest) {
      const higher = 0.714 * this.#ratio(order + 1, columns[order + 2]!);
      if (higher > ratio) [best, ratio] = [order + 1, higher];
    }
    ratio = Math.min(this.error === 0 ? Infinity : ratio, 10, this.longest / this.h);
    if (ratio < 1.2 && (best === order || ratio < 1)) return;
    this.#order = best;
    this.rescale(ratio);
  }
}
