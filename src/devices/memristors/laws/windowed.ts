import type { MemristorPoint } from "./point.js";
import { evaluateInner, evaluateWindow } from "./windows.js";

// What laws with a window have in common: i = η·I(x, η·v), dx/dt = g(η·u)·f(x), u = v or i. They write I and g, with
// their slopes by x, v and by what drives, in the places of the current and the rate, and then say what comes to them.

/** What every device with a window can be given. */
export interface WindowValues {
  readonly eta: number;
  readonly window: number;
  readonly p: number;
  readonly j: number;
}

/** The current of a device that is turned round by η = −1. */
export function turn(eta: number, at: MemristorPoint): void {
  at.i *= eta;
  at.i_x *= eta;
}

/** The slopes of a drift that the current drives. */
export function followCurrent(eta: number, at: MemristorPoint): void {
  const g_u = at.rate_v;
  at.rate_v = eta * g_u * at.i_v;
  at.rate_x = eta * g_u * at.i_x;
}

/** The slopes of a drift that the voltage drives. */
export function followVoltage(eta: number, at: MemristorPoint): void {
  at.rate_v *= eta;
  at.rate_x = 0;
}

/** The drift times what the window leaves of it. */
export function slow(at: MemristorPoint): void {
  at.rate_x = at.rate_x * at.f + at.rate * at.f_x;
  at.rate_v *= at.f;
  at.rate *= at.f;
}

/** The drift under the window, at x. */
export function slowByWindow(x: number, values: WindowValues, at: MemristorPoint): void {
  evaluateWindow(values.window, x, at.rate, values.p, values.j, at);
  slow(at);
}

/** Writes x and 1 − x for y = ln(x/(1 − x)). */
export function takeLogit(y: number, at: MemristorPoint): void {
  const e = Math.exp(-Math.abs(y));
  const larger = 1 / (1 + e);
  const smaller = e * larger;
  at.x = y < 0 ? smaller : larger;
  at.rest = y < 0 ? larger : smaller;
}

/** dy/dt, and slopes by y, under a window that closes at both walls. */
export function slowInLogit(values: WindowValues, at: MemristorPoint): void {
  const s = at.x * at.rest; // dx/dy
  evaluateInner(values.window, s, values.p, values.j, at);
  at.i_x *= s;
  at.rate_x = at.rate_x * s * at.f + at.rate * at.f_x * s * (at.rest - at.x);
  at.rate_v *= at.f;
  at.rate *= at.f;
}
