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

/** The result of a test: one row, of which an error that is no number is left out. */
export function testResultOf(
  name: string,
  title: string,
  { samples, error, right }: { readonly samples: number; readonly error: number; readonly right: number },
): Omit<Result, "card"> {
  const column = (of: string, value: number): Column => ({ name: of, unit: "1", values: Float64Array.of(value) });
  const errors = Number.isFinite(error) ? [column("error", error)] : [];
  return {
    analysis: "test",
    name,
    title,
    axes: 0,
    columns: [column("samples", samples), ...errors, column("correct", right / samples)],
    ended: "complete",
    statistics: { steps: 0, rejected: 0, iterations: 0, factorizations: 0, method: "closed form", points: 1 },
  };
}

/** A column of a number for each realisation. */
export const byRun = (runs: number, name: string, of: (run: number) => number): Column => ({
  name,
  unit: "1",
  values: Float64Array.from({ length: runs }, (_, run) => of(run)),
});
