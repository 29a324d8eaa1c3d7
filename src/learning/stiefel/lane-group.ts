import { type Columns, columnsOf } from "../../numerics/linear/columns.js";
import type { Random } from "../../numerics/random.js";
import type { Group } from "./group.js";
import type { LaneDescent } from "./lane-descent.js";
import { type Frames, type LaneStarts, unframed } from "./lane-starts.js";
import { type LaneState, laneState, readLane, writeLane } from "./lane-state.js";
import type { LaneTable } from "./lane-table.js";
import type { Table } from "./table-cost.js";

/** Numbers of all lanes of a group: what is worked with stays in a processor's nearer caches. */
const mostNumbers = 2048;

/** How many realisations of a table's descent are moved together. */
export const lanesFor = ({ outputs, kraus, truth }: Table): number =>
  Math.max(2, 2 * Math.floor(mostNumbers / (2 * outputs * kraus * truth.length)));

/** Realisations of one channel that learns a truth table, side by side. */
export class LaneGroup implements Group {
  evaluations = 0;
  readonly products = 0;
  readonly #state: LaneState;
  readonly #frames: Frames | undefined;

  /**
   * @param table the framed one
   * @param random whose part `first` + k is the start of realisation k
   */
  constructor(
    readonly descent: LaneDescent,
    readonly table: LaneTable,
    starts: LaneStarts,
    random: Random,
    first: number,
    readonly runs: number,
  ) {
    this.#state = laneState(table, runs, descent.options.step === "cg");
    this.#frames = starts.draw(random, first, runs, this.#state.width, this.#state.points);
    descent.look(table, this.#state);
  }

  advance(rests?: (run: number) => boolean): void {
    const before = this.descent.evaluations;
    this.descent.step(this.table, this.#state, rests);
    this.evaluations += this.descent.evaluations - before;
  }

  score(cost: Float64Array, right: Float64Array, first: number): void {
    this.table.score(this.#state, cost, right, first);
  }

  points(run: number): readonly Columns[] {
    const F = this.#read(this.#state.points, run);
    return [this.#frames === undefined ? F : unframed(this.#frames, run, F)];
  }

  numbers(run: number): readonly number[] {
    const { points, along, step, slope } = this.#state;
    const matrices = along === undefined ? [points] : [points, along];
    const numbers = matrices.map((matrix) => this.#read(matrix, run)).flatMap(({ re, im }) => [...re, ...im]);
    return [...numbers, step[run]!, slope[run]!];
  }

  resume(run: number, numbers: readonly number[]): void {
    const { points, along, step, slope } = this.#state;
    let at = 0;
    for (const matrix of along === undefined ? [points] : [points, along]) {
      const S = columnsOf(this.table.rows, this.table.count);
      for (const plane of [S.re, S.im]) {
        plane.set(numbers.slice(at, at + plane.length));
        at += plane.length;
      }
      writeLane(matrix, this.#state.width, run, S);
    }
    [step[run], slope[run]] = [numbers[at]!, numbers[at + 1]!];
    this.descent.look(this.table, this.#state);
  }

  #read(matrix: Float64Array, run: number): Columns {
    return readLane(matrix, this.#state.width, run, columnsOf(this.table.rows, this.table.count));
  }
}
