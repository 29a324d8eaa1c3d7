import type { Column } from "../result/result.js";
import type { History } from "./task.js";

/** How a quantity is spread over the realisations that have it. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p05: number;
  readonly p95: number;
}

/** The spread of the values that are numbers; all NaN where none is. */
export function spreadOf(values: Float64Array): Spread {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { mean, median: quantile(sorted, 0.5), p05: quantile(sorted, 0.05), p95: quantile(sorted, 0.95) };
}

/** The quantile of ascending values, by linear interpolation between them (type 7 of Hyndman and Fan, 1996). */
export function quantile(sorted: Float64Array, part: number): number {
  if (sorted.length === 0) return NaN;
  const at = part * (sorted.length - 1);
  const low = Math.floor(at);
  const value = sorted[low]!;
  return at === low ? value : value + (at - low) * (sorted[low + 1]! - value);
}

/**
 * A training as columns, a row an epoch: the error's spread over the realisations that have not diverged by then, their
 * mean share of samples classified right, and how many have diverged.
 */
export function historyColumns({ epochs, runs, error, correct, diverged }: History): readonly Column[] {
  const rows = Array.from({ length: epochs }, (_, k) => spreadOf(error.slice(k * runs, (k + 1) * runs)));
  const column = (name: string, of: (row: Spread, k: number) => number): Column => ({
    name,
    unit: "1",
    values: Float64Array.from(rows, of),
  });
  return [
    column("epoch", (_, k) => k + 1),
    column("error.mean", ({ mean }) => mean),
    column("error.median", ({ median }) => median),
    column("error.p05", ({ p05 }) => p05),
    column("error.p95", ({ p95 }) => p95),
    column("correct", (_, k) => spreadOf(correct.slice(k * runs, (k + 1) * runs)).mean),
    column("diverged", (_, k) => diverged.reduce((sum, epoch) => sum + (epoch > 0 && epoch <= k + 1 ? 1 : 0), 0)),
  ];
}
