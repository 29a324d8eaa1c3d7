import { type Columns, columnsOf } from "../../numerics/linear/columns.js";
import type { Realisation } from "./ensemble.js";
import type { Group } from "./group.js";
import type { LaneDescent } from "./lane-descent.js";
import { type LaneState, laneState, readLane, writeLane } from "./lane-state.js";
import type { LaneTree } from "./lane-tree.js";

/** Of a channel that is trained, those of all lanes. */
interface Matrices {
  readonly place: number;
  readonly width: number;
  readonly part: number;
}

/** Realisations of a tree of channels, side by side: an iteration is a step of each channel, those that others take from first. */
export class LaneTreeGroup implements Group {
  evaluations = 0;
  readonly products = 0;
  /** Of each channel that is trained. */
  readonly #states: readonly LaneState[];
  readonly #cost: Float64Array;
  readonly #right: Float64Array;

  /** @param descents of each channel that is trained */
  constructor(
    readonly tree: LaneTree,
    readonly descents: readonly LaneDescent[],
    realisations: readonly Realisation[],
  ) {
    const { step } = descents[0]!.options;
    this.#states = tree.costs.map((cost) => laneState(tree.room, cost, realisations.length, step === "cg", tree.most));
    [this.#cost, this.#right] = [new Float64Array(realisations.length), new Float64Array(realisations.length)];
    for (const [part, { points, width }] of this.#states.entries()) {
      for (const [lane, realisation] of realisations.entries())
        writeLane(tree.room.memory, points, width, lane, realisation.points[part]!);
    }
    this.#look();
  }

  get runs(): number {
    return this.#cost.length;
  }

  advance(rests?: (run: number) => boolean): void {
    const { tree, descents } = this;
    tree.begin(this.#states);
    const { memory } = tree.room;
    memory.set(this.#cost, this.#states[0]!.cost);
    for (const [part, cost] of tree.costs.entries()) {
      const [descent, state] = [descents[part]!, this.#states[part]!];
      const before = descent.evaluations;
      descent.step(cost, state, rests);
      this.evaluations += descent.evaluations - before;
      tree.moved(cost.node, state);
      const next = this.#states[part + 1];
      if (next !== undefined) memory.copyWithin(next.cost, state.cost, state.cost + state.width);
    }
    tree.score(this.#cost, this.#right);
  }

  #look(): void {
    this.tree.begin(this.#states);
    this.tree.score(this.#cost, this.#right);
  }

  score(cost: Float64Array, right: Float64Array, first: number): void {
    cost.set(this.#cost, first);
    right.set(this.#right, first);
  }

  points(run: number): readonly Columns[] {
    return this.#states.map(({ points, width }, part) => this.#read({ place: points, width, part }, run));
  }

  /** As `SingleGroup` has them. */
  numbers(run: number): readonly number[] {
    const { memory } = this.tree.room;
    return [
      ...this.#matrices().flatMap((matrix) => {
        const { re, im } = this.#read(matrix, run);
        return [...re, ...im];
      }),
      ...this.#states.flatMap(({ cost, step, slope }) => [cost, step, slope].map((place) => memory[place + run]!)),
    ];
  }

  resume(run: number, numbers: readonly number[]): void {
    const { memory } = this.tree.room;
    let at = 0;
    for (const { place, width, part } of this.#matrices()) {
      const S = this.#blank(part);
      for (const plane of [S.re, S.im]) {
        plane.set(numbers.slice(at, at + plane.length));
        at += plane.length;
      }
      writeLane(memory, place, width, run, S);
    }
    for (const { cost, step, slope } of this.#states)
      for (const place of [cost, step, slope]) memory[place + run] = numbers[at++]!;
    this.#look();
  }

  #matrices(): readonly Matrices[] {
    const all = (of: (state: LaneState) => number | undefined) =>
      this.#states.flatMap((state, part) => {
        const place = of(state);
        return place === undefined ? [] : [{ place, width: state.width, part }];
      });
    return [...all(({ points }) => points), ...all(({ along }) => along)];
  }

  #read({ place, width, part }: Matrices, run: number): Columns {
    return readLane(this.tree.room.memory, place, width, run, this.#blank(part));
  }

  #blank(part: number): Columns {
    const { rows, count } = this.tree.costs[part]!;
    return columnsOf(rows, count);
  }
}
