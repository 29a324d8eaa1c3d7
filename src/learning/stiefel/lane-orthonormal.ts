import { type Columns, columnsOf } from "../../numerics/linear/columns.js";
import { orthonormalise } from "../../numerics/linear/orthonormal-columns.js";
import type { LaneRoom } from "./lane-room.js";
import { writeLane } from "./lane-state.js";
import type { Shape } from "./trainable.js";

/** Makes the columns of lanes orthonormal, as `orthonormalise` does, all of them together. */
export class LaneOrthonormal {
  readonly #left: number;
  readonly #one: Columns;
  readonly #triangle: Columns;

  constructor(
    readonly room: LaneRoom,
    readonly shape: Shape,
    most: number,
  ) {
    this.#left = room.take(most);
    this.#one = columnsOf(shape.rows, shape.count);
    this.#triangle = columnsOf(shape.count, shape.count);
  }

  /** The doubles that it takes of a room. */
  static doubles = (most: number): number => most;

  /**
   * The matrix at Y becomes its orthonormal factor, not a number in lanes whose columns depend on each other; R the other one,
   * on its diagonal and above. One pass is enough but where a column loses most of its length: such a lane is given anew by
   * `give`, and made orthonormal by itself.
   */
  factor(Y: number, R: number, width: number, lanes: number, give: (lane: number, to: Columns) => void): void {
    const { memory, kernels } = this.room;
    const { rows, count } = this.shape;
    if (kernels.orthonormal(memory, Y, R, this.#left, rows, count, width, lanes) === 0) return;
    for (let lane = 0; lane < lanes; lane++)
      if (!(memory[this.#left + lane]! > 0)) this.#alone(Y, R, width, lane, give);
  }

  #alone(Y: number, R: number, width: number, lane: number, give: (lane: number, to: Columns) => void): void {
    const [one, triangle] = [this.#one, this.#triangle];
    give(lane, one);
    triangle.re.fill(0);
    triangle.im.fill(0);
    if (!orthonormalise(one, triangle)) one.re.fill(Number.NaN);
    const { memory } = this.room;
    writeLane(memory, Y, width, lane, one);
    writeLane(memory, R, width, lane, triangle);
  }
}
