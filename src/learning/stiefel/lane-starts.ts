import { addProduct, type Columns, columnsOf } from "../../numerics/linear/columns.js";
import { drawHaar } from "../../numerics/linear/haar.js";
import type { Random } from "../../numerics/random.js";
import { LaneOrthonormal } from "./lane-orthonormal.js";
import type { LaneRoom } from "./lane-room.js";
import { readLane } from "./lane-state.js";
import type { Table } from "./table-cost.js";

/**
 * A table for as many Kraus operators as there are inputs, where there are more. The rows of each output are then Q_o F_o with
 * orthonormal columns of Q_o and a square F_o. A truth table asks for F†F of each output, and all that a descent does is a product
 * from the right; so F is trained in the place of S, and Q stays what it was at the start.
 */
export const framed = (table: Table): Table => ({ ...table, kraus: Math.min(table.kraus, table.truth.length) });

/** Draws realisations by Haar's measure, as `drawHaar` does, side by side. */
export class LaneStarts {
  readonly #S: number;
  readonly #block: number;
  readonly #R: number;
  readonly #whole: LaneOrthonormal;
  readonly #part: LaneOrthonormal;

  constructor(
    readonly table: Table,
    most: number,
    readonly room: LaneRoom,
  ) {
    const { kraus, outputs, truth } = table;
    const count = truth.length;
    this.#S = room.take(2 * outputs * kraus * count * most);
    this.#block = room.take(2 * kraus * count * most);
    this.#R = room.take(2 * count * count * most);
    this.#whole = new LaneOrthonormal(room, { rows: outputs * kraus, count }, most);
    this.#part = new LaneOrthonormal(room, { rows: kraus, count }, most);
  }

  /** The doubles that it takes of a room. */
  static doubles({ kraus, outputs, truth }: Table, most: number): number {
    const count = truth.length;
    return 2 * ((outputs + 1) * kraus * count + count * count) * most + 2 * LaneOrthonormal.doubles(most);
  }

  /** Overwrites the points at a place with those of realisations `first`, …, the parts of a stream, framed where they can be. */
  draw(random: Random, first: number, lanes: number, width: number, points: number): void {
    const { memory } = this.room;
    const { outputs, kraus, truth } = this.table;
    const [n, size] = [truth.length, 2 * width];
    this.#draw(random, first, lanes, width);
    if (kraus <= n) {
      memory.copyWithin(points, this.#S, this.#S + outputs * kraus * n * size);
      return;
    }
    for (let o = 0; o < outputs; o++) {
      this.#factor(o, lanes, width);
      for (let k = 0; k < n; k++) {
        const column = this.#R + k * n * size;
        const to = points + (k * outputs + o) * n * size;
        memory.copyWithin(to, column, column + (k + 1) * size);
        memory.fill(0, to + (k + 1) * size, to + n * size);
      }
    }
  }

  /** S of F, the point of a realisation: its frame is that of its start, drawn once more. */
  unframed(random: Random, run: number, F: Columns): Columns {
    const { outputs, kraus, truth } = this.table;
    const n = truth.length;
    if (kraus <= n) return F;
    const S = columnsOf(outputs * kraus, n);
    this.#draw(random, run, 1, 2);
    for (let o = 0; o < outputs; o++) {
      const [square, block, Q] = [columnsOf(n, n), columnsOf(kraus, n), columnsOf(kraus, n)];
      this.#factor(o, 1, 2);
      copyRows(F, o * n, square, 0, n);
      addProduct(1, readLane(this.room.memory, this.#block, 2, 0, Q), square, block);
      copyRows(block, 0, S, o * kraus, kraus);
    }
    return S;
  }

  /** Draws the points of realisations. */
  #draw(random: Random, first: number, lanes: number, width: number): void {
    const { memory, origin, state, kernels } = this.room;
    const { outputs, kraus, truth } = this.table;
    origin.set(random.origin);
    kernels.drawNormal(memory, origin, state, this.#S, outputs * kraus, truth.length, first, lanes, width);
    this.#whole.factor(this.#S, this.#R, width, lanes, (lane, to) => drawHaar(to, random.at(first + lane)));
  }

  /** Of the rows of an output, the frame and what is framed. */
  #factor(o: number, lanes: number, width: number): void {
    const { memory } = this.room;
    const { outputs, kraus, truth } = this.table;
    const size = 2 * kraus * width;
    for (let k = 0; k < truth.length; k++) {
      const from = this.#S + (k * outputs + o) * size;
      memory.copyWithin(this.#block + k * size, from, from + size);
    }
    this.#part.factor(this.#block, this.#R, width, lanes, (lane, to) => this.#readBlock(o, width, lane, to));
  }

  /** The rows of an output, of one lane. */
  #readBlock(o: number, width: number, lane: number, { rows, count, re, im }: Columns): void {
    const { memory } = this.room;
    const { outputs } = this.table;
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < rows; i++) {
        const at = this.#S + 2 * ((k * outputs + o) * rows + i) * width + lane;
        re[k * rows + i] = memory[at]!;
        im[k * rows + i] = memory[at + width]!;
      }
    }
  }
}

function copyRows(from: Columns, first: number, to: Columns, place: number, rows: number): void {
  for (let k = 0; k < from.count; k++) {
    for (let i = 0; i < rows; i++) {
      to.re[k * to.rows + place + i] = from.re[k * from.rows + first + i]!;
      to.im[k * to.rows + place + i] = from.im[k * from.rows + first + i]!;
    }
  }
}
