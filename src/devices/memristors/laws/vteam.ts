import { conductFilm, driftBeyond, type FilmValues, slowInFilm } from "./film.js";
import type { MemristorPoint } from "./point.js";
import { followVoltage, slowInLogit, takeLogit, turn } from "./windowed.js";

interface VteamValues extends FilmValues {
  readonly von: number;
  readonly voff: number;
  readonly kon: number;
  readonly koff: number;
  readonly alphaon: number;
  readonly alphaoff: number;
  readonly won: number;
  readonly woff: number;
}

/** The film of VTEAM, and its drift beyond thresholds in voltage without a window. */
function moveVteam(x: number, v: number, values: VteamValues, at: MemristorPoint): void {
  const { eta, von, voff, kon, koff, alphaon, alphaoff, won, woff } = values;
  conductFilm(x, eta * v, values, at);
  turn(eta, at);
  const u = eta * v;
  const width = woff - won;
  at.rate = 0;
  at.rate_v = 0;
  if (u > voff) driftBeyond(u, voff, koff, width, alphaoff, at);
  else if (u < von) driftBeyond(u, von, kon, width, alphaon, at);
  followVoltage(eta, at);
}

/** VTEAM by x. */
export function vteam(x: number, v: number, values: VteamValues, at: MemristorPoint): void {
  moveVteam(x, v, values, at);
  slowInFilm(x, values.won, values.woff, values, at);
}

/** The same by the logit of x. */
export function vteamByLogit(y: number, v: number, values: VteamValues, at: MemristorPoint): void {
  takeLogit(y, at);
  moveVteam(at.x, v, values, at);
  slowInLogit(values, at);
}
