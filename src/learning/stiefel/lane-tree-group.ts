import { type Columns, columnsOf } from "../../numerics/linear/columns.js";
import type { Realisation } from "./ensemble.js";
import type { Group } from "./group.js";
import type { LaneDescent } from "./lane-descent.js";
import { type LaneState, laneState, readLane, writeLane } from "./lane-state.js";
import type { LaneTree } from "./lane-tree.js";

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
    this.#states = tree.costs.map((cost) => laneState(cost, realisations.length, step === "cg"));
    [this.#cost, this.#right] = [new Float64Array(realisations.length), new Float64Array(realisations.length)];
    for (const [part, { points, width }] of this.#states.entries()) {
      for (const [lane, realisation] of realisations.entries())
        writeLane(points, width, lane, realisation.points[part]!);
    }
    this.#look();
  }

  get runs(): number {
    return this.#cost.length;
  }

  advance(rests?: (run: number) => boolean): void {
    const { tree, descents } = this;
    tree.begin(this.#states);
    let found = this.#cost;
    for (const [part, cost] of tree.costs.entries()) {
      const [descent, state] = [descents[part]!, this.#states[part]!];
      const before = descent.evaluations;
      state.cost.set(found);
      descent.step(cost, state, rests);
      this.evaluations += descent.evaluations - before;
      tree.moved(cost.node, state);
      found = state.cost;
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
    return this.#states.map(({ points, width }, part) => readLane(points, width, run, this.#blank(part)));
  }

  /** As `SingleGroup` has them. */
  numbers(run: number): readonly number[] {
    const matrices = this.#matrices().map(({ lanes, width, part }) => readLane(lanes, width, run, this.#blank(part)));
    return [
      ...matrices.flatMap(({ re, im }) => [...re, ...im]),
      ...this.#states.flatMap(({ cost, step, slope }) => [cost[run]!, step[run]!, slope[run]!]),
    ];
  }

  resume(run: number, numbers: readonly number[]): void {
    let at = 0;
    for (const { lanes, width, part } of this.#matrices()) {
      const S = this.#blank(part);
      for (const plane of [S.re, S.im]) {
        plane.set(numbers.slice(at, at + plane.length));
        at += plane.length;
      }
      writeLane(lanes, width, run, S);
    }
    for (const { cost, step, slope } of this.#states) {
      [cost[run], step[run], slope[run]] = [numbers[at]!, numbers[at + 1]!, numbers[at + 2]!];
      at += 3;
    }
    this.#look();
  }

  #matrices(): readonly { readonly lanes: Float64Array; readonly width: number; readonly part: number }[] {
    const all = (of: (state: LaneState) => Float64Array | undefined) =>
      this.#states.flatMap((state, part) => {
        const lanes = of(state);
        return lanes === undefined ? [] : [{ lanes, width: state.width, part }];
      });
    return [...all(({ points }) => points), ...all(({ along }) => along)];
  }

  #blank(part: number): Columns {
    const { rows, count } = this.tree.costs[part]!;
    return columnsOf(rows, count);
  }
}
