import type { Column, Result } from "../result/result.js";
import { historyColumns } from "./statistics.js";
import type { History } from "./task.js";

/** What the result of any training begins with: its history, and how it ended. */
export const historyResult = (
  name: string,
  title: string,
  trained: Parameters<typeof historyColumns>[0] & Partial<Pick<History, "stopped">>,
) =>
  ({
    analysis: "train",
    name,
    title,
    axes: 1,
    columns: historyColumns(trained),
    ended: trained.stopped ? "interrupted" : "complete",
  }) satisfies Partial<Result>;

/** A column of a number for each realisation. */
export const byRun = (runs: number, name: string, of: (run: number) => number): Column => ({
  name,
  unit: "1",
  values: Float64Array.from({ length: runs }, (_, run) => of(run)),
});
