import type { LaneRoom } from "./lane-room.js";
import type { LanePlaces, LaneState } from "./lane-state.js";
import type { Table } from "./table-cost.js";

/** A truth table as a cost of many lanes, as `TableCost` is of one point. */
export class LaneCost {
  readonly rows: number;
  readonly count: number;
  readonly #room: LaneRoom;
  readonly #places: LanePlaces;

  constructor(
    readonly table: Table,
    room: LaneRoom,
    places: LanePlaces,
  ) {
    this.rows = table.outputs * table.kraus;
    this.count = table.truth.length;
    this.#room = room;
    this.#places = places;
  }

  /** Writes q and f of the matrix at Y. */
  evaluate(Y: number, width: number): void {
    const { memory } = this.#room;
    const { q, found } = this.#places;
    const { kraus, truth, kind } = this.table;
    const isSquare = kind === "square";
    memory.fill(0, found, found + width);
    memory.fill(0, q, q + this.count * width);
    for (let k = 0; k < this.count; k++) {
      const column = Y + 2 * k * this.rows * width;
      const right = truth[k]! * kraus;
      const wrong = q + k * width;
      this.#room.addSquares(column, wrong, right, width);
      this.#room.addSquares(column + 2 * (right + kraus) * width, wrong, this.rows - right - kraus, width);
      for (let l = 0; l < width; l++) {
        const p = memory[wrong + l]!;
        memory[found + l]! += isSquare ? p * p : p;
      }
    }
  }

  /** Writes the gradient in place of ξ: 4 q S or 2 S on wrong rows, 0 elsewhere. */
  gradient({ width, wrong }: LaneState): void {
    const { memory } = this.#room;
    const { S, xi, t } = this.#places;
    const { kraus, truth, kind } = this.table;
    for (let k = 0; k < this.count; k++) {
      for (let l = 0; l < width; l++) memory[t + l] = kind === "square" ? 4 * wrong[k * width + l]! : 2;
      const [column, first] = [2 * k * this.rows * width, 2 * truth[k]! * kraus * width];
      const behind = first + 2 * kraus * width;
      this.#room.scale(S + column, xi + column, t, truth[k]! * kraus, width);
      memory.fill(0, xi + column + first, xi + column + behind);
      this.#room.scale(S + column + behind, xi + column + behind, t, this.rows - (truth[k]! + 1) * kraus, width);
    }
  }
}
