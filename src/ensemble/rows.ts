import type { Column } from "../result/result.js";
import type { PartOf, Ran } from "./ran.js";

export const rowsOf = (columns: readonly Column[]): number =>
  columns.reduce((most, { values }) => Math.max(most, values.length), 0);

/** The columns of all runs, by their names; a run that lacks one has no values there. */
export function columnsOf(parts: readonly PartOf<readonly Column[]>[]): readonly Column[] {
  const axes = parts[0]?.run.point.axes ?? [];
  const sizes = parts.map(({ result }) => rowsOf(result));
  const names = new Map<string, Column>();
  for (const { result } of parts) for (const column of result) names.set(column.name, column);
  const wanted = [...names.keys()];
  const values = parts.map(({ result }, part) => valuesOf(result, wanted, sizes[part]!));
  const repeated = (name: string, unit: Column["unit"], of: (run: Ran) => number): Column =>
    later(name, unit, () => stacked(sizes, (whole, from, to, part) => whole.fill(of(parts[part]!.run), from, to)));
  return [
    repeated("run", "1", ({ number }) => number),
    ...axes.map(({ name, unit }, k) => repeated(name, unit, ({ point }) => point.values[k]!)),
    ...[...names.values()].map(({ name, unit }, k) => {
      const own = values.map((columns) => columns[k]!);
      return later(name, unit, () => stacked(sizes, (whole, from, _, part) => whole.set(own[part]!, from)), own);
    }),
  ];
}

/** What a run has of each column, in so many rows: no number where it has none. */
function valuesOf(columns: readonly Column[], wanted: readonly string[], rows: number): readonly Float64Array[] {
  const isOfAll = columns.length === wanted.length && columns.every(({ name }, k) => name === wanted[k]);
  return wanted.map((name, k) => {
    const { values } = (isOfAll ? columns[k] : columns.findLast((it) => it.name === name)) ?? nothing;
    if (values.length === rows) return values;
    const padded = new Float64Array(rows).fill(Number.NaN);
    padded.set(values);
    return padded;
  });
}

const nothing = { values: new Float64Array(0) };

/** A column that is put together when it is first asked for: who takes the runs one by one needs no copy of them all. */
function later(name: string, unit: Column["unit"], find: () => Float64Array, parts?: Column["parts"]): Column {
  let found: Float64Array | undefined;
  return {
    name,
    unit,
    get values() {
      found ??= find();
      return found;
    },
    ...(parts && { parts }),
  };
}

/** Values of runs behind each other, each put where it belongs. */
function stacked(
  sizes: readonly number[],
  put: (whole: Float64Array, from: number, to: number, part: number) => void,
): Float64Array {
  const whole = new Float64Array(sizes.reduce((sum, size) => sum + size, 0));
  let from = 0;
  for (const [part, size] of sizes.entries()) {
    put(whole, from, from + size, part);
    from += size;
  }
  return whole;
}
