import type { Complaints } from "../text/diagnostic.js";
import type { Circuit, MeasureCard } from "./circuit.js";

/**
 * A measure looks along one axis. Of a sweep within a sweep it sees the first branch alone, and of a file that sets
 * several sources the rows before the first of them changes: whoever measures there is told, once.
 */
export function noteFirstBranch(
  measures: readonly MeasureCard[],
  analyses: Circuit["analyses"],
  complaints: Complaints,
): void {
  const sweep = analyses.findLast((card) => card.kind === "dc");
  const measure = measures.find(({ analysis, task }) => analysis === "dc" && task.kind !== "param");
  if (sweep?.kind !== "dc" || measure === undefined) return;
  const [inner, ...outer] = sweep.sweeps;
  const { targets, points } = outer.at(-1) ?? inner!;
  if (outer.length === 0 && targets.length === 1) return;
  const first = `\`${targets[0]!.name}\` = ${points[0]![0]}`;
  const message =
    outer.length > 0
      ? `The sweep has another one around it: measures speak of its first branch, at ${first}, alone.`
      : `The rows set several sources: measures speak of the first rows alone, as long as ${first}.`;
  const help = "give each branch a netlist of its own, or take the numbers from the data.";
  complaints.note("first-branch", message, measure.span, { help });
}
