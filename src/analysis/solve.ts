import type { AnalysisCard, Signal } from "../circuit/circuit.js";
import type { Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Equations } from "./equations.js";
import { pointAtRest } from "./initial-point.js";
import { noise } from "./noise.js";
import { qtran } from "./qtran.js";
import { Recorder } from "./recorder.js";
import { smallSignal } from "./small-signal.js";
import { sweep } from "./sweep.js";
import { type Anew, isAnew, sweepAnew } from "./sweep-anew.js";
import { transientOf } from "./transient-of.js";

export type Found = Pick<Result, "columns" | "axes" | "ended" | "statistics" | "tables"> & {
  readonly diagnostics: readonly Diagnostic[];
};

/** Runs one analysis: the columns of all signals. */
export function* solve(
  at: Equations,
  card: AnalysisCard,
  signals: readonly Signal[],
  anew: Anew,
  interrupted: () => boolean,
): Generator<number, Found> {
  if (card.kind === "tran") return { axes: 1, ...(yield* transientOf(at, card, signals, interrupted)) };
  if (card.kind === "dc" && card.sweeps.some(isAnew)) return yield* sweepAnew(card, signals, anew, interrupted);
  if (card.kind === "qtran") return { axes: 1, ...(yield* qtran(at.circuit, card, signals, interrupted)) };
  const { system } = at;
  if (card.kind === "ac") return yield* smallSignal(system, card, signals, interrupted);
  if (card.kind === "noise") return yield* noise(system, card, signals, interrupted);
  if (card.kind === "dc") return yield* sweep(system, card, signals, interrupted);
  const cost = { iterations: 0, factorizations: 0 };
  const point = pointAtRest(system, card.span, cost);
  const recorder = new Recorder(system, [], signals, 1);
  if (point.outcome === "found") recorder.keep([], -Infinity, point.x);
  const { ended, diagnostics } =
    point.outcome === "found"
      ? recorder.verdict("complete", card.span)
      : { ended: "failed" as const, diagnostics: [point.problem] };
  return {
    axes: 0,
    columns: recorder.columns(),
    ended,
    diagnostics,
    statistics: { method: "newton", points: recorder.points, steps: 0, rejected: 0, ...cost },
  };
}
