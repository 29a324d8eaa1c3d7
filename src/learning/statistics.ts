import { meanOf, type Spread, spreadOf } from "../numerics/spread.js";
import type { Column } from "../result/result.js";
import type { History } from "./task.js";

/**
 * A training as columns, a row an epoch or iteration: the error's spread over the realisations that have not diverged by then, their
 * mean share of samples classified right, and how many have diverged.
 */
export function historyColumns({
  epochs,
  first = 1,
  counts = "epoch",
  runs,
  error,
  correct,
  diverged,
}: Pick<History, "epochs" | "first" | "counts" | "runs" | "error" | "correct" | "diverged">): readonly Column[] {
  const rows = Array.from({ length: epochs }, (_, k) => spreadOf(error.subarray(k * runs, (k + 1) * runs)));
  const ended = diverged.toSorted();
  const gone = ended.subarray(ended.lastIndexOf(0) + 1);
  const column = (name: string, of: (row: Spread, k: number) => number): Column => ({
    name,
    unit: "1",
    values: Float64Array.from(rows, of),
  });
  return [
    column(counts, (_, k) => k + first),
    column("error.mean", ({ mean }) => mean),
    column("error.median", ({ median }) => median),
    column("error.p05", ({ p05 }) => p05),
    column("error.p95", ({ p95 }) => p95),
    column("correct", (_, k) => meanOf(correct.subarray(k * runs, (k + 1) * runs))),
    column("diverged", (_, k) => gone.reduce((sum, epoch) => sum + (epoch <= k + first ? 1 : 0), 0)),
  ];
}
