import { differentiated, holdsCharge, type Linearized, rounding } from "../conditioning.js";
import type { Cost, Failed, StepControl } from "../integrator.js";
import { interior } from "../interior.js";
import { clip, type Found, newton, newtonWorkspace, type Workspace } from "../newton.js";
import { newtonByFactors } from "../newton-by-factors.js";
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

/** The first of the two small steps, as part of the time in which things may happen; and the longest that is taken. */
const instant = { first: 1e-7, longest: 1e-3 };
/**
 * An instant has so many times the last digits of the time, by which its ends are moved in: else source and slope would
 * be those digits. But a part of the stretch at most.
 */
const resolved = { digits: 16, ofSpan: 1 / 8 };
/** How much a charge may change over an instant, relative to its unknown: what is left of it is its square. */
const still = 1e-6;
const tries = 6;
/**
 * What differs from before by no more than so many times what rounding makes of it is as it was, if that is a part of
 * its tolerance worth speaking of.
 */
const same = { margin: 10, part: 1e-3 };

/** The two steps over an instant. */
interface Pair {
  readonly epsilon: number; // s
  readonly first: Float64Array; // size n: x at t0 + ε
  readonly second: Float64Array; // size n: x at t0 + 2 ε
  readonly noise: Float64Array; // size n: what rounding makes of either
  /** size n: 1 for an unknown in whose first value there is an impulse */
  readonly impulse: Uint8Array;
  /** How much unknowns that hold a charge change, relative to themselves. */
  readonly change: number;
}

/**
 * Finds x just after t0 with the charges that x0 has: after a jump of a source, voltages and currents that no charge
 * holds are not what they were. Two steps of implicit Euler over an instant ε and extrapolation back to t0 keep the
 * charges to O(ε²). A capacitor across a source that jumps takes the impulse in the first step and shows its ordinary
 * current in the second, which is kept for unknowns of that kind.
 *
 * The instant is shortened until charges stand still over it, and made longer where their last digits, divided by it,
 * drown what determines an unknown, as a small conductance does the voltage that two nodes of a capacitor have in common.
 * It is never so short that the time has no digits for it.
 */
export function consistent(
  system: System,
  t0: number,
  x0: Float64Array,
  t1: number,
  { relative, maxStep, kept }: Pick<StepControl, "relative" | "maxStep" | "kept"> = {
    relative: 1e-6,
    maxStep: Infinity,
  },
): Start | Failed {
  const space = kept?.space ?? newtonWorkspace(system);
  if (kept !== undefined) kept.space = space;
  const tolerance = new Tolerance(system, relative);
  const inside = interior(t0, t1);
  const horizon = Math.min(maxStep, t1 - t0);
  const digits = 16 * Number.EPSILON * Math.max(Math.abs(t0), Math.abs(t1));
  const shortest = Math.min(resolved.digits * digits, resolved.ofSpan * horizon);
  const longest = Math.max(instant.longest * horizon, shortest);
  const cost: Cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };
  system.load(inside(t0), x0, space.at);
  const q0 = space.at.q.slice();
  let epsilon = Math.min(Math.max(instant.first * horizon, 1e-9 * Math.abs(t0), shortest), longest);
  let good: Pair | undefined;
  for (let k = 1; ; k++) {
    const pair = twoSteps(space, tolerance, relative, inside, t0, epsilon, x0, q0, cost);
    if ("outcome" in pair) {
      if (good !== undefined) break; // over so short an instant the charges drown all else: a longer one must do
      if (k >= tries) return { ...pair, t: t0, x: x0, cost };
      epsilon *= 1e-4;
      continue;
    }
    const isLonger = good !== undefined && pair.epsilon > good.epsilon;
    if (good !== undefined && isLonger && pair.change > 10 * mostOf(relative)) break;
    good = pair;
    const next = nextInstant(pair, measure(tolerance.weight, pair.noise), shortest, longest, mostOf(relative));
    // One that had to be made longer is not made shorter again.
    if (k === tries || next === undefined || (isLonger && next < epsilon)) break;
    epsilon = next;
  }
  return extrapolated(space, tolerance, inside(t0), good, x0, cost);
}

/** A better instant; undefined if this one will do. */
function nextInstant(
  { epsilon, change }: Pair,
  noise: number,
  shortest: number,
  longest: number,
  most: number,
): number | undefined {
  if (noise > 1) {
    const next = Math.min(longest, epsilon * Math.min(10 * noise, most / change));
    return next > 2 * epsilon ? next : undefined;
  }
  const next = Math.max(shortest, epsilon * Math.max(1e-4, (0.1 * still) / change));
  return change > still && next < epsilon / 2 ? next : undefined;
}

/** How much a charge may change over an instant that had to be made longer: its square is a part of the tolerance. */
const mostOf = (relative: number): number => 0.1 * Math.sqrt(relative);

function twoSteps(
  space: Workspace,
  tolerance: Tolerance,
  relative: number,
  inside: (t: number) => number,
  t0: number,
  epsilon: number,
  x0: Float64Array,
  q0: Float64Array,
  cost: Cost,
): Pair | Exclude<Found, { readonly outcome: "found" }> {
  const { system, at } = space;
  const first = { x: x0.slice(), q: q0 };
  const begun = euler(space, inside(t0 + epsilon), epsilon, first, cost);
  if (begun.outcome !== "found") return begun;
  system.load(inside(t0 + epsilon), first.x, at);
  const second = { x: first.x.slice(), q: at.q.slice() };
  const found = euler(space, inside(t0 + 2 * epsilon), epsilon, second, cost, newtonByFactors);
  if (found.outcome !== "found") return found;
  tolerance.see(second.x); // the first may hold an impulse
  const noise = new Float64Array(x0.length);
  rounding({ pattern: system.pattern, at, matrix: space.matrix }, 1 / epsilon, second.x, noise);
  const change = changeOfDynamic(space, tolerance, first.x, second.x) * relative;
  const impulse = jolted(space, tolerance, first.x, second.x);
  if (impulse.includes(1)) {
    system.load(inside(t0 + 2 * epsilon), second.x, at);
    const third = { x: second.x.slice(), q: at.q.slice() };
    const after = euler(space, inside(t0 + 3 * epsilon), epsilon, third, cost);
    if (after.outcome === "found") keepSudden(impulse, first.x, second.x, third.x);
  }
  return { epsilon, first: first.x, second: second.x, noise, impulse, change };
}

/** size n: 1 for an unknown of which the second step leaves little. */
function jolted({ system, at }: Workspace, { weight }: Tolerance, x1: Float64Array, x2: Float64Array): Uint8Array {
  const out = new Uint8Array(x1.length);
  for (let i = 0; i < out.length; i++) {
    const isMost = Math.abs(x1[i]! - x2[i]!) > 10 * (Math.abs(x2[i]!) + weight[i]!);
    if (isMost && !holdsCharge(system.pattern, at, i)) out[i] = 1;
  }
  return out;
}

/** An impulse is over after the first step: what goes on in the third as in the second just passes through 0. */
function keepSudden(impulse: Uint8Array, x1: Float64Array, x2: Float64Array, x3: Float64Array): void {
  for (let i = 0; i < impulse.length; i++) {
    if (Math.abs(x3[i]! - x2[i]!) > 0.5 * Math.abs(x2[i]! - x1[i]!)) impulse[i] = 0;
  }
}

interface Slate {
  readonly x: Float64Array; // size n: guess, then solution
  readonly q: Float64Array; // size n: the charges to start from
}

/** (q(x) − q)/ε + f(t, x) = 0; first as `quickly` has it, if that gets anywhere */
function euler(
  space: Workspace,
  t: number,
  epsilon: number,
  { x, q }: Slate,
  cost: Cost,
  quickly?: typeof newtonByFactors,
): Found {
  const before = space.matrix.factorizations;
  const equation = { t, alpha: 1 / epsilon, beta: q.map((charge) => -charge / epsilon) };
  const control = { relative: 1e-9, maxIterations: 100 };
  const found = quickly?.(space, equation, x, control) ?? newton(space, equation, x, control);
  cost.iterations += found.iterations;
  cost.factorizations += space.matrix.factorizations - before;
  return found;
}

/** How much unknowns that hold a charge changed, in their tolerance. */
function changeOfDynamic({ system, at }: Workspace, { weight }: Tolerance, x1: Float64Array, x2: Float64Array): number {
  const change = new Float64Array(x1.length);
  for (let j = 0; j < change.length; j++) if (holdsCharge(system.pattern, at, j)) change[j] = x2[j]! - x1[j]!;
  return measure(weight, change);
}

function extrapolated(
  space: Workspace,
  { weight }: Tolerance,
  t0: number,
  { epsilon, first: x1, second: x2, noise, impulse }: Pair,
  x0: Float64Array,
  cost: Cost,
): Start {
  const { system } = space;
  const mask = new Uint8Array(x1.length);
  differentiated(linearized(space), 1 / (64 * epsilon), weight, mask);
  for (let i = 0; i < mask.length; i++) if (impulse[i] === 1) mask[i] = 1;
  const slope = x1.map((x, i) => (mask[i] === 1 ? 0 : (x2[i]! - x) / epsilon));
  const x = x1.map((x, i) => {
    if (mask[i] === 1) return x2[i]!;
    const now = 2 * x - x2[i]!;
    const drowned = noise[i]! > same.part * weight[i]! && Math.abs(now - x0[i]!) <= same.margin * noise[i]!;
    return drowned ? x0[i]! : now;
  });
  clip(system, x);
  system.load(t0, x, space.at);
  const { q, f } = space.at;
  return { outcome: "begun", x, slope, q, current: ofCharged(space, f), differentiated: mask, cost };
}

/** f in the rows that hold a charge. Else it is 0 right after t0, also where a law jumps at t0 and rounding chose the side. */
function ofCharged({ system, at: { C } }: Workspace, f: Float64Array): Float64Array {
  const current = new Float64Array(f.length);
  const { row } = system.pattern;
  for (let e = 0; e < row.length; e++) if (C[e] !== 0) current[row[e]!] = f[row[e]!]!;
  return current;
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
