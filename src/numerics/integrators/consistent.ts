import { differentiated, holdsCharge, type Linearized } from "../conditioning.js";
import type { Cost, Failed, StepControl } from "../integrator.js";
import { interior } from "../interior.js";
import { clip, type Found, newton, newtonWorkspace, type Workspace } from "../newton.js";
import { measure, Tolerance } from "../step-control.js";
import type { System } from "../system.js";

/** Where a stretch of time truly begins. */
export interface Start {
  readonly outcome: "begun";
  readonly x: Float64Array; // size n
  readonly slope: Float64Array; // size n: dx/dt; 0 where `differentiated`
  readonly q: Float64Array; // size n: the charges, as they were before
  readonly current: Float64Array; // size n: f; minus the rate of q
  /** size n: 1 for an unknown that is fixed by the derivative of others, as the current of a capacitor at a source */
  readonly differentiated: Uint8Array;
  readonly cost: Cost;
}

/** The first of the two small steps, as part of the time in which things may happen. */
const instant = 1e-7;
/** How much a charge may change over an instant, relative to its unknown: what is left of it is its square. */
const still = 1e-6;
const tries = 6;

/**
 * Finds x just after t0 with the charges that x0 has: after a jump of a source, voltages and currents that no charge
 * holds are not what they were. Two steps of implicit Euler over an instant ε and extrapolation back to t0 keep the
 * charges to O(ε²). A capacitor across a source that jumps takes the impulse in the first step and shows its ordinary
 * current in the second, which is kept for unknowns of that kind.
 */
export function consistent(
  system: System,
  t0: number,
  x0: Float64Array,
  t1: number,
  { relative, maxStep }: Pick<StepControl, "relative" | "maxStep"> = { relative: 1e-6, maxStep: Infinity },
): Start | Failed {
  const space = newtonWorkspace(system);
  const tolerance = new Tolerance(system, relative);
  const inside = interior(t0, t1);
  const horizon = Math.min(maxStep, t1 - t0);
  const first = slate(x0);
  const second = slate(x0);
  system.load(inside(t0), x0, space.at);
  first.q.set(space.at.q);
  let epsilon = Math.min(Math.max(instant * horizon, 1e-9 * Math.abs(t0)), 1e-3 * horizon);
  const cost: Cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };
  let good: { readonly epsilon: number; readonly first: Float64Array; readonly second: Float64Array } | undefined;
  for (let k = 1; ; k++) {
    first.x.set(x0);
    let found = euler(space, inside(t0 + epsilon), epsilon, first, cost);
    if (found.outcome === "found") {
      system.load(inside(t0 + epsilon), first.x, space.at);
      second.q.set(space.at.q);
      second.x.set(first.x);
      found = euler(space, inside(t0 + 2 * epsilon), epsilon, second, cost);
    }
    if (found.outcome === "found") {
      tolerance.see(first.x);
      const change = changeOfDynamic(space, tolerance, first.x, second.x) * relative;
      good = { epsilon, first: first.x.slice(), second: second.x.slice() };
      if (change <= still || k === tries) break;
      epsilon *= Math.max(1e-4, (0.1 * still) / change);
    } else if (good !== undefined) {
      break; // over so short an instant the charges drown all else: what was found over a longer one must do
    } else if (k < tries) epsilon *= 1e-4;
    else return { ...found, t: t0, x: x0, cost };
  }
  return extrapolated(space, tolerance, inside(t0), good.epsilon, good.first, good.second, cost);
}

interface Slate {
  readonly x: Float64Array; // size n: guess, then solution
  readonly q: Float64Array; // size n: the charges to start from
}

const slate = (x: Float64Array): Slate => ({ x: x.slice(), q: new Float64Array(x.length) });

/** (q(x) − q)/ε + f(t, x) = 0 */
function euler(space: Workspace, t: number, epsilon: number, { x, q }: Slate, cost: Cost): Found {
  const before = space.matrix.factorizations;
  const beta = q.map((charge) => -charge / epsilon);
  const found = newton(space, { t, alpha: 1 / epsilon, beta }, x, { relative: 1e-9, maxIterations: 100 });
  cost.iterations += found.iterations;
  cost.factorizations += space.matrix.factorizations - before;
  return found;
}

/** How much unknowns that hold a charge changed, in their tolerance. */
function changeOfDynamic({ system, at }: Workspace, { weight }: Tolerance, x1: Float64Array, x2: Float64Array): number {
  const change = x1.map((x, j) => (holdsCharge(system.pattern, at, j) ? x2[j]! - x : 0));
  return measure(weight, change);
}

function extrapolated(
  space: Workspace,
  { weight }: Tolerance,
  t0: number,
  epsilon: number,
  x1: Float64Array,
  x2: Float64Array,
  cost: Cost,
): Start {
  const { system } = space;
  const mask = new Uint8Array(x1.length);
  differentiated(linearized(space), 1 / (64 * epsilon), weight, mask);
  const slope = x1.map((x, i) => (mask[i] === 1 ? 0 : (x2[i]! - x) / epsilon));
  const x = x1.map((x, i) => (mask[i] === 1 ? x2[i]! : 2 * x - x2[i]!));
  clip(system, x);
  system.load(t0, x, space.at);
  const { q, f } = space.at;
  return { outcome: "begun", x, slope, q, current: f, differentiated: mask, cost };
}

/** The workspace's last load and matrix, for a look at how the unknowns depend on each other. */
function linearized({ system, at, matrix, shape, values }: Workspace): Linearized {
  return {
    pattern: system.pattern,
    at,
    matrix,
    factor(alpha) {
      for (let e = 0; e < at.C.length; e++) values[shape.place[e]!] = at.G[e]! + alpha * at.C[e]!;
      return matrix.factor(values) === undefined;
    },
  };
}
