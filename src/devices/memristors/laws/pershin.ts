import type { MemristorPoint } from "./point.js";

interface PershinValues {
  readonly ron: number;
  readonly roff: number;
  readonly alpha: number;
  readonly beta: number;
  readonly vt: number;
  readonly eta: number;
}

/** The bipolar memristor with threshold, as it stands in the device's table of equations. */
export function pershin(x: number, v: number, values: PershinValues, at: MemristorPoint): void {
  const { ron, roff, alpha, beta, vt, eta } = values;
  const inside = Math.min(1, Math.max(0, x));
  const range = roff - ron;
  const r = ron + range * inside;
  at.i = v / r;
  at.i_v = 1 / r;
  at.i_x = inside === x ? (-at.i * range) / r : 0;

  const u = eta * v;
  const within = Math.min(vt, Math.max(-vt, u));
  const share = range === 0 ? 0 : 1 / range; // a resistance that has no range does not move
  at.rate = (beta * (u - within) + alpha * within) * share;
  at.rate_v = eta * (Math.abs(u) < vt ? alpha : beta) * share;
  at.rate_x = 0;
}
