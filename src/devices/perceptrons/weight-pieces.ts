import { settledState } from "../imperfections.js";
import type { Piece, Pieces } from "../piece.js";

// A real piece with a gain γ keeps γ·w where an ideal one keeps w: its walls and its changes are times γ as well. So what
// is seen of a state is what it reads as.

type Numbers = Readonly<Record<string, number>>;

/** Where a piece starts that an ideal one would start at w: at a wall if it is stuck, else at one of its levels. */
export function startOf({ gain, stuck }: Piece, w: number, [min, max]: readonly [number, number], levels?: number) {
  return gain * (stuck === "on" ? max : stuck === "off" ? min : settledState(w, min, max, levels));
}

/** The pieces of a device that keeps one weight, in the value `start` between wmin and wmax; a stuck one has no rate. */
export const weightPieces = (cell: string, start: string, thresholds = true): Pieces => ({
  cells: [cell],
  thresholds,
  hidden: {},
  made(values, [piece]) {
    const { gain, threshold, stuck } = piece as Piece;
    const { wmin = -Infinity, wmax = Infinity, rate = 0, retention = 0 } = values;
    return {
      ...values,
      ...(thresholds && { ith: values["ith"]! * threshold }),
      wmin: gain * wmin,
      wmax: gain * wmax,
      [start]: startOf(piece as Piece, values[start] || 0, [wmin, wmax], values["levels"]),
      rate: stuck === undefined ? gain * rate : 0,
      retention: stuck === undefined ? retention : 0,
    };
  },
});

/** Hidden values of a device that keeps several states: for each its threshold and gain over the model's, and if it is stuck. */
export interface OwnNames {
  readonly threshold: string;
  readonly gain: string;
  readonly stuck: string;
}

/** What a state's own values are called. */
export const ownNames = (state: string): OwnNames => ({
  threshold: `${state}:threshold`,
  gain: `${state}:gain`,
  stuck: `${state}:stuck`,
});

/** The hidden values of ideal pieces. */
export const idealOwn = (names: readonly OwnNames[]): Numbers =>
  Object.fromEntries(
    names.flatMap(({ threshold, gain, stuck }) => [
      [threshold, 1],
      [gain, 1],
      [stuck, 0],
    ]),
  );

/** The hidden values of a piece. */
export const ownOf = ({ threshold, gain, stuck }: OwnNames, piece: Piece): Numbers => ({
  [threshold]: piece.threshold,
  [gain]: piece.gain,
  [stuck]: piece.stuck === undefined ? 0 : 1,
});
