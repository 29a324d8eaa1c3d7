import type { AcceptedStep, Integrator } from "../../numerics/integrator.js";
import { chebyshev } from "../../numerics/integrators/chebyshev.js";
import { dop853 } from "../../numerics/integrators/dop853.js";
import { extrapolation } from "../../numerics/integrators/extrapolation.js";
import type { ExplicitSystem } from "../../numerics/system.js";
import { copyOf, type DensityMatrix, densityMatrix } from "../density-matrix.js";
import { breakpointsBetween, type Dynamics } from "../dynamics.js";
import { isConstant, Liouvillian, suitsExponential } from "../liouvillian.js";
import { MasterEquation } from "../master-equation.js";
import { laidOut } from "../motion.js";
import type { Coordinates } from "../packing.js";
import {
  type Accuracy,
  type Carried,
  type Carrier,
  caught,
  type Observer,
  type Propagator,
  type Tally,
} from "./propagator.js";
import { toleranceLimit, Watch } from "./watch.js";

/** What there is to integrate, and how its unknowns tell a state. */
interface Equation {
  readonly size: number;
  readonly coordinates: Coordinates;
}

/**
 * @param partOfStep each step is asked for this part of what the run may have: errors of steps add up, but a method's
 * estimate of them may be of lower order than the step and far too large
 */
const carrier = <P, E extends P & Equation>(
  integrator: Integrator<P>,
  equation: E,
  dynamics: Dynamics,
  accuracy: Accuracy,
  partOfStep: number,
): Carrier => ({
  carry: (rho, t0, times, observe, tally) =>
    caught(carry(integrator, equation, dynamics, { ...accuracy, partOfStep }, rho, t0, times, observe, tally)),
});

const byIntegrator = (integrator: Integrator<ExplicitSystem>, partOfStep: number): Propagator => ({
  name: integrator.name,
  order: integrator.order,
  reference: integrator.reference,
  refuses: () => undefined,
  prepare: (dynamics, accuracy) =>
    carrier(integrator, new MasterEquation(laidOut(dynamics)), dynamics, accuracy, partOfStep),
});

/** Smooth between breakpoints: Runge and Kutta's way at order 8 in the rotating frame. */
export const lindbladByRungeKutta = byIntegrator(dop853, 0.5);
/** The same by extrapolation of varying order, for small registers. */
export const lindbladByExtrapolation = byIntegrator(extrapolation, 0.1);

/** What never changes in time: by the exponential of a sparse matrix. */
export const lindbladByChebyshev: Propagator = {
  name: chebyshev.name,
  order: chebyshev.order,
  reference: chebyshev.reference,
  refuses: (dynamics) => (isConstant(laidOut(dynamics)) ? undefined : "a coefficient or a rate changes in time"),
  prepare(dynamics, accuracy) {
    const motion = laidOut(dynamics);
    if (!isConstant(motion)) throw new Error("A coefficient or a rate changes in time.");
    return carrier(chebyshev, new Liouvillian(dynamics, motion), dynamics, accuracy, 1);
  },
};

/** Any dynamics, each by what is quickest. */
export const lindblad: Propagator = {
  ...lindbladByRungeKutta,
  name: "lindblad",
  prepare(dynamics, accuracy) {
    const motion = laidOut(dynamics);
    const quickest =
      isConstant(motion) && suitsExponential(dynamics, motion) ? lindbladByChebyshev : lindbladByRungeKutta;
    return quickest.prepare(dynamics, accuracy);
  },
};

function* carry<P, E extends P & Equation>(
  integrator: Integrator<P>,
  equation: E,
  dynamics: Dynamics,
  accuracy: Accuracy & { readonly partOfStep: number },
  start: DensityMatrix,
  t0: number,
  times: Float64Array,
  observe: Observer,
  tally: Tally = { steps: 0 },
): Generator<undefined, Carried, undefined> {
  const end = times.at(-1) ?? t0;
  const shown = new Shown(equation, start, times, observe, toleranceLimit * accuracy.relative);
  shown.upTo(t0, () => start);
  let y = equation.coordinates.packed(start, t0);
  let spent = 0;
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
        maxSteps: accuracy.maxSteps - spent,
      },
      (step) => {
        tally.steps++;
        shown.step(step, to);
        return undefined;
      },
    );
    if (stretch.outcome !== "reached") {
      if (stretch.outcome === "stopped" || stretch.outcome === "singular") throw new Error("Nothing stops here.");
      return { outcome: stretch.outcome, time: stretch.t };
    }
    spent += stretch.cost.steps;
    y = stretch.x;
    from = to;
  }
  return { outcome: "reached", rho: copyOf(ends.length > 0 ? shown.state : start) };
}

/** Shows the state at the times asked for, out of the steps that go over them. */
class Shown {
  #next = 0;
  /** That of the last time that was shown, once there were steps. */
  readonly state: DensityMatrix;
  readonly #y: Float64Array;
  readonly #watch: Watch;

  constructor(
    readonly equation: Equation,
    { space, size }: DensityMatrix,
    readonly times: Float64Array,
    readonly observe: Observer,
    limit: number,
  ) {
    this.#y = new Float64Array(equation.size);
    this.state = densityMatrix(space);
    this.#watch = new Watch(size, times.length, limit);
  }

  step({ t, h, x, interpolate }: AcceptedStep, end: number): void {
    // The end of the stretch is exact, the sum of steps is not.
    const last = t + h >= end * (1 - 1e-14) ? end : t + h;
    this.upTo(last, (at) => {
      if (at === last) this.equation.coordinates.state(x, at, this.state);
      else {
        interpolate(at, this.#y);
        this.equation.coordinates.state(this.#y, at, this.state);
      }
      return this.state;
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
