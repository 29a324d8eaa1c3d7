import { type Columns, columnsOf } from "../../numerics/linear/columns.js";
import { kept, orthonormalise } from "../../numerics/linear/orthonormal-columns.js";
import type { LaneRoom } from "./lane-room.js";
import type { Shape } from "./trainable.js";

/** Makes the columns of lanes orthonormal, as `orthonormalise` does, all of them together. */
export class LaneOrthonormal {
  readonly #before: number;
  readonly #after: number;
  readonly #overlap: number;
  readonly #again: Uint8Array;
  readonly #one: Columns;
  readonly #triangle: Columns;

  constructor(
    readonly room: LaneRoom,
    readonly shape: Shape,
    most: number,
  ) {
    [this.#before, this.#after, this.#overlap] = [room.take(most), room.take(most), room.take(2 * most)];
    this.#again = new Uint8Array(most);
    this.#one = columnsOf(shape.rows, shape.count);
    this.#triangle = columnsOf(shape.count, shape.count);
  }

  /** The doubles that it takes of a room. */
  static doubles = (most: number): number => 4 * most;

  /**
   * The matrix at Y becomes its orthonormal factor, not a number in lanes whose columns depend on each other; R, if there is
   * a place for it, the other factor. One pass is enough but where a column loses most of its length: such a lane is given
   * anew by `give`, and made orthonormal by itself.
   */
  factor(Y: number, width: number, lanes: number, give: (lane: number, to: Columns) => void, R?: number): void {
    const { room, shape } = this;
    const { rows, count } = shape;
    this.#again.fill(0);
    for (let k = 0; k < count; k++) {
      const column = Y + 2 * k * rows * width;
      this.#measure(column, this.#before, width);
      for (let j = 0; j < k; j++) {
        const c = R === undefined ? this.#overlap : R + 2 * (k * count + j) * width;
        room.overlap(Y + 2 * j * rows * width, column, c, rows, width);
        room.takeOut(Y + 2 * j * rows * width, column, c, rows, width);
      }
      this.#measure(column, this.#after, width);
      this.#scale(column, width, lanes, R === undefined ? undefined : R + 2 * k * (count + 1) * width);
    }
    for (let lane = 0; lane < lanes; lane++) if (this.#again[lane] === 1) this.#alone(Y, width, lane, give, R);
  }

  #measure(column: number, place: number, width: number): void {
    this.room.memory.fill(0, place, place + width);
    this.room.addSquares(column, place, this.shape.rows, width);
  }

  /** Divides a column by its length, which stands on the diagonal of R; where little of it is left, its lane is gone over again. */
  #scale(column: number, width: number, lanes: number, diagonal: number | undefined): void {
    const { memory } = this.room;
    const [before, after] = [this.#before, this.#after];
    for (let l = 0; l < lanes; l++) {
      const left = memory[after + l]!;
      if (!(left > kept * memory[before + l]!) || left === Infinity) this.#again[l] = 1;
      const length = Math.sqrt(left);
      if (diagonal !== undefined) {
        memory[diagonal + l] = length;
        memory[diagonal + width + l] = 0;
      }
      memory[after + l] = 1 / length;
    }
    this.room.scale(column, column, after, this.shape.rows, width);
  }

  #alone(Y: number, width: number, lane: number, give: (lane: number, to: Columns) => void, R?: number): void {
    const [one, triangle] = [this.#one, this.#triangle];
    give(lane, one);
    triangle.re.fill(0);
    triangle.im.fill(0);
    if (!orthonormalise(one, triangle)) one.re.fill(Number.NaN);
    this.room.write(Y, width, lane, one);
    if (R !== undefined) this.room.write(R, width, lane, triangle);
  }
}
