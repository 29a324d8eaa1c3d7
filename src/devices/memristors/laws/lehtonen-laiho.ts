import { growthBoth, growthBothSlope, growthLessOne, growthSlope } from "./exponentials.js";
import type { MemristorPoint } from "./point.js";
import { followVoltage, slowByWindow, slowInLogit, takeLogit, turn, type WindowValues } from "./windowed.js";

interface LehtonenLaihoValues extends WindowValues {
  readonly a: number;
  readonly m: number;
  readonly n: number;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly chi: number;
}

/** i = xⁿ·beta·sinh(alpha·v) + chi·(exp(gamma·v) − 1) */
function conductNonlinearly(x: number, u: number, values: LehtonenLaihoValues, at: MemristorPoint): void {
  const { n, beta, alpha, chi, gamma } = values;
  const inside = Math.min(1, Math.max(0, x));
  const below = inside ** (n - 1);
  const curve = beta * growthBoth(alpha * u);
  at.i = below * inside * curve + chi * growthLessOne(gamma * u);
  at.i_v = below * inside * beta * alpha * growthBothSlope(alpha * u) + chi * gamma * growthSlope(gamma * u);
  at.i_x = inside === x ? n * below * curve : 0;
}

/** The same, and dx/dt = a·v^m without a window. */
function driftNonlinearly(x: number, v: number, values: LehtonenLaihoValues, at: MemristorPoint): void {
  const { a, m, eta } = values;
  const u = eta * v;
  conductNonlinearly(x, u, values, at);
  turn(eta, at);
  const rate = a * Math.abs(u) ** (m - 1);
  at.rate = rate * u;
  at.rate_v = m * rate;
  followVoltage(eta, at);
}

/** The law by x. */
export function lehtonenLaiho(x: number, v: number, values: LehtonenLaihoValues, at: MemristorPoint): void {
  driftNonlinearly(x, v, values, at);
  slowByWindow(x, values, at);
}

/** The same by the logit of x. */
export function lehtonenLaihoByLogit(y: number, v: number, values: LehtonenLaihoValues, at: MemristorPoint): void {
  takeLogit(y, at);
  driftNonlinearly(at.x, v, values, at);
  slowInLogit(values, at);
}

/** What `lehtonenLaiho` gives as the current, alone. */
export function lehtonenLaihoCurrent(x: number, v: number, values: LehtonenLaihoValues, at: MemristorPoint): void {
  conductNonlinearly(x, values.eta * v, values, at);
  turn(values.eta, at);
}

/** What `lehtonenLaihoByLogit` gives as the current, alone. */
export function lehtonenLaihoByLogitCurrent(
  y: number,
  v: number,
  values: LehtonenLaihoValues,
  at: MemristorPoint,
): void {
  takeLogit(y, at);
  lehtonenLaihoCurrent(at.x, v, values, at);
}
