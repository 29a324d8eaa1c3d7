import type { Column } from "../result/result.js";
import type { Entry } from "./legend.js";
import { deepest } from "./scale.js";

/** What a logarithmic axis of these columns leaves out, as words for the legend; nothing for a linear axis. */
export function leftOut(columns: readonly Column[], log: boolean): readonly Entry[] {
  if (!log) return [];
  const values = columns.map((column) => column.values.filter(Number.isFinite));
  const count = (is: (value: number) => boolean): number =>
    values.reduce((sum, each) => sum + each.filter(is).length, 0);
  const largest = values.reduce((most, each) => each.reduce((a, b) => Math.max(a, b), most), 0);
  const least = deepest * largest;
  const words = [
    [count((value) => value <= 0), "≤ 0"],
    [count((value) => value > 0 && value < least), "below 10⁻¹² of the largest"],
  ] as const;
  return words
    .filter(([many]) => many > 0 && largest > 0)
    .map(([many, where]) => ({ kind: "note", name: `${many} ${many === 1 ? "value" : "values"} ${where} not shown` }));
}
