import type { TransientCard } from "../circuit/circuit.js";
import { addCost } from "../numerics/integrator.js";
import type { Method } from "./method.js";

/** So many steps in a row tell that a circuit is not stiff. */
const enough = 40;
/** An explicit step of order 8 takes about as long as an implicit one, and is stable up to twice as many fastest motions. */
const stable = 2;
/** What is so many times faster than a row is not to be followed. */
const fastestOfRow = 8;

/** An explicit method, and the largest |λ| of the circuit's eigenvalues, 1/s. */
interface Explicit {
  readonly method: Method;
  readonly fastest: number;
}

/**
 * An implicit method until its steps turn out to be no longer than explicit ones can be, as on a line without losses, whose
 * oscillations have to be followed: from there on the explicit one, which does not solve. It is asked for when there have
 * been many steps in a row that are shorter than a row of the result.
 */
export function whileStiff(implicit: Method, card: TransientCard, explicitOf: () => Explicit | undefined): Method {
  let explicit: Method | undefined;
  let longest: number | undefined; // s: what tells that it is not stiff
  const ask = (): number => {
    const found = explicitOf();
    if (found === undefined || found.fastest * card.step > fastestOfRow) return 0;
    explicit = found.method;
    return stable / found.fastest;
  };
  let taken: Method | undefined;
  const now = (): Method => taken ?? implicit;
  return {
    get name() {
      return taken === undefined ? implicit.name : `${implicit.name}, then ${taken.name}`;
    },
    begin: (t, x0, end) => now().begin(t, x0, end),
    *integrate(t, x, end, maxSteps, observe) {
      if (taken !== undefined) return yield* taken.integrate(t, x, end, maxSteps, observe);
      const steps: number[] = []; // the last ones
      const stretch = yield* implicit.integrate(t, x, end, maxSteps, (step) => {
        const stop = observe(step);
        if (stop !== undefined) return stop;
        if (steps.push(step.h) > enough) steps.shift();
        const most = steps.length < enough ? Infinity : Math.max(...steps);
        if (!(most < card.step)) return undefined;
        longest ??= ask();
        if (most < longest) taken = explicit;
        return taken && step.t + step.h;
      });
      if (now() === implicit || stretch.outcome !== "stopped" || stretch.t >= end) return stretch;
      const { cost } = stretch;
      const rest = yield* now().integrate(stretch.t, stretch.x, end, maxSteps - cost.steps - cost.rejected, observe);
      addCost(rest.cost, cost);
      return rest;
    },
    fallback: () => now().fallback(),
  };
}
