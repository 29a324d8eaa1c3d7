import { addProduct, type Columns, columnsOf } from "../../numerics/linear/columns.js";
import { drawHaar } from "../../numerics/linear/haar.js";
import type { Random } from "../../numerics/random.js";
import { LaneOrthonormal } from "./lane-orthonormal.js";
import type { LaneRoom } from "./lane-room.js";
import { readLane } from "./lane-state.js";
import type { Table } from "./table-cost.js";

/**
 * Channels of some realisations that are framed: the rows of each output are Q_o F_o with orthonormal columns of Q_o and a square
 * F_o, where there are more Kraus operators than inputs. A truth table asks for F†F of each output, and all that a descent does is
 * a product from the right; so F is trained in the place of S, and Q stays.
 */
export interface Frames {
  readonly width: number;
  /** Of each output, r × n of each lane. */
  readonly Q: readonly Float64Array[];
}

/** A table for as many Kraus operators as there are inputs, where there are more. */
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

  /** Overwrites points with those of realisations `first`, …, the parts of a stream; the frames, if there are any. */
  draw(random: Random, first: number, lanes: number, width: number, points: Float64Array): Frames | undefined {
    const { memory, origin, state, kernels } = this.room;
    const { outputs, kraus, truth } = this.table;
    origin.set(random.origin);
    kernels.drawNormal(memory, origin, state, this.#S, outputs * kraus, truth.length, first, lanes, width);
    this.#whole.factor(this.#S, this.#R, width, lanes, (lane, to) => drawHaar(to, random.at(first + lane)));
    if (kraus > truth.length) return this.#frames(lanes, width, points);
    points.set(memory.subarray(this.#S, this.#S + points.length));
    return undefined;
  }

  #frames(lanes: number, width: number, points: Float64Array): Frames {
    const { memory } = this.room;
    const { outputs, kraus, truth } = this.table;
    const [n, size] = [truth.length, 2 * width];
    const [S, block, R] = [this.#S, this.#block, this.#R];
    const Q = Array.from({ length: outputs }, (_, o) => {
      const rowsOf = (k: number): number => S + (k * outputs + o) * kraus * size;
      for (let k = 0; k < n; k++) memory.copyWithin(block + k * kraus * size, rowsOf(k), rowsOf(k) + kraus * size);
      this.#part.factor(block, R, width, lanes, (lane, to) => this.#readBlock(o, width, lane, to));
      for (let k = 0; k < n; k++) {
        const column = R + k * n * size;
        points.set(memory.subarray(column, column + (k + 1) * size), (k * outputs + o) * n * size);
      }
      return memory.slice(block, block + kraus * n * size);
    });
    return { width, Q };
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

/** S of F, the point of a lane. */
export function unframed({ width, Q }: Frames, lane: number, F: Columns): Columns {
  const n = F.count;
  const kraus = Q[0]!.length / (2 * width * n);
  const S = columnsOf(Q.length * kraus, n);
  for (const [o, lanes] of Q.entries()) {
    const [square, block] = [columnsOf(n, n), columnsOf(kraus, n)];
    copyRows(F, o * n, square, 0, n);
    addProduct(1, readLane(lanes, width, lane, columnsOf(kraus, n)), square, block);
    copyRows(block, 0, S, o * kraus, kraus);
  }
  return S;
}

function copyRows(from: Columns, first: number, to: Columns, place: number, rows: number): void {
  for (let k = 0; k < from.count; k++) {
    for (let i = 0; i < rows; i++) {
      to.re[k * to.rows + place + i] = from.re[k * from.rows + first + i]!;
      to.im[k * to.rows + place + i] = from.im[k * from.rows + first + i]!;
    }
  }
}
