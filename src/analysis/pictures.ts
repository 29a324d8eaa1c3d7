import type { AnalysisCard, Circuit, LoopSignals, PlotCard, PlotStyle, Signal } from "../circuit/circuit.js";
import { curvesOf } from "../circuit/phasor-calls.js";
import { plottedSignals } from "../circuit/plotted-signals.js";
import { isEntanglement } from "../circuit/quantum/entanglement.js";
import { captionOf } from "../result/caption.js";
import type { Loop, Picture, WavesPicture } from "../result/picture.js";
import type { Column, Result } from "../result/result.js";
import type { Span } from "../text/source.js";
import { figuresPicture } from "./figure-pictures.js";
import { drivePeriod } from "./loops.js";
import { mapOf } from "./map-picture.js";
import { nodeVoltages } from "./output.js";
import { broken, prolonged } from "./picture-gaps.js";
import { numbered } from "./picture-names.js";
import { ofFrequency, scalesOf } from "./picture-scales.js";
import { cardsOf } from "./plot-cards.js";
import { portSignals } from "./ports.js";
import { blockPicture, isOfBlock } from "./quantum/block-pictures.js";
import { blockLoops, ownPeriod } from "./quantum/block-signals.js";
import { hasOneSidedEnds } from "./quantum/current-estimates.js";
import { entanglementEvents } from "./quantum/entanglement-events.js";
import { cut } from "./stretch.js";
import type { Traces } from "./traces.js";

/** The most traces that a picture has unless the netlist asks for it. */
const mostTraces = 8;
/** The most loops that are drawn unless the netlist asks for them. */
const mostLoops = 4;

/** The signals that the pictures of an analysis need. */
export function picturedSignals(circuit: Circuit, of: AnalysisCard): readonly Signal[] {
  const asked = cardsOf(circuit, of).flatMap(plottedSignals);
  return [...asked, ...defaultLoops(circuit, of).flatMap(plottedSignals), ...defaultCurves(circuit, of)];
}

interface Drawn {
  readonly result: Result;
  readonly traces: Traces;
}

/** Every picture of a simulation: those of the `.plot` cards, and default ones for analyses without any. */
export function pictures(circuit: Circuit, drawn: readonly Drawn[], periods: readonly number[]): readonly Picture[] {
  const all: Picture[] = [];
  for (const { result, traces } of drawn) {
    const isLine = traces.axis !== undefined && traces.axis.values.length >= 2;
    const isEmpty = result.columns.every(({ values }) => values.length === 0);
    const of = circuit.analyses[result.card] as AnalysisCard;
    const cards = cardsOf(circuit, of).filter(({ kind }) => isLine || (kind === "map" && !isEmpty));
    const found = cards.flatMap((card) => placed(pictureOf(card, of, circuit, traces, periods), card.span));
    const others = found.length > 0 || !isLine ? [] : defaults(circuit, of, result, traces, periods);
    all.push(...found, ...others.flatMap((picture) => placed(picture, of.span, picture.name)));
  }
  return numbered(all);
}

/** A picture that knows its card; `which` of several that a card has none of its own for. */
const placed = (picture: Picture | undefined, { source, start }: Span, which = ""): readonly Picture[] =>
  picture === undefined
    ? []
    : [{ ...picture, card: `${source.name}:${start}:${which}`, ...(which !== "" && { byDefault: true }) }];

function pictureOf(
  card: PlotCard,
  analysis: AnalysisCard,
  circuit: Circuit,
  traces: Traces,
  periods: readonly number[],
): Picture | undefined {
  const of = (signal: Signal): Column => broken(traces.of(signal));
  const { style } = card;
  if (isOfBlock(card))
    return blockPicture(card, captionOf(style, `${card.kind}-`, circuit.title), circuit, analysis, traces);
  const outer = traces.outer.map(prolonged);
  if (card.kind === "xy") {
    const x = prolonged(traces.of(card.x));
    return { kind: "xy", ...captionOf(style, "xy-", circuit.title), x, outer, y: card.y.map(of) };
  }
  if (card.kind === "map") return { kind: "map", ...captionOf(style, "map-", circuit.title), ...mapOf(card, traces) };
  if (card.kind === "figures")
    return figuresPicture(card, captionOf(style, `${card.what}-`, circuit.title), traces, periods);
  if (card.kind === "runs") return undefined;
  if (card.kind === "iv") return loopsOf(circuit, card, analysis, traces, periods);
  return {
    kind: "waves",
    ...captionOf(style, `${card.analysis ?? (ofFrequency(analysis) ? analysis.kind : "tran")}-`, circuit.title),
    ...scalesOf(analysis, style),
    x: prolonged(traces.axis!),
    ...(style.xunit !== undefined && { xunit: style.xunit }),
    outer,
    left: card.signals.map(of),
    right: card.right.map(of),
    ...(style.events && { events: eventsOf(card, traces) }),
  };
}

/** Deaths and births of all entanglement on a card, in the order of time. */
function eventsOf(
  { signals, right }: Extract<PlotCard, { kind: "waves" }>,
  traces: Traces,
): NonNullable<WavesPicture["events"]> {
  const t = traces.axis!.values;
  const found = [...signals, ...right].filter(isEntanglement).map((signal) => traces.of(signal).values);
  return found.flatMap((values) => entanglementEvents(t, values)).sort((a, b) => a.at - b.at);
}

type LoopCard = Extract<PlotCard, { kind: "iv" }>;

function loopsOf(
  circuit: Circuit,
  card: LoopCard,
  run: AnalysisCard,
  traces: Traces,
  periods: readonly number[],
): Picture {
  const loops = card.devices.map((device) => loopOf(circuit, card, device, run, traces, periods));
  const named = captionOf(card.style, `iv-${card.devices.map(({ device }) => device).join("-")}`, circuit.title);
  const look = card.devices.every(isOfLight)
    ? { ...named, xlabel: named.xlabel ?? "Photons in", ylabel: named.ylabel ?? "Photons out" }
    : named;
  return loops.length === 1 ? { kind: "loop", ...look, ...loops[0]! } : { kind: "loops", ...look, loops };
}

/** Whether a loop is of photons out over photons in. */
const isOfLight = ({ voltage }: LoopSignals): boolean =>
  voltage.inputs.some((input) => input.kind === "quantum" && input.of.kind === "nin");

function loopOf(
  circuit: Circuit,
  card: LoopCard,
  signals: LoopSignals,
  run: AnalysisCard,
  traces: Traces,
  periods: readonly number[],
): Loop {
  const time = traces.axis!;
  const [voltage, whole] = [traces.of(signals.voltage), traces.of(signals.current)];
  const current = hasOneSidedEnds(run) ? withoutEnds(whole) : whole;
  const own = ownPeriod(signals.voltage, circuit);
  const period = own ?? drivePeriod(time.values, voltage.values, periods);
  const [shown, ...axes] = periodsOf([time, voltage, current], card.periods, period) as [Column, Column, Column];
  const [v, i] = axes.map((column, k) => normed(column, normOf([voltage, current][k]!.values, card.norm)));
  return {
    device: signals.device,
    time: shown,
    voltage: v!,
    current: i!,
    normalised: card.norm !== undefined,
    period: (time.unit === "s" || own !== undefined) && Number.isFinite(period) ? period : undefined,
    ...(card.periods !== undefined && Number.isFinite(period) && { firstPeriod: card.periods[0] }),
  };
}

/** Slopes of one side are off by far more than the others: a loop is no place for two points of another kind. */
const withoutEnds = (column: Column): Column => ({
  ...column,
  values: column.values.map((value, k, { length }) => (k === 0 || k === length - 1 ? Number.NaN : value)),
});

const normed = (column: Column, scale: number): Column =>
  scale === 1 ? column : { ...column, unit: "1", values: column.values.map((value) => value / scale) };

/** What a loop is divided by: its largest magnitude, or the magnitude that it has first. */
function normOf(values: Float64Array, norm: "max" | "initial" | undefined): number {
  if (norm === undefined) return 1;
  const known = values.filter((value) => !Number.isNaN(value));
  const initial = known.find((value) => value !== 0);
  const largest = known.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (norm === "initial" ? Math.abs(initial ?? 1) : largest) || 1;
}

/** The loop's columns over the periods that are asked for, as far as they were recorded. */
function periodsOf(columns: readonly Column[], periods: readonly [number, number] | undefined, period: number) {
  if (periods === undefined || !Number.isFinite(period)) return columns;
  const [time, ...others] = columns.map(({ values }) => values) as [Float64Array, ...Float64Array[]];
  const stretch = cut(time, others, (periods[0] - 1) * period, periods[1] * period);
  return columns.map((column, k) => ({ ...column, values: k === 0 ? stretch.t : stretch.columns[k - 1]! }));
}

/** A transient without a `.plot` gets its waveforms, and a loop for each of the first memristors. */
function defaults(
  circuit: Circuit,
  of: AnalysisCard,
  result: Result,
  traces: Traces,
  periods: readonly number[],
): readonly Picture[] {
  const columns = result.columns.slice(result.axes).filter(({ name }) => of.kind !== "noise" || /^onoise/.test(name));
  const plain = columns.slice(0, mostTraces);
  const shown = of.kind === "ac" ? defaultCurves(circuit, of).map((signal) => traces.of(signal)) : plain;
  const waves: Picture = {
    kind: "waves",
    ...captionOf(scalesOf(of, {}), `${result.analysis}-`, circuit.title),
    x: traces.axis!,
    outer: traces.outer,
    left: shown,
    right: [],
  };
  const loops = defaultLoops(circuit, of).map((card) => loopsOf(circuit, card, of, traces, periods));
  return [...(shown.length > 0 ? [waves] : []), ...loops];
}

const plain: PlotStyle = {
  title: undefined,
  file: undefined,
  xlabel: undefined,
  ylabel: undefined,
  xunit: undefined,
  logx: false,
  logy: false,
  events: false,
};

/** Decibel and phase of the first node voltages. */
const defaultCurves = (circuit: Circuit, of: AnalysisCard): readonly Signal[] =>
  of.kind !== "ac" || cardsOf(circuit, of).length > 0 ? [] : curvesOf(nodeVoltages(circuit).slice(0, mostTraces / 2));

function defaultLoops(circuit: Circuit, of: AnalysisCard): readonly LoopCard[] {
  if (cardsOf(circuit, of).length > 0) return [];
  if (of.kind === "qtran") return blockLoops(circuit.blocks[of.block]!, of.block).slice(0, mostLoops).map(loopCard);
  if (of.kind !== "tran") return [];
  const memristors = circuit.instances.flatMap((instance, k) =>
    instance.device.claims?.pinched ? [{ instance, k }] : [],
  );
  return memristors.slice(0, mostLoops).map(({ instance, k }) => loopCard(portSignals(instance, k)));
}

const loopCard = (device: LoopSignals): LoopCard => ({
  kind: "iv",
  devices: [device],
  periods: undefined,
  norm: undefined,
  style: plain,
  span: device.voltage.span,
});
