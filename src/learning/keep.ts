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
  const ends = Float64Array.from(from, (run) => error[(epochs - 1) * runs + run]!);
  const ranked = ends.slice().sort();
  const rank = keep === "best" ? 0 : Math.floor((ranked.length - 1) / 2);
  const end = ranked[rank]!;
  if (Number.isNaN(end)) return from[rank]!;
  // Of those that end alike it is the one that has as many before it.
  let place = ends.indexOf(end);
  for (let before = rank - ranked.indexOf(end); before > 0; before--) place = ends.indexOf(end, place + 1);
  return from[place]!;
}
