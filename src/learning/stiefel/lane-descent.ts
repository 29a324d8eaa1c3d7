import type { Columns } from "../../numerics/linear/columns.js";
import { type DescentOptions, downwards, longest, mostHalvings, sufficient } from "./descent.js";
import type { LaneCost } from "./lane-cost.js";
import { LaneOrthonormal } from "./lane-orthonormal.js";
import type { LaneRoom } from "./lane-room.js";
import { type LanePlaces, type LaneState, lanePlaces, placesSize } from "./lane-state.js";
import type { Shape } from "./trainable.js";

/**
 * Goes down a cost with many realisations together, as `Descent` does with one, back to the manifold by the orthonormal
 * factor. Each has a step and a line search of its own, and what it does depends on no other. Nothing is allocated in a step.
 */
export class LaneDescent {
  /** How often the cost of a realisation was evaluated by line searches. */
  evaluations = 0;
  readonly #places: LanePlaces;
  readonly #orthonormal: LaneOrthonormal;

  /** @param most lanes that any state will have, an even number */
  constructor(
    readonly shape: Shape,
    readonly options: DescentOptions,
    readonly room: LaneRoom,
    most: number,
  ) {
    this.#places = lanePlaces(room, shape, most);
    this.#orthonormal = new LaneOrthonormal(room, shape, most);
  }

  /** The doubles that it takes of a room. */
  static doubles = (shape: Shape, most: number): number => placesSize(shape, most) + LaneOrthonormal.doubles(most);

  /** Finds the costs where realisations are. */
  look(cost: LaneCost, state: LaneState): void {
    const { memory } = this.room;
    const { S, found } = this.#places;
    memory.set(state.points, S);
    cost.take(state, state.lanes, state.width);
    cost.evaluate(S, found, state.width);
    state.cost.set(memory.subarray(found, found + state.width));
    state.kept.set(memory.subarray(cost.found, cost.found + state.kept.length));
  }

  /** A step of each lane that does not rest. Those where no step goes down stay where they are. */
  step(cost: LaneCost, state: LaneState, rests?: (lane: number) => boolean): void {
    const { memory, left, kernels } = this.room;
    const { S, xi, along, overlap, square, fall } = this.#places;
    const { width, lanes } = state;
    memory.set(state.points, S);
    memory.set(state.kept, cost.found);
    cost.slope(S, xi, overlap, square, width);
    memory.copyWithin(fall, square, square + width);
    if (state.along !== undefined) {
      memory.set(state.along, along);
      this.#turn(state);
      state.along.set(memory.subarray(along, along + state.along.length));
    }
    let count = kernels.moving(memory, left, square, lanes);
    if (rests !== undefined) {
      const awake = left.slice(0, count).filter((lane) => !rests(lane));
      left.set(awake);
      count = awake.length;
    }
    this.#search(cost, state, count);
  }

  /** Conjugate directions at `along`, as `Descent` has them, and how far the cost falls along them. */
  #turn({ lanes, width, slope }: LaneState): void {
    const { memory, kernels } = this.room;
    const { S, xi, next, along, overlap, square, fall, t } = this.#places;
    const { rows, count } = this.shape;
    const entries = rows * count;
    kernels.project(memory, S, along, overlap, rows, count, width);
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
  #search(cost: LaneCost, state: LaneState, count: number): void {
    const { memory, left, kernels } = this.room;
    const { xi, along, t, before, found, fall, cost: costs } = this.#places;
    const { step, t0 } = this.options;
    const [direction, sign] = state.along === undefined ? [xi, -1] : [along, 1];
    memory.set(state.step, before);
    memory.set(state.cost, costs);
    kernels.firstSteps(memory, left, before, t, sign, t0, longest, step === "backtrack" ? 0 : 1, count);
    for (let halving = 0; halving < mostHalvings && count > 0; halving++) {
      const all = count === state.lanes;
      const width = all ? state.width : count + (count % 2);
      cost.take(state, count, width);
      this.#try(cost, state, direction, width, count);
      const fallen = kernels.fallen(memory, left, found, costs, t, fall, sufficient * sign, count);
      if (all && fallen === count) {
        this.evaluations += count;
        this.#acceptAll(cost, state, sign);
        return;
      }
      count = this.#acceptFallen(cost, state, width, sign, count);
    }
  }

  /** Each of the first `count` lanes whose cost has fallen enough is where it was tried; how many go on, by half the step. */
  #acceptFallen(cost: LaneCost, state: LaneState, width: number, sign: number, count: number): number {
    const { memory, left } = this.room;
    const { t, found, fall } = this.#places;
    let still = 0;
    for (let p = 0; p < count; p++) {
      const lane = left[p]!;
      const f = memory[found + p]!;
      if (!Number.isNaN(f)) this.evaluations++;
      if (f <= state.cost[lane]! - sufficient * sign * memory[t + p]! * memory[fall + lane]!) {
        this.#accept(cost, state, lane, p, width, sign);
        continue;
      }
      left[still] = lane;
      memory[t + still++] = memory[t + p]! / 2;
    }
    return still;
  }

  /** Goes by t along directions, to `next`, and finds its cost: not a number where there is no way back to the manifold. */
  #try(cost: LaneCost, state: LaneState, direction: number, width: number, count: number): void {
    const { memory, left, kernels } = this.room;
    const { S, next, overlap, t, found } = this.#places;
    const entries = this.shape.rows * this.shape.count;
    if (count === state.lanes) kernels.move(memory, S, direction, next, t, entries, width);
    else kernels.moveLanes(memory, left, S, direction, next, t, entries, state.width, width, count);
    this.#orthonormal.factor(next, overlap, width, count, (p, to) => this.#moved(direction, state.width, p, to));
    cost.evaluate(next, found, width);
  }

  /** What is tried at place p, before it is orthonormal. */
  #moved(direction: number, width: number, p: number, { re, im }: Columns): void {
    const { memory, left } = this.room;
    const { S } = this.#places;
    const t = memory[this.#places.t + p]!;
    for (let e = 0, at = left[p]!; e < re.length; e++, at += 2 * width) {
      re[e] = memory[S + at]! + t * memory[direction + at]!;
      im[e] = memory[S + at + width]! + t * memory[direction + at + width]!;
    }
  }

  /** What was tried at place p becomes where a lane is. */
  #accept(cost: LaneCost, state: LaneState, lane: number, p: number, width: number, sign: number): void {
    const { memory } = this.room;
    const { next, found, t } = this.#places;
    for (let a = next + p, b = lane; b < state.points.length; a += width, b += state.width)
      state.points[b] = memory[a]!;
    for (let k = 0; k < cost.kept; k++) state.kept[k * state.width + lane] = memory[cost.found + k * width + p]!;
    state.cost[lane] = memory[found + p]!;
    state.step[lane] = sign * memory[t + p]!;
  }

  /** What was tried becomes where all lanes are. */
  #acceptAll(cost: LaneCost, state: LaneState, sign: number): void {
    const { memory } = this.room;
    const { next, found, t } = this.#places;
    state.points.set(memory.subarray(next, next + state.points.length));
    state.kept.set(memory.subarray(cost.found, cost.found + state.kept.length));
    state.cost.set(memory.subarray(found, found + state.width));
    for (let lane = 0; lane < state.lanes; lane++) state.step[lane] = sign * memory[t + lane]!;
  }
}
