import type { MemristorPoint } from "./point.js";
import { slow, slowByWindow, takeLogit, turn, type WindowValues } from "./windowed.js";
import { evaluateEdges, kvatinsky } from "./windows.js";

/** What TEAM and VTEAM both know of their film. */
export interface FilmValues extends WindowValues {
  readonly ron: number;
  readonly roff: number;
  readonly ivrelation: number;
  readonly clamp: number;
  readonly aon: number;
  readonly aoff: number;
  readonly wc: number;
}

/** How far below `ron` a resistance may fall where the state is not clamped. */
const least = 1e-3;

/** i = u/R(x), which is ron at x = 0 and roff at x = 1. A state beyond its ends has the resistance of the end. */
export function conductFilm(x: number, u: number, values: FilmValues, at: MemristorPoint): void {
  const { ron, roff, ivrelation, clamp } = values;
  const state = clamp === 0 ? Math.min(1, Math.max(0, x)) : x;
  let r_x = roff - ron;
  let r = ron + r_x * state;
  if (ivrelation === 1) {
    const lambda = Math.log(roff / ron);
    r = ron * Math.exp(lambda * Math.min(10, Math.max(-10, state)));
    r_x = lambda * r;
  }
  if (r < least * ron) {
    r = least * ron;
    r_x = 0;
  }
  at.i = u / r;
  at.i_v = 1 / r;
  at.i_x = state === x ? (-at.i * r_x) / r : 0;
}

/** The current of a film, by x. */
export function filmCurrent(x: number, v: number, values: FilmValues, at: MemristorPoint): void {
  conductFilm(x, values.eta * v, values, at);
  turn(values.eta, at);
}

/** The same by the logit of x. */
export function filmByLogitCurrent(y: number, v: number, values: FilmValues, at: MemristorPoint): void {
  takeLogit(y, at);
  filmCurrent(at.x, v, values, at);
}

/** k·(u/threshold − 1)^alpha over the width of the film, and its slope by u. */
export function driftBeyond(
  u: number,
  threshold: number,
  k: number,
  width: number,
  alpha: number,
  at: MemristorPoint,
): void {
  const beyond = u / threshold - 1;
  const below = (k / width) * beyond ** (alpha - 1);
  at.rate = below * beyond;
  at.rate_v = (alpha * below) / threshold;
}

/** The drift under its window, for a film from `on` to `off`. */
export function slowInFilm(x: number, on: number, off: number, values: FilmValues, at: MemristorPoint): void {
  if (values.window === kvatinsky) {
    const width = off - on;
    evaluateEdges(x, at.rate, (values.aon - on) / width, (values.aoff - on) / width, values.wc / width, at);
    slow(at);
  } else slowByWindow(x, values, at);
}
