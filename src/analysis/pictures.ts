import type { Circuit, LoopSignals, PlotCard, PlotStyle, Signal } from "../circuit/circuit.js";
import type { Loop, Picture } from "../result/picture.js";
import type { Column, Result } from "../result/result.js";
import { drivePeriod, lastPeriod } from "./loops.js";
import { mapOf } from "./map-picture.js";
import { portSignals } from "./ports.js";
import type { Traces } from "./traces.js";

/** The most traces that a picture has unless the netlist asks for it. */
const mostTraces = 8;
/** The most loops that are drawn unless the netlist asks for them. */
const mostLoops = 4;

/** The signals that the pictures of an analysis need. */
export function picturedSignals(circuit: Circuit, analysis: Result["analysis"]): readonly Signal[] {
  const asked = cardsOf(circuit, analysis).flatMap(signalsOf);
  return [...asked, ...defaultLoops(circuit, analysis).flatMap(signalsOf)];
}

/** The `.plot` cards that an analysis has pictures for: without a word of their own all but operating points. */
const cardsOf = ({ outputs, analyses }: Circuit, analysis: Result["analysis"]): readonly PlotCard[] =>
  outputs.plots.filter((card) => {
    if ((card.kind === "waves" || card.kind === "map") && card.analysis !== undefined)
      return card.analysis === analysis;
    return analysis !== "op" || (card.kind === "map" && analyses.every(({ kind }) => kind === "op"));
  });

function signalsOf(card: PlotCard): readonly Signal[] {
  if (card.kind === "waves") return [...card.signals, ...card.right];
  if (card.kind === "map") return card.cells.map(({ signal }) => signal);
  return card.kind === "iv" ? card.devices.flatMap(({ voltage, current }) => [voltage, current]) : [card.x, ...card.y];
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
    const cards = cardsOf(circuit, result.analysis).filter(({ kind }) => isLine || (kind === "map" && !isEmpty));
    const found = cards.map((card) => pictureOf(card, circuit, traces, periods));
    all.push(...(found.length > 0 || !isLine ? found : defaults(circuit, result, traces, periods)));
  }
  return numbered(all);
}

/** Pictures without a name of their own are counted by kind; a name that comes again gets `.2`, `.3` … */
function numbered(all: readonly Picture[]): readonly Picture[] {
  const used = new Map<string, number>();
  return all.map((picture) => {
    const count = (used.get(picture.name) ?? 0) + 1;
    used.set(picture.name, count);
    if (/^(tran|dc|xy|map)-$/.test(picture.name)) return { ...picture, name: `${picture.name}${count}` };
    return count === 1 ? picture : { ...picture, name: `${picture.name}.${count}` };
  });
}

const common = (circuit: Circuit, style: Partial<PlotStyle>, name: string) => ({
  name: style.file?.replace(/\.svg$/i, "") ?? name,
  named: style.file !== undefined,
  title: style.title ?? circuit.title,
  xlabel: style.xlabel,
  ylabel: style.ylabel,
  logx: style.logx ?? false,
  logy: style.logy ?? false,
});

function pictureOf(card: PlotCard, circuit: Circuit, traces: Traces, periods: readonly number[]): Picture {
  const of = (signal: Signal): Column => traces.of(signal);
  const { style } = card;
  const { outer } = traces;
  if (card.kind === "xy")
    return { kind: "xy", ...common(circuit, style, "xy-"), x: of(card.x), outer, y: card.y.map(of) };
  if (card.kind === "map") return { kind: "map", ...common(circuit, style, "map-"), ...mapOf(card, traces) };
  if (card.kind === "iv") return loopsOf(circuit, card, traces, periods);
  return {
    kind: "waves",
    ...common(circuit, style, `${card.analysis ?? "tran"}-`),
    x: traces.axis!,
    ...(style.xunit !== undefined && { xunit: style.xunit }),
    outer,
    left: card.signals.map(of),
    right: card.right.map(of),
  };
}

type LoopCard = Extract<PlotCard, { kind: "iv" }>;

function loopsOf(circuit: Circuit, card: LoopCard, traces: Traces, periods: readonly number[]): Picture {
  const loops = card.devices.map((device) => loopOf(card, device, traces, periods));
  const look = common(circuit, card.style, `iv-${card.devices.map(({ device }) => device).join("-")}`);
  return loops.length === 1 ? { kind: "loop", ...look, ...loops[0]! } : { kind: "loops", ...look, loops };
}

function loopOf(card: LoopCard, signals: LoopSignals, traces: Traces, periods: readonly number[]): Loop {
  const time = traces.axis!;
  const [voltage, current] = [traces.of(signals.voltage), traces.of(signals.current)];
  const period = drivePeriod(time.values, voltage.values, periods);
  const rows = rowsOf(time.values, card.periods, period);
  const cut = (column: Column, scale = 1): Column => ({
    ...column,
    ...(scale === 1 ? {} : { unit: "1" as const }),
    values: column.values.subarray(rows.from, rows.to).map((value) => value / scale),
  });
  return {
    device: signals.device,
    time: cut(time),
    voltage: cut(voltage, normOf(voltage.values, card.norm)),
    current: cut(current, normOf(current.values, card.norm)),
    period: time.unit === "s" && Number.isFinite(period) ? period : undefined,
  };
}

/** What a loop is divided by: its largest magnitude, or the magnitude that it has first. */
function normOf(values: Float64Array, norm: "max" | "initial" | undefined): number {
  if (norm === undefined) return 1;
  const initial = values.find((value) => value !== 0);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (norm === "initial" ? Math.abs(initial ?? 1) : largest) || 1;
}

function rowsOf(t: Float64Array, periods: readonly [number, number] | undefined, period: number) {
  const all = { from: 0, to: t.length };
  if (periods === undefined) return all;
  const first = lastPeriod(t, period, periods[0]);
  const last = lastPeriod(t, period, periods[1]);
  return { from: first?.from ?? 0, to: last?.to ?? t.length };
}

/** A transient without a `.plot` gets its waveforms, and a loop for each of the first memristors. */
function defaults(circuit: Circuit, result: Result, traces: Traces, periods: readonly number[]): readonly Picture[] {
  const shown = result.columns.slice(result.axes, result.axes + mostTraces);
  const waves: Picture = {
    kind: "waves",
    ...common(circuit, {}, `${result.analysis}-`),
    x: traces.axis!,
    outer: traces.outer,
    left: shown,
    right: [],
  };
  const loops = defaultLoops(circuit, result.analysis).map((card) => loopsOf(circuit, card, traces, periods));
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
};

function defaultLoops(circuit: Circuit, analysis: Result["analysis"]): readonly LoopCard[] {
  if (analysis !== "tran" || cardsOf(circuit, analysis).length > 0) return [];
  const memristors = circuit.instances.flatMap((instance, k) =>
    instance.device.claims?.pinched ? [{ instance, k }] : [],
  );
  return memristors.slice(0, mostLoops).map(({ instance, k }) => ({
    kind: "iv",
    devices: [portSignals(instance, k)],
    periods: undefined,
    norm: undefined,
    style: plain,
    span: instance.span,
  }));
}
