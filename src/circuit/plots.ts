import type { Directive, Item } from "../syntax/ast.js";
import type { LoopSignals, PlotCard, PlotStyle, Signal } from "./circuit.js";
import type { Environment } from "./environment.js";
import { Items } from "./items.js";
import { deviceSignals } from "./port-signals.js";
import { nearName, numberOf, written } from "./readings.js";
import { takeKind } from "./result-kind.js";
import { oneSignal, signalsOf } from "./signals.js";
import { nameOf, textOf } from "./words.js";

const later = ["map", "network", "confusion", "boundary", "weights", "series", "train"] as const;

/** `.plot [tran|dc] signals…`, `.plot iv devices…`, `.plot xy {x} {y}`. */
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
    if (second !== undefined) right.push(...signalsOf(second.value, items.place));
    else if (!style.take()) {
      if (complainOfVersus(items, signals)) return undefined;
      if (!complainOfOption(items, ["y2"])) signals.push(...signalsOf(items.next()!, items.place));
    }
  }
  if (complaints.errors > before) return undefined;
  if (signals.length === 0 && right.length === 0) {
    items.error("missing-value", "`.plot` needs signals: `.plot tran v(out)`, or `.plot iv m1`.", items.span);
    return undefined;
  }
  return { kind: "waves", analysis, signals, right, style: style.style(), span: items.span };
}

/** Complains of a setting that no picture has; passes it over. */
function complainOfOption(items: Items, own: readonly string[]): boolean {
  const item = items.peek();
  if (item?.kind !== "setting") return false;
  items.next();
  const options = [...own, ...texts, "xunit", "logx", "logy"];
  const near = nearName(nameOf(item.name, items.place), options);
  const list = options.map((name) => `\`${name}${name.startsWith("log") ? "" : "="}\``).join(", ");
  const message = `\`.plot\` has no option \`${written(item.name.span)}\`.`;
  const help = near ? `did you mean \`${near}\`?` : `there are ${list}.`;
  items.error("unknown-parameter", message, item.span, help);
  return true;
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
  const style = new StyleReader(items);
  const devices: LoopSignals[] = [];
  let periods: readonly [number, number] | undefined;
  let norm: "max" | "initial" | undefined;
  while (items.left > 0) {
    const setting = items.setting("periods", "norm");
    if (setting?.name === "periods") periods = periodsOf(setting.value, items);
    else if (setting !== undefined) norm = normOf(setting.value, items);
    else if (!style.take() && !complainOfOption(items, ["periods", "norm"])) devices.push(...deviceOf(items));
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
  const style = new StyleReader(items);
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

const texts = ["title", "file", "xlabel", "ylabel"] as const;

/** Titles, labels and scales, wherever they stand on the card. */
class StyleReader {
  readonly #texts: Partial<Record<(typeof texts)[number], string>> = {};
  #xunit: number | undefined;
  #logx = false;
  #logy = false;

  constructor(readonly items: Items) {}

  /** Takes the next item if it says how the picture looks. */
  take(): boolean {
    const { items } = this;
    const text = items.setting(...texts);
    if (text !== undefined) {
      this.#texts[text.name as "title"] = this.#textOf(text.value);
      return true;
    }
    if (items.setting("mark") !== undefined) return true;
    const flag = items.take("logx", "logy");
    if (flag !== undefined) {
      if (flag === "logx") this.#logx = true;
      else this.#logy = true;
      return true;
    }
    const unit = items.setting("xunit");
    if (unit !== undefined) this.#xunit = this.#divisorOf(unit.value);
    return unit !== undefined;
  }

  #divisorOf(value: Item): number {
    const { items } = this;
    const unit = value.kind === "word" ? /^(f|p|n|u|µ|m|k|meg|g)?(s|v|a)$/.exec(nameOf(value, items.place)) : null;
    if (unit !== null && items.place.parameter(unit[0]) === undefined) {
      const message = `\`xunit\` is a number by which the horizontal axis is divided, found \`${written(value.span)}\`.`;
      items.error("expected-number", message, value.span, `write \`xunit=1${unit[1] ?? ""}\`.`);
      return Number.NaN;
    }
    const divisor = numberOf(value, items.place, "a number by which the horizontal axis is divided, such as `1u`");
    if (divisor === 0) items.error("parameter-range", "`xunit` must not be 0.", value.span);
    return divisor;
  }

  #textOf(value: Item): string {
    if (value.kind === "quoted") return value.text;
    if (value.kind === "word") return textOf(value, this.items.place);
    this.items.error("expected-text", "Expected a text in quotes.", value.span);
    return "";
  }

  style(): PlotStyle {
    const { title, file, xlabel, ylabel } = this.#texts;
    return { title, file, xlabel, ylabel, xunit: this.#xunit, logx: this.#logx, logy: this.#logy };
  }
}
