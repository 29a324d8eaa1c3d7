import { growth, growthBoth, growthBothSlope, growthSlope } from "./exponentials.js";
import type { MemristorPoint } from "./point.js";
import type { WindowPoint } from "./windows.js";

interface YakopcicValues {
  readonly a1: number;
  readonly a2: number;
  readonly b: number;
  readonly vp: number;
  readonly vn: number;
  readonly ap: number;
  readonly an: number;
  readonly xp: number;
  readonly xn: number;
  readonly alphap: number;
  readonly alphan: number;
  readonly eta: number;
}

/** How much of the drift is left with `rest` to the wall ahead. With edge = 1 nothing slows the state before the wall itself. */
function slowBeyond(rest: number, edge: number, alpha: number, way: number, at: WindowPoint): void {
  const range = 1 - edge;
  at.f = 1;
  at.f_x = 0;
  if (range <= 0 || rest > range) return;
  const e = Math.exp(alpha * (rest - range)) / range;
  at.f = e * rest;
  at.f_x = way * e * (1 + alpha * rest);
}

/** Yakopcic's model, as it stands in the device's table of equations. */
export function yakopcic(x: number, v: number, values: YakopcicValues, at: MemristorPoint): void {
  const { a1, a2, b, eta } = values;
  const inside = Math.min(1, Math.max(0, x));
  const a = v < 0 ? a2 : a1;
  const curve = a * growthBoth(b * v);
  at.i = curve * inside;
  at.i_v = a * b * growthBothSlope(b * v) * inside;
  at.i_x = inside === x ? curve : 0;

  const { vp, vn, ap, an } = values;
  let g = 0;
  let g_v = 0;
  if (v > vp) {
    g = ap * (growth(v) - Math.exp(vp));
    g_v = ap * growthSlope(v);
  } else if (v < -vn) {
    g = -an * (growth(-v) - Math.exp(vn));
    g_v = an * growthSlope(-v);
  }
  const { xp, xn, alphap, alphan } = values;
  if (eta * v > 0) slowBeyond(1 - inside, xp, alphap, -1, at);
  else slowBeyond(inside, xn, alphan, 1, at);
  at.rate = eta * g * at.f;
  at.rate_v = eta * g_v * at.f;
  at.rate_x = inside === x ? eta * g * at.f_x : 0;
}
