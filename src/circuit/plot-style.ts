import type { Item } from "../syntax/ast.js";
import type { PlotStyle } from "./circuit.js";
import type { Items } from "./items.js";
import { nearName, numberOf, written } from "./readings.js";
import { nameOf, quotedText, textOf } from "./words.js";

/** Complains of a setting that no picture has; passes it over. */
export function complainOfOption(items: Items, own: readonly string[]): boolean {
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

const texts = ["title", "file", "xlabel", "ylabel"] as const;

/** Titles, labels and scales, wherever they stand on the card. */
export class StyleReader {
  readonly #texts: Partial<Record<(typeof texts)[number], string>> = {};
  #xunit: number | undefined;
  #logx = false;
  #logy = false;
  #events = false;

  /** `refused`: what this kind of picture has no use for. */
  constructor(
    readonly items: Items,
    readonly refused: readonly ("logx" | "logy" | "xunit" | "xlabel" | "ylabel" | "mark")[] = [],
  ) {}

  /** Takes the next item if it says how the picture looks. */
  take(): boolean {
    const { items } = this;
    this.#complainOfRefused();
    const text = items.setting(...texts);
    if (text !== undefined) {
      this.#texts[text.name as "title"] = this.#textOf(text.value);
      return true;
    }
    const mark = items.setting("mark");
    if (mark !== undefined) {
      this.#events = this.#isEvents(mark.value);
      return true;
    }
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

  #complainOfRefused(): void {
    const item = this.items.peek();
    const name = item?.kind === "setting" ? nameOf(item.name, this.items.place) : this.items.word();
    const refused = this.refused.find((one) => one === name);
    if (refused === undefined) return;
    const message = `\`${refused}\` says nothing for this kind of picture: it is for \`.plot\` with signals over time or a sweep.`;
    this.items.error("unknown-parameter", message, item!.span);
  }

  #isEvents(value: Item): boolean {
    if (value.kind === "word" && nameOf(value, this.items.place) === "events") return true;
    const help = "`mark=events` marks where entanglement dies and is born.";
    this.items.error("unknown-word", `\`mark\` is \`events\`, found \`${written(value.span)}\`.`, value.span, help);
    return false;
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
    if (value.kind === "quoted") return quotedText(value, this.items.place);
    if (value.kind === "word") return textOf(value, this.items.place);
    this.items.error("expected-text", "Expected a text in quotes.", value.span);
    return "";
  }

  style(): PlotStyle {
    const { title, file, xlabel, ylabel } = this.#texts;
    return {
      title,
      file,
      xlabel,
      ylabel,
      xunit: this.#xunit,
      logx: this.#logx,
      logy: this.#logy,
      events: this.#events,
    };
  }
}
