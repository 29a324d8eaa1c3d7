import type { Item } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Environment } from "./environment.js";
import { numberOf, written } from "./readings.js";
import { nameOf } from "./words.js";

/** The items of a dot card, read from left to right. */
export class Items {
  #at = 0;

  constructor(
    readonly all: readonly Item[],
    readonly place: Environment,
    readonly span: Span,
  ) {}

  get left(): number {
    return this.all.length - this.#at;
  }

  peek(): Item | undefined {
    return this.all[this.#at];
  }

  /** The next items, as many as there are of so many. */
  ahead(count: number): readonly Item[] {
    return this.all.slice(this.#at, this.#at + count);
  }

  next(): Item | undefined {
    return this.all[this.#at++];
  }

  /** The lower-case text of the next item, if it is a word. */
  word(): string | undefined {
    const item = this.peek();
    return item?.kind === "word" ? nameOf(item, this.place) : undefined;
  }

  /** Takes the next item if it is one of these words. */
  take<Text extends string>(...words: readonly Text[]): Text | undefined {
    const word = this.word() as Text | undefined;
    if (word === undefined || !words.includes(word)) return undefined;
    this.#at++;
    return word;
  }

  /** Takes the next item if it is a setting of one of these names; gives its name and value. */
  setting(
    ...names: readonly string[]
  ): { readonly name: string; readonly value: Item; readonly span: Span } | undefined {
    const item = this.peek();
    if (item?.kind !== "setting") return undefined;
    const name = nameOf(item.name, this.place);
    if (!names.includes(name)) return undefined;
    this.#at++;
    return { name, value: item.value, span: item.span };
  }

  /** A number by a setting, or behind a word of the same name: `from=1m`, `from 1m`. */
  number(...names: readonly string[]): number | undefined {
    const setting = this.setting(...names);
    if (setting !== undefined) return numberOf(setting.value, this.place, `a number for \`${setting.name}\``);
    const word = this.take(...names);
    if (word === undefined) return undefined;
    const item = this.next();
    if (item !== undefined) return numberOf(item, this.place, `a number behind \`${word}\``);
    this.error("missing-value", `Expected a number behind \`${word}\`, found the end of the card.`, this.span);
    return Number.NaN;
  }

  error(code: string, message: string, span: Span, help?: string): void {
    this.place.elaboration.complaints.error(code, message, span, { ...(help !== undefined && { help }) });
  }

  /** Complains of what is left. */
  end(): void {
    const item = this.peek();
    if (item === undefined) return;
    const what =
      item.kind === "setting"
        ? `\`${written(item.name.span)}=\` is nothing that this card takes`
        : `\`${written(item.span)}\` stands behind a complete card`;
    this.error(item.kind === "setting" ? "unknown-parameter" : "text-behind-card", `${what}.`, item.span);
    this.#at = this.all.length;
  }
}
