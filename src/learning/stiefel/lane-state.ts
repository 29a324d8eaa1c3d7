import type { LaneRoom } from "./lane-room.js";
import type { Table } from "./table-cost.js";
import type { Shape } from "./trainable.js";

/** Realisations side by side: where they are, and what their next steps need to know (as `Pace` is of one). */
export interface LaneState {
  readonly lanes: number;
  readonly width: number; // lanes, or one more: an even number
  readonly points: Float64Array; // size N·n × 2 × width
  /** The directions before, where they are conjugate; size as that of points. */
  readonly along: Float64Array | undefined;
  readonly cost: Float64Array; // size width
  /** The probability of a wrong output for input k in lane l, at k·width + l. */
  readonly wrong: Float64Array; // size n × width
  readonly step: Float64Array; // size width
  readonly slope: Float64Array; // size width
}

/** Realisations at no place yet. */
export function laneState({ outputs, kraus, truth }: Table, lanes: number, isConjugate: boolean): LaneState {
  const width = lanes + (lanes % 2);
  const numbers = 2 * outputs * kraus * truth.length * width;
  return {
    lanes,
    width,
    points: new Float64Array(numbers),
    along: isConjugate ? new Float64Array(numbers) : undefined,
    cost: new Float64Array(width),
    wrong: new Float64Array(truth.length * width),
    step: new Float64Array(width),
    slope: new Float64Array(width),
  };
}

/** Where a descent of lanes works: matrices, overlaps, probabilities, and numbers of a lane, by their places in a room. */
export type LanePlaces = ReturnType<typeof lanePlaces>;

/** The doubles that they take of a room. */
export const placesSize = ({ rows, count }: Shape, most: number): number =>
  (12 * rows * count + 2 * count * count + 2 * count + 4) * most;

export function lanePlaces(room: LaneRoom, { rows, count }: Shape, most: number) {
  const matrix = (): number => room.take(2 * rows * count * most);
  const numbers = (): number => room.take(most);
  return {
    S: matrix(),
    xi: matrix(),
    next: matrix(),
    along: matrix(),
    /** Those whose step was too long, gathered. */
    few: matrix(),
    fewAlong: matrix(),
    overlap: room.take(2 * count * count * most),
    q: room.take(count * most),
    /** Of what the gradient is of S, for each input. */
    slopes: room.take(count * most),
    t: numbers(),
    found: numbers(),
    square: numbers(),
    fall: numbers(),
  };
}
