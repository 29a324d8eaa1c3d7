import type { Columns } from "../../numerics/linear/columns.js";
import type { LaneCost } from "./lane-cost.js";
import type { LaneRoom } from "./lane-room.js";
import type { Shape } from "./trainable.js";

/**
 * Realisations side by side: where they are, and what their next steps need to know (as `Pace` is of one), by their places in a
 * room.
 */
export interface LaneState {
  readonly lanes: number;
  readonly width: number; // lanes, or one more: an even number
  points: number; // N·n × 2 × width
  /** The directions before, where they are conjugate; as many numbers as points. */
  readonly along: number | undefined;
  readonly cost: number; // width
  /** What is kept of a cost: number k of lane l stands at k·width + l. */
  readonly kept: number;
  readonly step: number; // width
  readonly slope: number; // width
}

/** The doubles that a state takes of a room. */
export const stateSize = ({ rows, count }: Shape, kept: number, isConjugate: boolean, most: number): number =>
  (2 * rows * count * (isConjugate ? 2 : 1) + kept + 3) * most;

/** Realisations at no place yet; their room is one for `most`, since rooms of equal size can change places. */
export function laneState(
  room: LaneRoom,
  { rows, count, kept }: LaneCost,
  lanes: number,
  isConjugate: boolean,
  most: number,
): LaneState {
  const matrix = (): number => room.take(2 * rows * count * most);
  return {
    lanes,
    width: lanes + (lanes % 2),
    points: matrix(),
    along: isConjugate ? matrix() : undefined,
    cost: room.take(most),
    kept: room.take(kept * most),
    step: room.take(most),
    slope: room.take(most),
  };
}

/** Where a descent of lanes works: matrices, overlaps, and numbers of a lane, by their places in a room. */
export type LanePlaces = ReturnType<typeof lanePlaces>;

/** The doubles that they take of a room. */
export const placesSize = ({ rows, count }: Shape, most: number): number =>
  (4 * rows * count + 2 * count * count + 4) * most;

export function lanePlaces(room: LaneRoom, { rows, count }: Shape, most: number) {
  const matrix = (): number => room.take(2 * rows * count * most);
  const numbers = (): number => room.take(most);
  return {
    xi: matrix(),
    next: matrix(),
    overlap: room.take(2 * count * count * most),
    t: numbers(),
    found: numbers(),
    square: numbers(),
    fall: numbers(),
  };
}

/** Overwrites S with a lane of the matrices at a place. */
export function readLane(lanes: Float64Array, place: number, width: number, lane: number, S: Columns): Columns {
  for (let e = 0, at = place + lane; e < S.re.length; e++, at += 2 * width) {
    S.re[e] = lanes[at]!;
    S.im[e] = lanes[at + width]!;
  }
  return S;
}

/** Overwrites a lane of the matrices at a place. */
export function writeLane(lanes: Float64Array, place: number, width: number, lane: number, S: Columns): void {
  for (let e = 0, at = place + lane; e < S.re.length; e++, at += 2 * width) {
    lanes[at] = S.re[e]!;
    lanes[at + width] = S.im[e]!;
  }
}
