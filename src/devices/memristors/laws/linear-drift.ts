import type { MemristorPoint } from "./point.js";
import { followCurrent, slowByWindow, slowInLogit, takeLogit, turn, type WindowValues } from "./windowed.js";

interface LinearDriftValues extends WindowValues {
  readonly ron: number;
  readonly roff: number;
  readonly uv: number;
  readonly d: number;
}

/** v = (ron·x + roff·(1 − x))·i */
function conductLinearly(x: number, rest: number, v: number, values: LinearDriftValues, at: MemristorPoint): void {
  const { ron, roff } = values;
  const isOut = x < 0 || x > 1;
  const r = isOut ? (x < 0 ? roff : ron) : ron * x + roff * rest;
  at.i = v / r;
  at.i_v = 1 / r;
  at.i_x = isOut ? 0 : (at.i * (roff - ron)) / r;
}

/** The same, and dx/dt = uv·ron/d²·i without a window. */
function driftLinearly(x: number, rest: number, v: number, values: LinearDriftValues, at: MemristorPoint): void {
  const { ron, uv, d, eta } = values;
  conductLinearly(x, rest, eta * v, values, at);
  turn(eta, at);
  at.rate_v = (uv * ron) / (d * d); // 1/C
  at.rate = at.rate_v * (eta * at.i);
  followCurrent(eta, at);
}

/** Linear drift by x. */
export function linearDrift(x: number, v: number, values: LinearDriftValues, at: MemristorPoint): void {
  driftLinearly(x, 1 - x, v, values, at);
  slowByWindow(x, values, at);
}

/** The same by the logit of x. */
export function linearDriftByLogit(y: number, v: number, values: LinearDriftValues, at: MemristorPoint): void {
  takeLogit(y, at);
  driftLinearly(at.x, at.rest, v, values, at);
  slowInLogit(values, at);
}

/** What `linearDrift` gives as the current, alone. */
export function linearDriftCurrent(x: number, v: number, values: LinearDriftValues, at: MemristorPoint): void {
  conductLinearly(x, 1 - x, values.eta * v, values, at);
  turn(values.eta, at);
}

/** What `linearDriftByLogit` gives as the current, alone. */
export function linearDriftByLogitCurrent(y: number, v: number, values: LinearDriftValues, at: MemristorPoint): void {
  takeLogit(y, at);
  conductLinearly(at.x, at.rest, values.eta * v, values, at);
  turn(values.eta, at);
}
