import type { Column } from "../result/result.js";
import type { PartOf, Ran } from "./ran.js";

export const rowsOf = (columns: readonly Column[]): number =>
  columns.reduce((most, { values }) => Math.max(most, values.length), 0);

/** The columns of all runs, by their names; a run that lacks one has no values there. */
export function columnsOf(parts: readonly PartOf<readonly Column[]>[]): readonly Column[] {
  const axes = parts[0]?.run.point.axes ?? [];
  const sizes = parts.map(({ result }) => rowsOf(result));
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const filled = (read: (run: Ran) => number) => stacked(rows, sizes, (k) => read(parts[k]!.run));
  const names = new Map(parts.flatMap(({ result }) => result.map((column) => [column.name, column] as const)));
  const indexed = parts.map(({ result }) => new Map(result.map((column) => [column.name, column.values])));
  return [
    { name: "run", unit: "1", values: filled(({ number }) => number) },
    ...axes.map(({ name, unit }, k) => ({ name, unit, values: filled(({ point }) => point.values[k]!) })),
    ...[...names.values()].map(({ name, unit }) => ({
      name,
      unit,
      values: stacked(rows, sizes, (k) => indexed[k]!.get(name) ?? Number.NaN),
    })),
  ];
}

/** Values of runs behind each other: a number is that of each row of the run. */
function stacked(rows: number, sizes: readonly number[], of: (part: number) => number | Float64Array): Float64Array {
  const values = new Float64Array(rows).fill(Number.NaN);
  let at = 0;
  for (const [k, size] of sizes.entries()) {
    const value = of(k);
    if (typeof value === "number") values.fill(value, at, at + size);
    else values.set(value, at);
    at += size;
  }
  return values;
}
