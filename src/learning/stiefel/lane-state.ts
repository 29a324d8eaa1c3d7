import type { Columns } from "../../numerics/linear/columns.js";
import type { LaneCost } from "./lane-cost.js";
import type { LaneRoom } from "./lane-room.js";
import type { Shape } from "./trainable.js";

/** Realisations side by side: where they are, and what their next steps need to know (as `Pace` is of one). */
export interface LaneState {
  readonly lanes: number;
  readonly width: number; // lanes, or one more: an even number
  readonly points: Float64Array; // size N·n × 2 × width
  /** The directions before, where they are conjugate; size as that of points. */
  readonly along: Float64Array | undefined;
  readonly cost: Float64Array; // size width
  /** What is kept of a cost: number k of lane l stands at k·width + l. */
  readonly kept: Float64Array;
  readonly step: Float64Array; // size width
  readonly slope: Float64Array; // size width
}

/** Realisations at no place yet. */
export function laneState({ rows, count, kept }: LaneCost, lanes: number, isConjugate: boolean): LaneState {
  const width = lanes + (lanes % 2);
  const numbers = 2 * rows * count * width;
  return {
    lanes,
    width,
    points: new Float64Array(numbers),
    along: isConjugate ? new Float64Array(numbers) : undefined,
    cost: new Float64Array(width),
    kept: new Float64Array(kept * width),
    step: new Float64Array(width),
    slope: new Float64Array(width),
  };
}

/** Where a descent of lanes works: matrices, overlaps, and numbers of a lane, by their places in a room. */
export type LanePlaces = ReturnType<typeof lanePlaces>;

/** The doubles that they take of a room. */
export const placesSize = ({ rows, count }: Shape, most: number): number =>
  (8 * rows * count + 2 * count * count + 6) * most;

export function lanePlaces(room: LaneRoom, { rows, count }: Shape, most: number) {
  const matrix = (): number => room.take(2 * rows * count * most);
  const numbers = (): number => room.take(most);
  return {
    S: matrix(),
    xi: matrix(),
    next: matrix(),
    along: matrix(),
    overlap: room.take(2 * count * count * most),
    t: numbers(),
    before: numbers(),
    cost: numbers(),
    found: numbers(),
    square: numbers(),
    fall: numbers(),
  };
}

/** Overwrites S with a lane of matrices. */
export function readLane(lanes: Float64Array, width: number, lane: number, S: Columns): Columns {
  for (let e = 0, at = lane; e < S.re.length; e++, at += 2 * width) {
    S.re[e] = lanes[at]!;
    S.im[e] = lanes[at + width]!;
  }
  return S;
}

/** Overwrites a lane of matrices. */
export function writeLane(lanes: Float64Array, width: number, lane: number, S: Columns): void {
  for (let e = 0, at = lane; e < S.re.length; e++, at += 2 * width) {
    lanes[at] = S.re[e]!;
    lanes[at + width] = S.im[e]!;
  }
}
