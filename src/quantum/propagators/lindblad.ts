import type { AcceptedStep, Integrator } from "../../numerics/integrator.js";
import { dop853 } from "../../numerics/integrators/dop853.js";
import { extrapolation } from "../../numerics/integrators/extrapolation.js";
import type { ExplicitSystem } from "../../numerics/system.js";
import { type DensityMatrix, densityMatrix } from "../density-matrix.js";
import { breakpointsBetween, type Dynamics } from "../dynamics.js";
import { MasterEquation } from "../master-equation.js";
import { laidOut } from "../motion.js";
import { type Accuracy, type Carried, caught, type Observer, type Propagator } from "./propagator.js";
import { toleranceLimit, Watch } from "./watch.js";

/**
 * @param partOfStep each step is asked for this part of what the run may have: errors of steps add up, but a method's
 * estimate of them may be of lower order than the step and far too large
 */
const byIntegrator = (integrator: Integrator<ExplicitSystem>, partOfStep: number): Propagator => ({
  name: integrator.name,
  order: integrator.order,
  reference: integrator.reference,
  refuses: () => undefined,
  prepare(dynamics, accuracy) {
    const equation = new MasterEquation(laidOut(dynamics));
    return {
      carry: (rho, t0, times, observe) =>
        caught(carry(integrator, equation, dynamics, { ...accuracy, partOfStep }, rho, t0, times, observe)),
    };
  },
});

/** Any dynamics, smooth between breakpoints: Runge and Kutta's way at order 8 in the rotating frame. */
export const lindblad = byIntegrator(dop853, 0.5);
/** The same by extrapolation of varying order, for small registers. */
export const lindbladByExtrapolation = byIntegrator(extrapolation, 0.1);

function* carry(
  integrator: Integrator<ExplicitSystem>,
  equation: MasterEquation,
  dynamics: Dynamics,
  accuracy: Accuracy & { readonly partOfStep: number },
  start: DensityMatrix,
  t0: number,
  times: Float64Array,
  observe: Observer,
): Generator<undefined, Carried, undefined> {
  const end = times.at(-1) ?? t0;
  const shown = new Shown(equation, start, times, observe, toleranceLimit * accuracy.relative);
  shown.upTo(t0, () => start);
  let y = equation.packing.packed(start, t0);
  let steps = 0;
  const ends = end > t0 ? [...breakpointsBetween(dynamics, t0, end), end] : [];
  let from = t0;
  for (const to of ends) {
    const stretch = yield* integrator.integrate(
      equation,
      from,
      y,
      to,
      {
        relative: accuracy.partOfStep * accuracy.relative,
        maxStep: accuracy.maxStep ?? (end - t0) / 10,
        maxSteps: accuracy.maxSteps - steps,
      },
      (step) => shown.step(step, to),
    );
    if (stretch.outcome !== "reached") {
      if (stretch.outcome === "stopped" || stretch.outcome === "singular") throw new Error("Nothing stops here.");
      return { outcome: stretch.outcome, time: stretch.t };
    }
    steps += stretch.cost.steps;
    y = stretch.x;
    from = to;
  }
  const rho = densityMatrix(start.space);
  equation.packing.state(y, end, rho);
  return { outcome: "reached", rho, steps };
}

/** Shows the state at the times asked for, out of the steps that go over them. */
class Shown {
  #next = 0;
  readonly #y: Float64Array;
  readonly #rho: DensityMatrix;
  readonly #watch: Watch;

  constructor(
    readonly equation: MasterEquation,
    { space, size }: DensityMatrix,
    readonly times: Float64Array,
    readonly observe: Observer,
    limit: number,
  ) {
    this.#y = new Float64Array(equation.size);
    this.#rho = densityMatrix(space);
    this.#watch = new Watch(size, times.length, limit);
  }

  step({ t, h, x, interpolate }: AcceptedStep, end: number): undefined {
    // The end of the stretch is exact, the sum of steps is not.
    const last = t + h >= end * (1 - 1e-14) ? end : t + h;
    this.upTo(last, (at) => {
      if (at === last) this.equation.packing.state(x, at, this.#rho);
      else {
        interpolate(at, this.#y);
        this.equation.packing.state(this.#y, at, this.#rho);
      }
      return this.#rho;
    });
  }

  upTo(last: number, stateAt: (t: number) => DensityMatrix): void {
    for (; this.#next < this.times.length && this.times[this.#next]! <= last; this.#next++) {
      const at = this.times[this.#next]!;
      const rho = stateAt(at);
      this.#watch.look(at, rho);
      this.observe(at, rho);
    }
  }
}
