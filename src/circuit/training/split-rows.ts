import type { DatasetCard } from "./cards.js";

type Row = readonly number[];

/** Rows of a data set that `split=` parts in the same ratio, with how many of them are trained with. */
export interface SplitGroup {
  readonly rows: readonly Row[];
  readonly trained: number;
}

/** The groups of a data set's rows: its classes, or all of them. */
export function splitGroups(
  { rows, onehot, inputs }: Pick<DatasetCard, "rows" | "onehot" | "inputs">,
  split: number,
): readonly SplitGroup[] {
  const groups = onehot ? byClass(rows, inputs.length) : [rows];
  return groups.map((group) => ({ rows: group, trained: Math.round(split * group.length) }));
}

function byClass(rows: readonly Row[], inputs: number): readonly (readonly Row[])[] {
  const classes = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row.slice(inputs).join();
    const members = classes.get(key) ?? [];
    members.push(row);
    classes.set(key, members);
  }
  return [...classes.values()];
}
