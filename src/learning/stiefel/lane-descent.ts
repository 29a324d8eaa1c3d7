import type { Columns } from "../../numerics/linear/columns.js";
import { type DescentOptions, downwards, longest, mostHalvings, sufficient } from "./descent.js";
import { LaneOrthonormal } from "./lane-orthonormal.js";
import type { LaneRoom } from "./lane-room.js";
import { type LanePlaces, type LaneState, lanePlaces, placesSize } from "./lane-state.js";
import type { Table } from "./table-cost.js";

/**
 * Goes down a truth table with many realisations together, as `Descent` does with one, back to the manifold by the orthonormal
 * factor. Each has a step and a line search of its own, and what it does depends on no other. Nothing is allocated in a step.
 */
export class LaneDescent {
  /** How often the cost of a realisation was evaluated by line searches. */
  evaluations = 0;
  readonly rows: number;
  readonly count: number;
  readonly #room: LaneRoom;
  readonly #places: LanePlaces;
  readonly #orthonormal: LaneOrthonormal;
  readonly #left: Int32Array;
  readonly #squares: 0 | 1;

  /** @param most lanes that any state will have, an even number */
  constructor(
    readonly table: Table,
    readonly options: DescentOptions,
    most: number,
    room: LaneRoom,
  ) {
    this.rows = table.outputs * table.kraus;
    this.count = table.truth.length;
    this.#room = room;
    this.#places = lanePlaces(room, this, most);
    this.#orthonormal = new LaneOrthonormal(room, this, most);
    this.#left = new Int32Array(most);
    this.#squares = table.kind === "square" ? 1 : 0;
  }

  /** The doubles that it takes of a room. */
  static doubles({ outputs, kraus, truth }: Table, most: number): number {
    const shape = { rows: outputs * kraus, count: truth.length };
    return placesSize(shape, most) + LaneOrthonormal.doubles(most);
  }

  /** Finds the costs where realisations are. */
  look(state: LaneState): void {
    const { memory } = this.#room;
    const { S, q, found } = this.#places;
    memory.set(state.points, S);
    this.#evaluate(S, state.width);
    state.cost.set(memory.subarray(found, found + state.width));
    state.wrong.set(memory.subarray(q, q + state.wrong.length));
  }

  /** A step of each lane that does not rest. Those where no step goes down stay where they are. */
  step(state: LaneState, rests: (lane: number) => boolean): void {
    const { memory } = this.#room;
    const { S, along, q, square, fall } = this.#places;
    const { width, lanes } = state;
    memory.set(state.points, S);
    memory.set(state.wrong, q);
    this.#slope(width);
    memory.copyWithin(fall, square, square + width);
    if (state.along !== undefined) {
      memory.set(state.along, along);
      this.#turn(state);
      state.along.set(memory.subarray(along, along + state.along.length));
    }
    let count = 0;
    for (let lane = 0; lane < lanes; lane++) if (memory[square + lane]! > 0 && !rests(lane)) this.#left[count++] = lane;
    this.#search(state, count);
  }

  /** Writes q and f of the matrix at Y. */
  #evaluate(Y: number, width: number): void {
    const { memory, truth, kernels } = this.#room;
    const { q, found } = this.#places;
    const { rows, count } = this;
    kernels.tableCost(memory, truth, Y, q, found, rows, count, this.table.kraus, this.#squares, width);
  }

  /** Writes ξ at S and its squared length. */
  #slope(width: number): void {
    const { memory, truth, kernels } = this.#room;
    const { S, xi, overlap, q, slopes, square } = this.#places;
    const { rows, count } = this;
    const { kraus } = this.table;
    kernels.tableTangent(memory, truth, S, xi, overlap, q, slopes, square, rows, count, kraus, this.#squares, width);
  }

  /** Conjugate directions at `along`, as `Descent` has them, and how far the cost falls along them. */
  #turn({ lanes, width, slope }: LaneState): void {
    const { memory, kernels } = this.#room;
    const { S, xi, next, along, overlap, square, fall, t } = this.#places;
    const entries = this.rows * this.count;
    kernels.project(memory, S, along, overlap, this.rows, this.count, width);
    for (let l = 0; l < lanes; l++) {
      memory[t + l] = slope[l]! > 0 ? memory[square + l]! / slope[l]! : 0;
      slope[l] = memory[square + l]!;
    }
    for (let at = 0; at < 2 * entries * width; at++) memory[next + at] = -memory[xi + at]!;
    kernels.move(memory, next, along, along, t, entries, width);
    kernels.inner(memory, next, along, fall, entries, width);
    for (let l = 0; l < lanes; l++) {
      if (memory[fall + l]! > downwards * memory[square + l]!) continue;
      memory[fall + l] = memory[square + l]!;
      for (let at = l; at < 2 * entries * width; at += width) memory[along + at] = memory[next + at]!;
    }
  }

  /** Steps of the lanes that are left, the first `count`, along their directions, by half as much until the cost falls enough. */
  #search(state: LaneState, count: number): void {
    const { memory } = this.#room;
    const { S, xi, along, few, fewAlong, t, found, fall } = this.#places;
    const { step, t0 } = this.options;
    const [direction, sign] = state.along === undefined ? [xi, -1] : [along, 1];
    const left = this.#left;
    for (let p = 0; p < count; p++) {
      const before = state.step[left[p]!]!;
      memory[t + p] = sign * (before > 0 && step !== "backtrack" ? Math.min(longest, 2 * before) : t0);
    }
    for (let halving = 0; halving < mostHalvings && count > 0; halving++) {
      const all = count === state.lanes;
      const width = all ? state.width : count + (count % 2);
      if (!all) {
        for (let p = 0; p < count; p++) {
          this.#copyLane(S, state.width, left[p]!, few, width, p);
          this.#copyLane(direction, state.width, left[p]!, fewAlong, width, p);
        }
      }
      this.#try(all ? S : few, all ? direction : fewAlong, width, count);
      const enough = (p: number): boolean =>
        memory[found + p]! <= state.cost[left[p]!]! - sufficient * sign * memory[t + p]! * memory[fall + left[p]!]!;
      if (all && countWhere(count, enough) === count) {
        this.#acceptAll(state, sign);
        return;
      }
      let still = 0;
      for (let p = 0; p < count; p++) {
        if (enough(p)) {
          this.#accept(state, left[p]!, p, width, sign);
          continue;
        }
        left[still] = left[p]!;
        memory[t + still++] = memory[t + p]! / 2;
      }
      count = still;
    }
  }

  /** Goes by t along directions, to `next`, and finds its cost: not a number where there is no way back to the manifold. */
  #try(from: number, direction: number, width: number, count: number): void {
    const { memory, kernels } = this.#room;
    const { next, overlap, t, found } = this.#places;
    kernels.move(memory, from, direction, next, t, this.rows * this.count, width);
    this.#orthonormal.factor(next, overlap, width, count, (lane, to) => this.#moved(from, direction, width, lane, to));
    this.#evaluate(next, width);
    for (let p = 0; p < count; p++) if (!Number.isNaN(memory[found + p]!)) this.evaluations++;
  }

  /** One lane of what is tried, before it is orthonormal. */
  #moved(from: number, direction: number, width: number, lane: number, { re, im }: Columns): void {
    const { memory } = this.#room;
    const t = memory[this.#places.t + lane]!;
    for (let e = 0, at = lane; e < re.length; e++, at += 2 * width) {
      re[e] = memory[from + at]! + t * memory[direction + at]!;
      im[e] = memory[from + at + width]! + t * memory[direction + at + width]!;
    }
  }

  /** What was tried at place p becomes where a lane is. */
  #accept(state: LaneState, lane: number, p: number, width: number, sign: number): void {
    const { memory } = this.#room;
    const { next, q, found, t } = this.#places;
    for (let a = next + p, b = lane; b < state.points.length; a += width, b += state.width)
      state.points[b] = memory[a]!;
    for (let k = 0; k < this.count; k++) state.wrong[k * state.width + lane] = memory[q + k * width + p]!;
    state.cost[lane] = memory[found + p]!;
    state.step[lane] = sign * memory[t + p]!;
  }

  /** What was tried becomes where all lanes are. */
  #acceptAll({ points, wrong, cost, step, lanes, width }: LaneState, sign: number): void {
    const { memory } = this.#room;
    const { next, q, found, t } = this.#places;
    points.set(memory.subarray(next, next + points.length));
    wrong.set(memory.subarray(q, q + wrong.length));
    cost.set(memory.subarray(found, found + width));
    for (let lane = 0; lane < lanes; lane++) step[lane] = sign * memory[t + lane]!;
  }

  #copyLane(from: number, width: number, lane: number, to: number, toWidth: number, place: number): void {
    const { memory } = this.#room;
    for (let e = 0, a = from + lane, b = to + place; e < 2 * this.rows * this.count; e++, a += width, b += toWidth)
      memory[b] = memory[a]!;
  }
}

function countWhere(count: number, holds: (k: number) => boolean): number {
  let found = 0;
  for (let k = 0; k < count; k++) if (holds(k)) found++;
  return found;
}
