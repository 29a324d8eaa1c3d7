import type { Column } from "../result/result.js";

/**
 * How many leading columns of a table that does not say so are axes: two for a nested sweep, whose first column stays
 * while the second runs, and whose second runs the same way each time; else one. The last run may be cut short.
 */
export function axesOf([outer, inner, ...rest]: readonly Column[]): number {
  if (outer === undefined || inner === undefined || rest.length === 0) return 1;
  const run = outer.values.findIndex((value) => value !== outer.values[0]);
  if (run < 2 || inner.values.length !== outer.values.length) return 1;
  const nested = outer.values.every((value, row) => {
    const place = row % run;
    return value === outer.values[row - place] && inner.values[row] === inner.values[place];
  });
  const steps = inner.values[0] !== inner.values[1];
  return nested && steps ? 2 : 1;
}
