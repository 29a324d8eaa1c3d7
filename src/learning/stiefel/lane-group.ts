import { type Columns, columnsOf } from "../../numerics/linear/columns.js";
import type { Random } from "../../numerics/random.js";
import type { Group } from "./group.js";
import type { LaneDescent } from "./lane-descent.js";
import type { LaneStarts } from "./lane-starts.js";
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

  /**
   * @param table the framed one
   * @param random whose part `first` + k is the start of realisation k
   * @param most how many a group has at most
   */
  constructor(
    readonly descent: LaneDescent,
    readonly table: LaneTable,
    readonly starts: LaneStarts,
    readonly random: Random,
    readonly first: number,
    readonly runs: number,
    most: number,
  ) {
    this.#state = laneState(descent.room, table, runs, descent.options.step === "cg", most);
    starts.draw(random, first, runs, this.#state.width, this.#state.points);
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
    return [this.starts.unframed(this.random, this.first + run, this.#read(this.#state.points, run))];
  }

  numbers(run: number): readonly number[] {
    const { points, along, step, slope } = this.#state;
    const { memory } = this.descent.room;
    const matrices = along === undefined ? [points] : [points, along];
    const numbers = matrices.map((matrix) => this.#read(matrix, run)).flatMap(({ re, im }) => [...re, ...im]);
    return [...numbers, memory[step + run]!, memory[slope + run]!];
  }

  resume(run: number, numbers: readonly number[]): void {
    const { points, along, step, slope, width } = this.#state;
    const { memory } = this.descent.room;
    let at = 0;
    for (const matrix of along === undefined ? [points] : [points, along]) {
      const S = columnsOf(this.table.rows, this.table.count);
      for (const plane of [S.re, S.im]) {
        plane.set(numbers.slice(at, at + plane.length));
        at += plane.length;
      }
      writeLane(memory, matrix, width, run, S);
    }
    [memory[step + run], memory[slope + run]] = [numbers[at]!, numbers[at + 1]!];
    this.descent.look(this.table, this.#state);
  }

  #read(matrix: number, run: number): Columns {
    const { rows, count } = this.table;
    return readLane(this.descent.room.memory, matrix, this.#state.width, run, columnsOf(rows, count));
  }
}
