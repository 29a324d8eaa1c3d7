import type { Keep } from "../circuit/training/cards.js";
import type { History } from "./task.js";

/**
 * The realisation whose weights a circuit keeps: `best` has the smallest error at the end, `median` the middle one,
 * `last` is the last. One that diverged is kept only where all have.
 */
export function keptRun(
  { epochs, runs, error, diverged }: Pick<History, "epochs" | "runs" | "error" | "diverged">,
  keep: Keep,
): number {
  if (typeof keep === "object") return Math.min(keep.run, runs) - 1;
  const all = Array.from({ length: runs }, (_, run) => run);
  const sound = all.filter((run) => diverged[run] === 0);
  const from = sound.length > 0 ? sound : all;
  if (keep === "last" || epochs === 0) return from.at(-1)!;
  const end = (run: number): number => error[(epochs - 1) * runs + run]!;
  const ranked = from.toSorted((a, b) => end(a) - end(b) || a - b);
  return keep === "best" ? ranked[0]! : ranked[Math.floor((ranked.length - 1) / 2)]!;
}
