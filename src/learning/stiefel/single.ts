import type { Columns } from "../../numerics/linear/columns.js";
import { type Table, TableCost } from "./table-cost.js";
import type { Trainable } from "./trainable.js";

/** One channel, trained as a whole. */
export function singleChannel(table: Table): Trainable {
  const cost = new TableCost(table);
  let at: Columns | undefined;
  const point = (): Columns => {
    if (at === undefined) throw new Error("No realisation has begun.");
    return at;
  };
  return {
    shapes: [cost],
    table,
    effort: 16 * cost.rows * cost.count ** 2,
    begin: ([first]) => {
      at = first;
    },
    costOf: () => cost,
    cost: () => cost.at(point()),
    errors: () => cost.errors(point()),
  };
}
