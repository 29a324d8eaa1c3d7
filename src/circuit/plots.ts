import type { Directive, Item } from "../syntax/ast.js";
import type { LoopSignals, PlotCard, Signal } from "./circuit.js";
import type { Environment } from "./environment.js";
import { drawnFigures, readFigures, readRunsPlot } from "./figure-plots.js";
import { Items } from "./items.js";
import { readMap } from "./map-card.js";
import { complainOfOption, StyleReader } from "./plot-style.js";
import { deviceSignals } from "./port-signals.js";
import { isEntanglement } from "./quantum/entanglement.js";
import { asksForRho, readBlochPlot, readCircuitPlot, readRhoPlot } from "./quantum/plots.js";
import { written } from "./readings.js";
import { takeKind } from "./result-kind.js";
import { oneSignal, signalsOf } from "./signals.js";
import { nameOf, textOf } from "./words.js";

const later = ["series"] as const;

/** `.plot [tran|dc] signals…`, `.plot iv devices…`, `.plot xy {x} {y}`, `.plot map x(m*)`, `.plot loop_area m1`, `.plot runs area`, and those of quantum blocks. */
export function readPlot(card: Directive, place: Environment): PlotCard | undefined {
  const items = new Items(card.items, place, card.span);
  const first = items.peek();
  const unbuilt = items.take(...later);
  if (unbuilt !== undefined) {
    items.error("not-supported-yet", `\`.plot ${unbuilt}\` is not supported yet.`, first!.span);
    return undefined;
  }
  if (items.take("iv")) return readLoop(items);
  if (items.take("xy")) return readXy(items);
  if (items.take("map")) return asksForRho(items) ? readRhoPlot(items) : readMap(items);
  if (items.take("runs")) return readRunsPlot(items);
  const figure = items.take(...drawnFigures);
  if (figure !== undefined) return readFigures(figure, items);
  if (items.take("circuit")) return readCircuitPlot(items);
  if (items.take("bloch")) return readBlochPlot(items);
  return readWaves(items);
}

function readWaves(items: Items): PlotCard | undefined {
  const { complaints } = items.place.elaboration;
  const before = complaints.errors;
  const analysis = takeKind(items);
  const style = new StyleReader(items);
  const signals: Signal[] = [];
  const right: Signal[] = [];
  while (items.left > 0) {
    const second = items.setting("y2");
    if (second === undefined) {
      if (style.take()) continue;
      if (complainOfVersus(items, signals)) return undefined;
      if (complainOfOption(items, ["y2"])) continue;
    }
    const side = second === undefined ? signals : right;
    for (const signal of signalsOf(second?.value ?? items.next()!, items.place)) side.push(signal);
  }
  if (complaints.errors > before) return undefined;
  if (signals.length === 0 && right.length === 0) {
    items.error("missing-value", "`.plot` needs signals: `.plot tran v(out)`, or `.plot iv m1`.", items.span);
    return undefined;
  }
  const look = style.style();
  if (look.events && ![...signals, ...right].some(isEntanglement)) {
    const help = "give it one: `.plot qtran concurrence(a,b) mark=events`.";
    const message =
      "`mark=events` marks where entanglement dies and is born, but no signal here is a concurrence or negativity.";
    items.error("no-events", message, items.span, help);
    return undefined;
  }
  return { kind: "waves", analysis, signals, right, style: look, span: items.span };
}

/** `.plot v(a) vs v(in)` of other simulators. */
function complainOfVersus(items: Items, signals: readonly Signal[]): boolean {
  const item = items.peek();
  if (signals.length === 0 || items.take("vs") === undefined) return false;
  const x = items.peek();
  const braced = (text: string): string => (/^\{.*\}$/.test(text) ? text : `{${text}}`);
  const card = `.plot xy ${[...(x ? [written(x.span)] : []), ...signals.map(({ name }) => name)].map(braced).join(" ")}`;
  items.error("expected-signal", "`vs` is no signal.", item!.span, `write \`${card}\`, the horizontal axis first.`);
  return true;
}

function readLoop(items: Items): PlotCard | undefined {
  const { complaints } = items.place.elaboration;
  const before = complaints.errors;
  const style = new StyleReader(items, ["xunit", "mark"]);
  const devices: LoopSignals[] = [];
  let periods: readonly [number, number] | undefined;
  let norm: "max" | "initial" | undefined;
  while (items.left > 0) {
    const setting = items.setting("periods", "norm");
    if (setting?.name === "periods") periods = periodsOf(setting.value, items);
    else if (setting !== undefined) norm = normOf(setting.value, items);
    else if (!style.take() && !complainOfOption(items, ["periods", "norm"]))
      for (const device of deviceOf(items)) devices.push(device);
  }
  if (complaints.errors > before) return undefined;
  if (devices.length === 0) {
    items.error("missing-device", "`.plot iv` needs the name of a device: `.plot iv m1`.", items.span);
    return undefined;
  }
  return { kind: "iv", devices, periods, norm, style: style.style(), span: items.span };
}

function deviceOf(items: Items): readonly LoopSignals[] {
  const item = items.next()!;
  if (item.kind === "word") return [deviceSignals(item, items.place) ?? []].flat();
  const found = `Expected the name of a device, found \`${written(item.span)}\`.`;
  items.error("missing-device", found, item.span, "write `.plot iv m1`, or `.plot iv m1 m2` to compare.");
  return [];
}

/** `1..7`, or one period by its number. */
function periodsOf(value: Item, items: Items): readonly [number, number] | undefined {
  const text = value.kind === "word" ? textOf(value, items.place) : "";
  const parts = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const [first, last] = parts ? [Number(parts[1]), Number(parts[2] ?? parts[1])] : [0, 0];
  if (first >= 1 && last >= first) return [first, last];
  items.error(
    "bad-periods",
    `Expected periods such as \`1..7\`, counted from 1, found \`${written(value.span)}\`.`,
    value.span,
  );
  return undefined;
}

function normOf(value: Item, items: Items): "max" | "initial" | undefined {
  const text = value.kind === "word" ? nameOf(value, items.place) : "";
  if (text === "max" || text === "initial") return text;
  items.error("unknown-word", "`norm` is `max` or `initial`.", value.span);
  return undefined;
}

function readXy(items: Items): PlotCard | undefined {
  const style = new StyleReader(items, ["xunit", "mark"]);
  const signals: Signal[] = [];
  while (items.left > 0) {
    if (style.take() || complainOfOption(items, [])) continue;
    const signal = oneSignal(items.next(), items.place, items.span);
    if (signal !== undefined) signals.push(signal);
    else return undefined;
  }
  const [x, ...y] = signals;
  if (x === undefined || y.length === 0) {
    items.error("missing-value", "`.plot xy` needs two signals: `.plot xy {v(a)} {v(b)}`.", items.span);
    return undefined;
  }
  return { kind: "xy", x, y, style: style.style(), span: items.span };
}
