import type { AnalysisCard, Signal, Sweep } from "../circuit/circuit.js";
import type { ValueTarget } from "../circuit/runs/runs.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { Column, Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { OperatingPoints, type PointCost } from "./operating-point.js";
import { Recorder } from "./recorder.js";
import { type Superposed, superposes, superposition } from "./superposition.js";

type SweepCard = Extract<AnalysisCard, { readonly kind: "dc" }>;

export interface SweepFound {
  readonly columns: readonly Column[];
  readonly axes: number;
  readonly ended: Result["ended"];
  readonly statistics: Result["statistics"];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * `.dc`: an operating point at each point of a grid of values of sources and resistors; the first sweep runs innermost. Each
 * point starts from the solution of the one before, so that a switch with hysteresis remembers from where it came. Where points
 * superpose, and there are more of them than sources, only the first is solved for.
 */
export function* sweep(
  system: CompiledSystem,
  card: SweepCard,
  signals: readonly Signal[],
  interrupted: () => boolean,
): Generator<number, SweepFound> {
  const outer = [...card.sweeps].reverse();
  const axes = outer.flatMap(({ targets }) => targets.map(({ name, unit }) => ({ name, unit })));
  const total = card.sweeps.reduce((product, { points }) => product * points.length, 1);
  const recorder = new Recorder(system, axes, signals, total);
  const cost: PointCost = { iterations: 0, factorizations: 0 };
  const found = (ended: Result["ended"], ...diagnostics: Diagnostic[]): SweepFound => {
    restore(system, outer);
    const verdict = recorder.verdict(ended, card.span);
    return {
      columns: recorder.columns(),
      axes: axes.length,
      ended: verdict.ended,
      diagnostics: [...diagnostics, ...verdict.diagnostics],
      statistics: { method: "newton", points: recorder.points, steps: 0, rejected: 0, ...cost },
    };
  };
  const targets = valuesSet(outer);
  const linear = total > targets.length + 1 && superposes(system, targets);
  const points = new OperatingPoints(system, card.span, cost);
  let before: Float64Array | undefined;
  let superposed: Superposed | undefined;
  system.settleModes(-Infinity, system.start());
  for (const values of combinations(outer)) {
    if (interrupted()) return found("interrupted");
    if (superposed === undefined) {
      set(system, targets, values);
      const point = points.find(before);
      if (point.outcome !== "found") return found("failed", point.problem);
      before = point.x;
      if (linear) superposed = superposition(points, targets, values, point.x, signals);
    } else before = superposed(values);
    recorder.keep(values, -Infinity, before!);
    if (recorder.full) return found("failed");
    yield recorder.offered / total;
  }
  return found("complete");
}

/** Every combination of points, the last sweep running fastest. */
export function* combinations(sweeps: readonly Sweep[]): Generator<number[]> {
  const [first, ...rest] = sweeps;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const point of first.points) for (const tail of combinations(rest)) yield [...point, ...tail];
}

/** What a point sets; all of it are values of sources and resistors. */
const valuesSet = (sweeps: readonly Sweep[]): readonly ValueTarget[] =>
  sweeps.flatMap(({ targets }) => targets.flatMap(({ sets }) => (sets.kind === "value" ? [sets] : [])));

function set(system: CompiledSystem, targets: readonly ValueTarget[], values: readonly number[]): void {
  targets.forEach(({ instance, setting }, k) => {
    system.override(instance, setting, values[k]!);
  });
}

/** Gives what was swept its own values back: other analyses of the netlist know of no sweep. */
function restore(system: CompiledSystem, sweeps: readonly Sweep[]): void {
  const { instances } = system.circuit;
  for (const { instance, setting } of valuesSet(sweeps))
    system.override(instance, setting, instances[instance]!.values[setting]!);
}
