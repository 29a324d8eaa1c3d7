import type { Observer, StepControl, Stretch } from "../integrator.js";
import type { System } from "../system.js";
import { consistent, type Start } from "./consistent.js";
import { Points } from "./points.js";
import { Stepper } from "./stepper.js";

/**
 * The one-step methods (q₁ − q₀)/h + θ f₁ + (1 − θ) f₀ = 0 with variable step: implicit Euler at θ = 1, order 1,
 * trapezoidal rule at θ = 1/2, order 2.
 */
export function* oneStep(
  order: 1 | 2,
  system: System,
  t0: number,
  x0: Float64Array,
  t1: number,
  control: StepControl,
  observe: Observer,
): Generator<undefined, Stretch, undefined> {
  const start = control.start ?? consistent(system, t0, x0, t1, control);
  if (start.outcome !== "begun") return start;
  const step = control.fixed && (t1 - t0) / Math.max(1, Math.round((t1 - t0) / control.fixed.step));
  const settled = step === undefined ? control : { ...control, fixed: { step, order } };
  const stepper = new OneStepper(order, system, t0, t1, settled, start.cost);
  stepper.begin(start);
  return yield* stepper.go(observe);
}

/** Where only the slope is known, the point before the first one lies this part of the first step back. */
const before = 1e-3;

class OneStepper extends Stepper {
  readonly #order: 1 | 2;
  /** By time since the start of the stretch: late in a run the time itself has not digits enough for short steps. */
  readonly #points: Points;
  readonly #t0: number; // s: the start of the stretch
  readonly #q: Float64Array; // size n: charges at the last point
  readonly #f: Float64Array; // size n: f at the last point, 0 in rows without a charge
  #alpha = 0; // of the step that is tried

  constructor(order: 1 | 2, ...[system, t0, t1, control, cost]: ConstructorParameters<typeof Stepper>) {
    super(system, t0, t1, control, cost);
    const n = system.pattern.size;
    this.#order = order;
    this.#t0 = t0;
    this.#points = new Points(n, order + 1);
    this.#q = new Float64Array(n);
    this.#f = new Float64Array(n);
  }

  begin({ x, q, slope, current }: Start): void {
    const { pattern } = this;
    this.x.set(x);
    this.tolerance.see(this.x);
    this.#q.set(q);
    this.#points.keep(0);
    this.#f.fill(0);
    this.system.load(this.t + before * this.h, x, this.at);
    for (let e = 0; e < pattern.row.length; e++) {
      const i = pattern.row[e]!;
      if (this.at.C[e] !== 0) this.#f[i] = current[i]!;
    }
    const back = before * this.h;
    this.#points.add(
      -back,
      x.map((value, i) => value - back * slope[i]!),
    );
    this.#points.add(0, x);
  }

  protected predict(): number {
    const { beta, h } = this;
    const theta = 1 / this.#order;
    const alpha = 1 / (theta * h);
    this.#points.evaluate(this.#points.count, this.t - this.#t0 + h, this.predicted);
    for (let i = 0; i < beta.length; i++) beta[i] = -alpha * this.#q[i]! + (1 / theta - 1) * this.#f[i]!;
    this.#alpha = alpha;
    return alpha;
  }

  /**
   * The polynomial of degree d through the last points misses by x⁽ᵈ⁺¹⁾/(d+1)! ∏ (t − tⱼ). The error of the methods is
   * h² x″/2 and h³ x‴/12. Behind the start the trapezoidal rule has but two points, a miss of h² x″/2, and takes that
   * for its error.
   */
  protected missToError(): number {
    const { h } = this;
    if (this.#points.count <= this.#order) return 1;
    const product = this.#points.product(this.t - this.#t0 + h);
    return this.#order === 1 ? (h * h) / product : (0.5 * h * h * h) / product;
  }

  protected rescale(ratio: number): void {
    this.h *= ratio;
  }

  protected shorten(error: number): void {
    this.h *= Math.max(0.1, 0.8 * error ** (-1 / (this.#order + 1)));
  }

  protected forget(): void {
    this.#points.keep(2);
  }

  protected lastAccepted(): Float64Array {
    return this.#points.last();
  }

  protected advance(t: number): void {
    const { q, parked, beyond } = this.corrector;
    // What the equation, where it is obeyed, says f is at the new point; 0 where there is no charge.
    for (let i = 0; i < q.length; i++) {
      const free = parked[i] === 0 && beyond[i] === 0;
      this.#f[i] = free ? -(this.#alpha * q[i]! + this.beta[i]!) : this.at.f[i]!;
    }
    this.#q.set(q);
    this.#points.add(t - this.#t0, this.x);
  }

  protected interpolate(t: number, out: Float64Array): void {
    this.#points.evaluate(this.#order + 1, t - this.#t0, out);
  }

  /** The step stays, and with it the factors, unless much is gained. */
  protected choose(): void {
    const ratio = Math.min(4, 0.85 * this.error ** (-1 / (this.#order + 1)), this.longest / this.h);
    if (ratio > 1.2) this.h *= ratio;
  }
}
