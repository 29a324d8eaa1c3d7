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
  readonly #places: { -readonly [Name in keyof LanePlaces]: number };
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
    cost.take(state, state.lanes, state.width);
    cost.evaluate(state.points, state.cost, state.width);
    memory.copyWithin(state.kept, cost.found, cost.found + cost.kept * state.width);
  }

  /** A step of each lane that does not rest. Those where no step goes down stay where they are. */
  step(cost: LaneCost, state: LaneState, rests?: (lane: number) => boolean): void {
    const { memory, left, kernels } = this.room;
    const { xi, overlap, square, fall } = this.#places;
    const { width, lanes } = state;
    memory.copyWithin(cost.found, state.kept, state.kept + cost.kept * width);
    cost.slope(state.points, xi, overlap, square, width);
    memory.copyWithin(fall, square, square + width);
    if (state.along !== undefined) this.#turn(state, state.along);
    let count = kernels.moving(memory, left, square, lanes);
    if (rests !== undefined) {
      const awake = left.slice(0, count).filter((lane) => !rests(lane));
      left.set(awake);
      count = awake.length;
    }
    this.#search(cost, state, count);
  }

  /** Conjugate directions, as `Descent` has them, and how far the cost falls along them. */
  #turn({ lanes, width, slope, points: S }: LaneState, along: number): void {
    const { memory, kernels } = this.room;
    const { xi, next, overlap, square, fall, t } = this.#places;
    const { rows, count } = this.shape;
    const entries = rows * count;
    kernels.project(memory, S, along, overlap, rows, count, width);
    for (let l = 0; l < lanes; l++) {
      const before = memory[slope + l]!;
      memory[t + l] = before > 0 ? memory[square + l]! / before : 0;
      memory[slope + l] = memory[square + l]!;
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
    const { xi, t, found, fall } = this.#places;
    const { step, t0, enough = sufficient } = this.options;
    const [direction, sign] = state.along === undefined ? [xi, -1] : [state.along, 1];
    kernels.firstSteps(memory, left, state.step, t, sign, t0, longest, step === "backtrack" ? 0 : 1, count);
    for (let halving = 0; halving < mostHalvings && count > 0; halving++) {
      const all = count === state.lanes;
      const width = all ? state.width : count + (count % 2);
      cost.take(state, count, width);
      this.#try(cost, state, direction, width, count);
      const fallen = kernels.fallen(memory, left, found, state.cost, t, fall, enough * sign, count);
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
    const { enough = sufficient } = this.options;
    let still = 0;
    for (let p = 0; p < count; p++) {
      const lane = left[p]!;
      const f = memory[found + p]!;
      if (!Number.isNaN(f)) this.evaluations++;
      if (f <= memory[state.cost + lane]! - enough * sign * memory[t + p]! * memory[fall + lane]!) {
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
    const { next, overlap, t, found } = this.#places;
    const { points: S } = state;
    const entries = this.shape.rows * this.shape.count;
    if (count === state.lanes) kernels.move(memory, S, direction, next, t, entries, width);
    else kernels.moveLanes(memory, left, S, direction, next, t, entries, state.width, width, count);
    this.#orthonormal.factor(next, overlap, width, count, (p, to) => this.#moved(state, direction, p, to));
    cost.evaluate(next, found, width);
  }

  /** What is tried at place p, before it is orthonormal. */
  #moved({ points: S, width }: LaneState, direction: number, p: number, { re, im }: Columns): void {
    const { memory, left } = this.room;
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
    const numbers = 2 * this.shape.rows * this.shape.count;
    for (let e = 0, a = next + p, b = state.points + lane; e < numbers; e++, a += width, b += state.width)
      memory[b] = memory[a]!;
    for (let k = 0; k < cost.kept; k++)
      memory[state.kept + k * state.width + lane] = memory[cost.found + k * width + p]!;
    memory[state.cost + lane] = memory[found + p]!;
    memory[state.step + lane] = sign * memory[t + p]!;
  }

  /** What was tried becomes where all lanes are: where they were is the room of the next trial. */
  #acceptAll(cost: LaneCost, state: LaneState, sign: number): void {
    const { memory, kernels } = this.room;
    const { next, found, t } = this.#places;
    [state.points, this.#places.next] = [next, state.points];
    memory.copyWithin(state.kept, cost.found, cost.found + cost.kept * state.width);
    memory.copyWithin(state.cost, found, found + state.width);
    kernels.signed(memory, t, state.step, sign, state.lanes);
  }
}
