import type { Item, Setting } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Environment } from "./environment.js";
import { percentOf } from "./percent.js";
import { nearName, numberOf, written } from "./readings.js";
import { nameOf, quotedText, textOf } from "./words.js";

type Value = Setting["value"];

/** The settings of a card, `name=value` in any order. */
export class Settings {
  readonly #settings = new Map<string, Setting>();
  readonly #meant: string[] = []; // settings that others seem to be misspelt for

  constructor(
    /** What the user calls the card: `.train`, `qubit`. */
    readonly card: string,
    items: readonly Item[],
    readonly place: Environment,
    readonly span: Span,
    known: readonly string[],
  ) {
    for (const item of items) this.#add(item, known);
  }

  #add(item: Item, known: readonly string[]): void {
    if (item.kind !== "setting") {
      this.error(
        "text-behind-card",
        `\`${this.card}\` takes \`name=value\`, found \`${written(item.span)}\`.`,
        item.span,
      );
      return;
    }
    const name = nameOf(item.name, this.place);
    const before = this.#settings.get(name);
    if (before !== undefined) this.error("duplicate-setting", `\`${name}=\` is given twice.`, item.span);
    else if (known.includes(name)) this.#settings.set(name, item);
    else {
      const near = nearName(name, known);
      if (near !== undefined) this.#meant.push(near);
      const help = near ? `did you mean \`${near}\`?` : `it takes ${known.map((it) => `\`${it}=\``).join(", ")}.`;
      this.error("unknown-parameter", `\`${this.card}\` has no setting \`${name}\`.`, item.span, help);
    }
  }

  /** Complains; but not of what lacks only because it is misspelt, which has been told. */
  error(code: string, message: string, span: Span = this.span, help?: string): void {
    if (code === "missing-value" && this.#meant.some((name) => message.includes(`\`${name}=`))) return;
    this.place.elaboration.complaints.error(code, message, span, { ...(help !== undefined && { help }) });
  }

  value(name: string): Value | undefined {
    return this.#settings.get(name)?.value;
  }

  /** Where a setting stands, else the card. */
  at(name: string): Span {
    return this.#settings.get(name)?.span ?? this.span;
  }

  /** A number within [least, most]; NaN after having complained. */
  number<Default extends number | undefined>(
    name: string,
    otherwise: Default,
    [least, most]: readonly [number, number] = [-Infinity, Infinity],
  ): number | Default {
    const value = this.value(name);
    if (value === undefined) return otherwise;
    const number = numberOf(value, this.place, `a number for \`${name}\``);
    if (number >= least && number <= most) return number;
    if (!Number.isNaN(number)) {
      const open = least === Number.MIN_VALUE ? "more than 0" : `at least ${least}`;
      const range = most >= Number.MAX_VALUE ? open : `between ${least} and ${most}`;
      this.error("parameter-range", `\`${name}\` is ${number}, but must be ${range}.`, this.at(name));
    }
    return Number.NaN;
  }

  /** The number that stands at a place of the card; NaN after having complained. */
  numberAt(item: Item, what: string): number {
    return numberOf(item, this.place, what);
  }

  /** A number that may be written as percent: `2%` is 0.02. */
  share(name: string): number | undefined {
    const value = this.value(name);
    return (value && percentOf(value, this.place)) ?? this.number(name, undefined);
  }

  /** A whole number of at least `least`. */
  count<Default extends number | undefined>(name: string, otherwise: Default, least = 1): number | Default {
    const number = this.number(name, otherwise);
    if (number === undefined || Number.isNaN(number)) return number;
    if (Number.isInteger(number) && number >= least && number <= 2 ** 53) return number;
    this.error(
      "parameter-range",
      `\`${name}\` is ${number}, but must be a whole number from ${least} on.`,
      this.at(name),
    );
    return Number.NaN;
  }

  /** One of some words. */
  word<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const found = value.kind === "word" ? nameOf(value, this.place) : "";
    if ((words as readonly string[]).includes(found)) return found as Word;
    const near = nearName(found, words);
    const help = near ? `did you mean \`${near}\`?` : `there are ${words.map((it) => `\`${it}\``).join(", ")}.`;
    this.error("unknown-word", `\`${name}\` cannot be \`${written(value.span)}\`.`, value.span, help);
    return undefined;
  }

  flag(name: string, otherwise: boolean): boolean {
    const word = this.word(name, ["yes", "no"]);
    return word === undefined ? otherwise : word === "yes";
  }

  /** `(a,b,c)` or a single name, as the user wrote them. */
  names(name: string): readonly { readonly name: string; readonly item: Item }[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const items = value.kind === "group" ? value.items : [value];
    return items.map((item) => {
      if (item.kind === "word") return { name: textOf(item, this.place), item };
      if (item.kind === "quoted") return { name: item.text, item };
      return { name: written(item.span), item };
    });
  }

  /** The text in quotes, or a bare word. */
  text(name: string): string | undefined {
    const value = this.value(name);
    if (value?.kind === "quoted") return quotedText(value, this.place);
    if (value?.kind === "word") return textOf(value, this.place);
    if (value !== undefined) this.error("expected-text", `Expected a text in quotes for \`${name}\`.`, value.span);
    return undefined;
  }
}
