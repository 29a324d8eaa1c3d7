import { conductFilm, driftBeyond, type FilmValues, slowInFilm } from "./film.js";
import type { MemristorPoint } from "./point.js";
import { followCurrent, slowInLogit, takeLogit, turn } from "./windowed.js";

interface TeamValues extends FilmValues {
  readonly ion: number;
  readonly ioff: number;
  readonly kon: number;
  readonly koff: number;
  readonly alphaon: number;
  readonly alphaoff: number;
  readonly xon: number;
  readonly xoff: number;
}

/** The film of TEAM, and its drift beyond thresholds in current without a window. */
function moveTeam(x: number, v: number, values: TeamValues, at: MemristorPoint): void {
  const { eta, ion, ioff, kon, koff, alphaon, alphaoff, xon, xoff } = values;
  conductFilm(x, eta * v, values, at);
  turn(eta, at);
  const u = eta * at.i;
  const width = xoff - xon;
  at.rate = 0;
  at.rate_v = 0;
  if (u > ioff) driftBeyond(u, ioff, koff, width, alphaoff, at);
  else if (u < ion) driftBeyond(u, ion, kon, width, alphaon, at);
  followCurrent(eta, at);
}

/** TEAM by x. */
export function team(x: number, v: number, values: TeamValues, at: MemristorPoint): void {
  moveTeam(x, v, values, at);
  slowInFilm(x, values.xon, values.xoff, values, at);
}

/** The same by the logit of x. */
export function teamByLogit(y: number, v: number, values: TeamValues, at: MemristorPoint): void {
  takeLogit(y, at);
  moveTeam(at.x, v, values, at);
  slowInLogit(values, at);
}
