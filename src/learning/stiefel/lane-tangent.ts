import type { LaneRoom } from "./lane-room.js";
import type { Shape } from "./trainable.js";

/** Projects lanes onto the tangent spaces at theirs, as `TangentSpace` does one point. */
export class LaneTangents {
  /** @param overlaps the place of n × n numbers a lane */
  constructor(
    readonly room: LaneRoom,
    readonly shape: Shape,
    readonly overlaps: number,
  ) {}

  /** Overwrites G with its projection onto the tangent space at S: G − S(S†G + G†S)/2. */
  project(S: number, G: number, width: number): void {
    const { room, overlaps } = this;
    const { rows, count: n } = this.shape;
    const size = 2 * rows * width;
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++)
        room.overlap(S + j * size, G + k * size, overlaps + 2 * (k * n + j) * width, rows, width);
    }
    for (let k = 0; k < n; k++) for (let j = 0; j <= k; j++) this.#symmetrise(j, k, width);
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++)
        room.takeOut(S + j * size, G + k * size, overlaps + 2 * (k * n + j) * width, rows, width);
    }
  }

  /** Entries (j, k) and (k, j) of the overlaps C become those of (C + C†)/2. */
  #symmetrise(j: number, k: number, width: number): void {
    const { overlaps } = this;
    const { memory } = this.room;
    const a = overlaps + 2 * (k * this.shape.count + j) * width;
    const b = overlaps + 2 * (j * this.shape.count + k) * width;
    for (let l = 0; l < width; l++) {
      const x = (memory[a + l]! + memory[b + l]!) / 2;
      const y = (memory[a + width + l]! - memory[b + width + l]!) / 2;
      memory[a + l] = x;
      memory[b + l] = x;
      memory[a + width + l] = y;
      memory[b + width + l] = -y;
    }
  }
}
