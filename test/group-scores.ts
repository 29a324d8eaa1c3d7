import type { Group } from "../src/learning/stiefel/group.js";

/** What the realisations of groups cost, and the shares of rows that they answer right. */
export function scoresOf(groups: readonly Group[]): { readonly cost: Float64Array; readonly right: Float64Array } {
  const runs = groups.reduce((sum, group) => sum + group.runs, 0);
  const scores = { cost: new Float64Array(runs), right: new Float64Array(runs) };
  let first = 0;
  for (const group of groups) {
    group.score(scores.cost, scores.right, first);
    first += group.runs;
  }
  return scores;
}
