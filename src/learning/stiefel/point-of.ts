import { type Columns, columnsOf } from "../../numerics/linear/columns.js";
import type { Channel } from "../../quantum/channel.js";

/** A channel as a point: row o·r + a of column k is ⟨o|K_a|k⟩, those of an output behind each other. */
export function pointOf({ input, output, count, re, im }: Channel): Columns {
  const point = columnsOf(output * count, input);
  for (let a = 0; a < count; a++) {
    for (let o = 0; o < output; o++) {
      for (let k = 0; k < input; k++) {
        const [to, from] = [k * point.rows + o * count + a, (a * output + o) * input + k];
        point.re[to] = re[from]!;
        point.im[to] = im[from]!;
      }
    }
  }
  return point;
}
