import type { Expression, Instance, Item } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Environment } from "../environment.js";
import { didYouMean, nearName, numberOf, written } from "../readings.js";
import { Settings } from "../settings.js";
import { nameOf, textOf } from "../words.js";
import { type BlockNames, byOrder, type SystemMember } from "./block-names.js";

/** A line of a block: what stands by its order, read from left to right, and the settings. */
export class Line extends Settings {
  readonly #items: readonly Item[];
  #at = 0;

  constructor(
    readonly block: BlockNames,
    card: Instance,
    place: Environment,
    known: readonly string[],
  ) {
    const settings = card.items.filter(({ kind }) => kind === "setting");
    super(nameOf(card.name, place), settings, place, card.span, known);
    this.#items = byOrder(card.items);
  }

  next(): Item | undefined {
    return this.#items[this.#at++];
  }

  peek(): Item | undefined {
    return this.#items[this.#at];
  }

  /** The line's own name, which `declare` has given away; as the user wrote it. */
  ownName(): string {
    const item = this.next();
    return item?.kind === "word" ? textOf(item, this.place) : "";
  }

  /** The system that the next item names; undefined after having complained. */
  system(...kinds: readonly SystemMember["kind"][]): { readonly index: number; readonly name: string } | undefined {
    const item = this.next();
    if (item !== undefined) return this.systemOf(item, kinds);
    const list = this.block
      .names(...(kinds.length > 0 ? kinds : (["qubit", "oscillator"] as const)))
      .map((it) => `\`${it}\``);
    const help =
      list.length > 0
        ? `there is ${list.join(", ")}.`
        : kinds[0] === "oscillator"
          ? "declare one: `oscillator o levels=30`."
          : "declare one: `qubit a`.";
    this.error("missing-name", `\`${this.card}\` needs the name of ${aOr(kinds[0] ?? "system")}.`, this.span, help);
    return undefined;
  }

  systemOf(
    item: Item,
    kinds: readonly SystemMember["kind"][] = [],
  ): { readonly index: number; readonly name: string } | undefined {
    if (item.kind !== "word") {
      this.error("expected-name", `Expected the name of a system, found \`${written(item.span)}\`.`, item.span);
      return undefined;
    }
    const name = nameOf(item, this.place);
    const member = this.block.system(name);
    if (member === undefined) {
      complainOfUnknownSystem(name, this.block, item.span);
      return undefined;
    }
    if (kinds.length > 0 && !kinds.includes(member.kind)) {
      const message = `\`${this.card}\` acts on ${aOr(kinds.join(" or "))}, but \`${name}\` is ${aOr(member.kind)}.`;
      this.error("unlike-systems", message, item.span);
      return undefined;
    }
    return { index: member.index, name };
  }

  /** One of some words, the next item. */
  choice<Word extends string>(what: string, words: readonly Word[]): Word | undefined {
    const item = this.next();
    const list = words.map((it) => `\`${it}\``).join(", ");
    const known = list === "" ? "there is none in this block." : `there are ${list}.`;
    if (item?.kind !== "word") {
      const found = item === undefined ? "the end of the line" : `\`${written(item.span)}\``;
      this.error("missing-value", `\`${this.card}\` needs ${what}, found ${found}.`, item?.span, known);
      return undefined;
    }
    const word = nameOf(item, this.place) as Word;
    if (words.includes(word)) return word;
    const help = didYouMean(nearName(word, words)).help ?? known;
    this.error("unknown-word", `\`${written(item.span)}\` is not ${what}.`, item.span, help);
    return undefined;
  }

  /** The expression in braces that comes next. */
  expression(what: string): Expression | undefined {
    const item = this.next();
    const found = item === undefined ? undefined : expressionOf(item);
    if (found !== undefined) return found;
    const message = `\`${this.card}\` needs ${what} in braces.`;
    this.error("expected-expression", message, item?.span ?? this.span);
    this.#at = this.#items.length; // what stands behind is no second fault
    return undefined;
  }

  /** The number that comes next. */
  amount(what: string): number {
    const item = this.next();
    if (item !== undefined) return numberOf(item, this.place, what);
    this.error("missing-value", `\`${this.card}\` needs ${what} behind it.`);
    return Number.NaN;
  }

  /** Complains where none of some settings is given, or more than one; gives the one. */
  oneOf<Name extends string>(names: readonly Name[], what: string | undefined): Name | undefined {
    const given = names.filter((name) => this.value(name) !== undefined);
    const [first, second] = given;
    if (first !== undefined && second !== undefined) {
      const message = `\`${first}=\` and \`${second}=\` both say the same thing: give one of them.`;
      this.error("two-values", message, this.at(second));
    }
    if (first === undefined && what !== undefined) {
      const list = names.map((name) => `\`${name}=\``).join(" or ");
      this.error("missing-value", `\`${this.card}\` needs ${what}: ${list}.`);
    }
    return first;
  }

  /** Complains of what is left behind a complete line. */
  end(): void {
    const item = this.peek();
    if (item === undefined) return;
    this.error("text-behind-card", `\`${written(item.span)}\` stands behind a complete line.`, item.span);
  }
}

/** An expression in braces, or a word as an expression: a name or a number. */
export function expressionOf(item: Item): Expression | undefined {
  if (item.kind === "expression") return item.expression;
  const [part] = item.kind === "word" && item.parts.length === 1 ? item.parts : [];
  return typeof part === "object" ? part : undefined;
}

export const aOr = (kind: string): string => `${/^[aeio]/.test(kind) ? "an" : "a"} ${kind}`;

/** There is no system of a name: says which there are. */
export function complainOfUnknownSystem(name: string, block: BlockNames, span: Span): void {
  if (block.torn || name.includes("?")) return; // what a brace in it should be has been told
  const { complaints } = block.place.elaboration;
  const names = block.names("qubit", "oscillator");
  const member = block.find(name);
  const near = nearName(name, names);
  const list = names.map((it) => `\`${it}\``).join(", ");
  const help = near
    ? `did you mean \`${near}\`?`
    : names.length > 0
      ? `it has ${list}.`
      : `declare it: \`qubit ${name}\`.`;
  const what = member === undefined ? "has no qubit or oscillator" : `has ${aOr(member.kind)}, but no qubit,`;
  complaints.error("unknown-system", `The block \`${block.name}\` ${what} \`${name}\`.`, span, { help });
}
