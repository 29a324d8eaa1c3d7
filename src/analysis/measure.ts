import type { AnalysisCard, MeasureCard, MeasureTask, Outputs, Signal } from "../circuit/circuit.js";
import { loopUnit } from "../circuit/measure-units.js";
import { signalsOfTask } from "../circuit/measured-signals.js";
import { isMemristorVoltage } from "../circuit/quantum/memristor-voltage.js";
import { evaluate } from "../expressions/evaluate.js";
import type { Column, Measured, Result } from "../result/result.js";
import { Complaints, type Diagnostic } from "../text/diagnostic.js";
import { slopeUnit } from "../units/calculus.js";
import { formatQuantity } from "../units/quantity.js";
import type { Unit } from "../units/unit.js";
import { placeOf } from "./crossings.js";
import { harmonicsOf, lastPeriods, totalDistortion } from "./fourier.js";
import { Curve, placeOnAxis } from "./interpolation.js";
import { figureOf, recordOf } from "./loop-figures.js";
import { statistic } from "./statistics.js";
import { switching } from "./switching.js";
import { tells } from "./told.js";
import type { Traces } from "./traces.js";

/** The signals that measures of an analysis look at. */
export function measuredSignals(outputs: Outputs, of: AnalysisCard): readonly Signal[] {
  const signals = outputs.measures
    .filter((card) => card.analysis === of.kind)
    .flatMap(({ task }) => signalsOfTask(task));
  if (of.kind === "tran") for (const card of outputs.fourier) signals.push(...card.signals);
  return signals.filter((signal) => tells(of, signal));
}

/** An analysis that was run, and all that it computed. */
export interface Measurable {
  readonly card: AnalysisCard;
  readonly traces: Traces;
}

type ChannelTask = Extract<MeasureTask, { kind: "channel" }>;

/**
 * Evaluates the measures in the order of their cards. A measure is of the last analysis of its kind, of the blocks' own
 * runs of the last that tells its signals; `learned` are the results of trainings. A measure that finds nothing is null,
 * with a warning.
 */
export function measureAll(
  outputs: Outputs,
  done: readonly Measurable[],
  periods: readonly number[],
  learned: readonly Result[],
  ofChannels: (task: ChannelTask) => number,
): { readonly measures: readonly Measured[]; readonly diagnostics: readonly Diagnostic[] } {
  const complaints = new Complaints();
  const measures: Measured[] = [];
  for (const card of outputs.measures) {
    const { value, unit, why } = measureOne(card, done, measures, periods, learned, ofChannels);
    const found = value !== undefined && Number.isFinite(value);
    if (!found) {
      complaints.warning(
        "measure-found-nothing",
        `Measure \`${card.name}\` finds nothing in the ${card.analysis} result${why === undefined ? "" : `: ${why}`}.`,
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
  /** Why there is no value, where there is more to say than that. */
  readonly why?: string;
}

function measureOne(
  card: MeasureCard,
  done: readonly Measurable[],
  earlier: readonly Measured[],
  periods: readonly number[],
  learned: readonly Result[],
  ofChannels: (task: ChannelTask) => number,
): Found {
  const { task } = card;
  if (task.kind === "channel") return { value: ofChannels(task), unit: "1" };
  if (task.kind === "learned") return learnedValue(card.analysis, task, learned);
  if (task.kind === "param")
    return { value: evaluate(task.formula, 0, valuesOf(task.measures, earlier)), unit: task.unit };
  const last = done.findLast(
    (of) => of.card.kind === card.analysis && signalsOfTask(task).every((it) => tells(of.card, it)),
  );
  const traces = last?.traces.firstBranch;
  if (traces === undefined) {
    const ran = done.some((of) => of.card.kind === card.analysis);
    const why = ran ? "what it asks for is of several runs" : `no \`.${card.analysis}\` was run`;
    return { value: undefined, unit: "1", why };
  }
  if (traces.columns[0]!.values.length === 0) return { value: undefined, unit: "1" };
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
    case "harmonic":
      return harmonic(task, traces);
    case "between":
      return { value: between(task, traces), unit: traces.axis!.unit };
    case "switching":
      return switching(task, traces);
    case "loop":
      return card.analysis === "qtran" && isMemristorVoltage(task.voltage)
        ? loopOfBlock(task, traces)
        : loop(task, traces, periods);
  }
}

type LearnedTask = Extract<MeasureTask, { kind: "learned" }>;

/** The value of a column in the row of an epoch, or in the last; what a training has one of stands in a table of its own. */
function learnedValue(
  analysis: Measured["analysis"],
  { train, column, at }: LearnedTask,
  results: readonly Result[],
): Found {
  const of = results.findLast((it) => it.analysis === analysis && it.name === train);
  const columns = [...(of?.columns ?? []), ...(of?.tables ?? []).flatMap((table) => table.columns)];
  const found = columns.find(({ name }) => name === column);
  const value = at === undefined ? found?.values.at(-1) : found?.values[of!.columns[0]!.values.indexOf(Math.round(at))];
  return { value: Number.isNaN(value) ? undefined : value, unit: found?.unit ?? "1" };
}

function pointwise(what: "find" | "deriv", traces: Traces, signal: Signal, at: number): Found {
  const { values, unit: own } = traces.of(signal);
  const { axis } = traces;
  if (axis === undefined) return { value: values[0], unit: own };
  const unit = what === "find" ? own : slopeUnit(own, axis.unit);
  const { values: t } = axis;
  const ends = [t[0]!, t[t.length - 1]!] as const;
  const place = placeOnAxis(t, at);
  if (!(place >= Math.min(...ends) && place <= Math.max(...ends))) return { value: undefined, unit };
  const curve = new Curve(t, values);
  if (what === "find" && place === t[0]) return { value: values[0], unit }; // what the run starts from
  return { value: what === "find" ? curve.at(place) : curve.slope(place), unit };
}

function between({ trigger, target }: Extract<MeasureTask, { kind: "between" }>, traces: Traces): number | undefined {
  const place = (of: typeof trigger) => (typeof of === "number" ? of : placeOf(of, traces));
  const from = place(trigger);
  const to = place(target);
  return from === undefined || to === undefined ? undefined : to - from;
}

type HarmonicTask = Extract<MeasureTask, { kind: "harmonic" }>;

function harmonic({ what, signal, frequency, n, periods }: HarmonicTask, traces: Traces): Found {
  const { values, unit: own } = traces.of(signal);
  const unit = what === "thd" ? "1" : own;
  const time = traces.axis!.values;
  const window = lastPeriods(time, 1 / frequency, periods);
  if (window === undefined) return { value: undefined, unit, why: "no whole period of that frequency was recorded" };
  const { magnitude } = harmonicsOf(time, values, frequency, n, window);
  return { value: what === "thd" ? totalDistortion(magnitude) : magnitude[n], unit };
}

type LoopTask = Extract<MeasureTask, { kind: "loop" }>;

function loop(task: LoopTask, traces: Traces, periods: readonly number[]): Found {
  const unit = loopUnit(task);
  const record = recordOf(task, traces, periods);
  const which = task.period === "all" ? undefined : task.period;
  const value = figureOf(task.what, record, which);
  return value === undefined ? { value, unit, why: whyNoPeriod(traces.axis!, record.period, which) } : { value, unit };
}

/** A figure of a quantum memristor as in the tables of its run: of a loop, the last where none is named, or of them all. */
function loopOfBlock(task: LoopTask, { tables }: Traces): Found {
  const { what, voltage, period } = task;
  const unit = what === "pinch" ? "1" : loopUnit(task); // over the largest current: a ratio
  const figure = what === "loop_area" ? "area" : what;
  const name = voltage.name.replace(/^v\(/, `${figure}(`);
  const from = tables.find((table) => table.name === (period === "all" ? "memristivity" : "loops"));
  const values = from?.columns.find((column) => column.name === name)?.values;
  const own = values?.filter((value) => !Number.isNaN(value)) ?? [];
  const value = typeof period === "number" ? own[period - 1] : own.at(-1);
  if (value !== undefined) return { value, unit };
  const why =
    period === "all"
      ? "the voltage of the memristor never crosses 0"
      : `there are ${own.length} loops of the memristor`;
  return { value, unit, why };
}

function whyNoPeriod({ values, unit }: Column, period: number, which: number | undefined): string {
  const [from, to] = [values[0]!, values[values.length - 1]!].map((value) => formatQuantity(value, unit));
  const recorded = `recorded is from ${from} to ${to}`;
  if (which === undefined && !Number.isFinite(period)) return `too few points make no loop: ${recorded}`;
  if (!Number.isFinite(period)) return `no source oscillates, so there is no period ${which}`;
  const name = which === undefined ? "no whole period" : `period ${which} is not whole`;
  return `${name}: ${recorded}, and a period of the drive is ${formatQuantity(period, unit)}`;
}
