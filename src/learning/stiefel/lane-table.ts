import type { LaneCost } from "./lane-cost.js";
import type { LaneRoom } from "./lane-room.js";
import type { LaneState } from "./lane-state.js";
import type { Table } from "./table-cost.js";

/** How far channels are from a truth table, which is what the room looks up. */
export class LaneTable implements LaneCost {
  readonly rows: number;
  readonly count: number;
  readonly found: number;
  readonly #slopes: number;
  readonly #cost: number;
  readonly #right: number;
  readonly #squares: 0 | 1;

  constructor(
    readonly table: Table,
    readonly room: LaneRoom,
    most: number,
  ) {
    this.rows = table.outputs * table.kraus;
    this.count = table.truth.length;
    this.found = room.take(this.count * most);
    this.#slopes = room.take(this.count * most);
    this.#cost = room.take(most);
    this.#right = room.take(most);
    this.#squares = table.kind === "square" ? 1 : 0;
  }

  /** The doubles that it takes of a room. */
  static doubles = ({ truth }: Table, most: number): number => 2 * (truth.length + 1) * most;

  /** Of each input the probability of a wrong output. */
  get kept(): number {
    return this.count;
  }

  evaluate(Y: number, f: number, width: number): void {
    const { memory, look, kernels } = this.room;
    kernels.tableCost(memory, look, Y, this.found, f, this.rows, this.count, this.table.kraus, this.#squares, width);
  }

  slope(S: number, xi: number, overlap: number, square: number, width: number): void {
    const { memory, look, kernels } = this.room;
    const { rows, count, found } = this;
    const { kraus } = this.table;
    kernels.tableTangent(memory, look, S, xi, overlap, found, this.#slopes, square, rows, count, kraus, this.#squares, width); // biome-ignore format: one thought
  }

  /** Writes what realisations cost where they are, and the shares of rows that they answer right, from a place on. */
  score({ lanes, width, kept }: LaneState, cost: Float64Array, right: Float64Array, first: number): void {
    const { memory, kernels } = this.room;
    kernels.judge(memory, kept, this.#cost, this.#right, this.count, this.#squares, lanes, width);
    cost.set(memory.subarray(this.#cost, this.#cost + lanes), first);
    right.set(memory.subarray(this.#right, this.#right + lanes), first);
  }

  /** All lanes cost what their matrices do. */
  take(): void {}
}
