import type { MeasureCard, MeasureTask, Outputs, Signal } from "../circuit/circuit.js";
import { evaluate } from "../expressions/evaluate.js";
import type { Measured } from "../result/result.js";
import { Complaints, type Diagnostic } from "../text/diagnostic.js";
import type { Unit } from "../units/unit.js";
import { placeOf } from "./crossings.js";
import { Curve } from "./interpolation.js";
import { drivePeriod, formFactor, lastPeriod, loopArea, pinchResidue, refined } from "./loops.js";
import { statistic } from "./statistics.js";
import type { Traces } from "./traces.js";

/** The signals that measures of an analysis look at. */
export function measuredSignals(outputs: Outputs, analysis: Measured["analysis"]): readonly Signal[] {
  return outputs.measures.filter((card) => card.analysis === analysis).flatMap(({ task }) => signalsOf(task));
}

function signalsOf(task: MeasureTask): readonly Signal[] {
  const event = (crossing: unknown): readonly Signal[] =>
    typeof crossing === "object" && crossing !== null && "left" in crossing && "right" in crossing
      ? [crossing.left as Signal, crossing.right as Signal]
      : [];
  switch (task.kind) {
    case "statistic":
    case "at":
      return [task.signal];
    case "when":
      return [...(task.signal ? [task.signal] : []), ...event(task.event)];
    case "between":
      return [...event(task.trigger), ...event(task.target)];
    case "loop":
      return [task.voltage, task.current];
    case "param":
      return [];
  }
}

/**
 * Evaluates the measures in the order of their cards; `traces` are those of the last analysis of each kind. A measure
 * that finds nothing is null, with a warning.
 */
export function measureAll(
  outputs: Outputs,
  traces: ReadonlyMap<Measured["analysis"], Traces>,
  periods: readonly number[],
): { readonly measures: readonly Measured[]; readonly diagnostics: readonly Diagnostic[] } {
  const complaints = new Complaints();
  const measures: Measured[] = [];
  for (const card of outputs.measures) {
    const { value, unit } = measureOne(card, traces, measures, periods);
    const found = value !== undefined && Number.isFinite(value);
    if (!found) {
      complaints.warning(
        "measure-found-nothing",
        `Measure \`${card.name}\` finds nothing in the ${card.analysis} result.`,
        card.span,
      );
    }
    measures.push({ name: card.name, analysis: card.analysis, value: found ? value : null, unit });
  }
  return { measures, diagnostics: complaints.all };
}

/** The `.assert` cards whose condition does not hold; one that speaks of a measure without a value does not hold. */
export function failedAsserts(outputs: Outputs, measures: readonly Measured[]): readonly Diagnostic[] {
  return outputs.asserts.flatMap(({ formula, measures: names, message, span }) => {
    const value = evaluate(formula, 0, valuesOf(names, measures));
    if (value !== 0 && !Number.isNaN(value)) return [];
    return [{ severity: "error" as const, code: "assert-failed", message: `Assertion failed: ${message}`, span }];
  });
}

const valuesOf = (names: readonly string[], measures: readonly Measured[]): Float64Array =>
  Float64Array.from(names, (name) => measures.find((measure) => measure.name === name)?.value ?? Number.NaN);

interface Found {
  readonly value: number | undefined;
  readonly unit: Unit;
}

function measureOne(
  card: MeasureCard,
  all: ReadonlyMap<Measured["analysis"], Traces>,
  earlier: readonly Measured[],
  periods: readonly number[],
): Found {
  const { task } = card;
  if (task.kind === "param")
    return { value: evaluate(task.formula, 0, valuesOf(task.measures, earlier)), unit: task.unit };
  const traces = all.get(card.analysis)?.firstBranch;
  if (traces === undefined || traces.columns[0]!.values.length === 0) return { value: undefined, unit: "1" };
  switch (task.kind) {
    case "statistic":
      return statistic(task, traces);
    case "at":
      return pointwise(task.what, traces, task.signal, task.at);
    case "when": {
      const place = placeOf(task.event, traces);
      if (task.signal === undefined) return { value: place, unit: traces.axis!.unit };
      return place === undefined
        ? { value: undefined, unit: task.signal.unit }
        : pointwise(task.what, traces, task.signal, place);
    }
    case "between":
      return { value: between(task, traces), unit: traces.axis!.unit };
    case "loop":
      return loop(task, traces, periods);
  }
}

function pointwise(what: "find" | "deriv", traces: Traces, signal: Signal, at: number): Found {
  const { values, unit } = traces.of(signal);
  if (traces.axis === undefined) return { value: values[0], unit };
  const { values: t } = traces.axis;
  const inside = at >= Math.min(t[0]!, t.at(-1)!) && at <= Math.max(t[0]!, t.at(-1)!);
  if (!inside) return { value: undefined, unit };
  const curve = new Curve(t, values);
  return what === "find" ? { value: curve.at(at), unit } : { value: curve.slope(at), unit: "1" };
}

function between({ trigger, target }: Extract<MeasureTask, { kind: "between" }>, traces: Traces): number | undefined {
  const place = (of: typeof trigger) => (typeof of === "number" ? of : placeOf(of, traces));
  const from = place(trigger);
  const to = place(target);
  return from === undefined || to === undefined ? undefined : to - from;
}

function loop(task: Extract<MeasureTask, { kind: "loop" }>, traces: Traces, periods: readonly number[]): Found {
  const period = drivePeriod(traces.axis!.values, traces.of(task.voltage).values, periods);
  const stretch = lastPeriod(traces.axis!.values, period, task.period);
  if (stretch === undefined)
    return { value: undefined, unit: task.what === "loop_area" ? "V·A" : task.what === "pinch" ? "A" : "1" };
  const t = traces.axis!.values.subarray(stretch.from, stretch.to);
  const v = traces.of(task.voltage).values.subarray(stretch.from, stretch.to);
  const i = traces.of(task.current).values.subarray(stretch.from, stretch.to);
  const [fineV, fineI] = refined(t, v, i) as [Float64Array, Float64Array];
  if (task.what === "loop_area") return { value: loopArea(fineV, fineI), unit: "V·A" };
  if (task.what === "formfactor") return { value: formFactor(fineV, fineI), unit: "1" };
  return { value: pinchResidue(t, v, i), unit: "A" };
}
