import { takesExpression } from "../../grammar/keys.js";
import type { Source, Span } from "../text/source.js";
import type { Braced, Expression, Group, Item, Setting, Word } from "./ast.js";
import { across, type Place } from "./place.js";
import { PlainExpression } from "./plain-expression.js";
import { PlainWord, plainText } from "./word.js";

const brace = 0x7b;
const open = 0x28;
const close = 0x29;
const equals = 0x3d;
const comma = 0x2c;

/** What a character is to plain cards: by its code, for codes below 128. Others are left to the grammar. */
export enum Kind {
  Word = 0,
  Blank = 1,
  Open = 2,
  Close = 3,
  Equals = 4,
  Doubtful = 5,
}

const kinds = Uint8Array.from({ length: 128 }, (_, code): Kind => {
  if ((code >= 9 && code <= 13) || code === 32 || code === comma) return Kind.Blank;
  if (code === open) return Kind.Open;
  if (code === close) return Kind.Close;
  if (code === equals) return Kind.Equals;
  if (code < 32 || code === 127 || "{}'\";".includes(String.fromCharCode(code))) return Kind.Doubtful;
  return Kind.Word;
});

/** The kind of a character. */
export const kindAt = (text: string, at: number): Kind => {
  const code = text.charCodeAt(at);
  return code < 128 ? (kinds[code] as Kind) : Kind.Doubtful;
};

/** Where the characters of a text stand: `offset` is the place of its first one in the source. */
export interface Origin {
  readonly source: Source;
  readonly offset: number;
}

/** Goes through a plain card once, from left to right. */
export class Scan {
  #at: number;
  /** Behind the last thing read. */
  #end: number;

  constructor(
    private readonly text: string,
    private readonly origin: Origin,
    from = 0,
    private readonly to = text.length,
    /** Of a whole card that may have expressions. */
    private readonly place?: Place,
  ) {
    this.#at = from;
    this.#end = from;
  }

  /** The first word, plain as it is or up to its first brace. */
  head(): PlainWord | undefined {
    while (this.#at < this.to && kindAt(this.text, this.#at) === Kind.Blank) {
      if (this.text.charCodeAt(this.#at) === comma) return undefined;
      this.#at++;
    }
    return this.#at < this.to && kindAt(this.text, this.#at) === Kind.Word ? this.#word() : undefined;
  }

  /** The span of the card so far. */
  span(head: PlainWord): Span {
    return this.#span(head.start - this.origin.offset, this.#end);
  }

  /** A head with what is spliced into it, or undefined where the grammar must look. */
  spliced(head: PlainWord): Word | undefined {
    if (this.text.charCodeAt(this.#at) !== brace) return head;
    const word = this.#glued(head.start - this.origin.offset, [head.text]);
    return word?.kind === "word" ? word : undefined;
  }

  /** Everything behind the head, or undefined where the grammar must look. */
  items(head: string): Item[] | undefined {
    const items: Item[] = [];
    let level = items;
    const outer: { readonly items: Item[]; readonly start: number; readonly name: Word | undefined }[] = [];
    for (let kind = this.#skip(); kind !== undefined; kind = this.#skip()) {
      if (kind === Kind.Word || this.text.charCodeAt(this.#at) === brace) {
        const word = this.#wordOrBraces();
        if (word === undefined) return undefined;
        level.push(word);
      } else if (kind === Kind.Open) {
        outer.push({ items: level, start: this.#at, name: undefined });
        level = [];
        this.#step();
      } else if (kind === Kind.Close) {
        const around = outer.pop();
        if (!around) return undefined;
        this.#step();
        const group = this.#group(level, around.start);
        level = around.items;
        level.push(around.name ? settingOf(around.name, group) : group);
      } else if (kind === Kind.Equals) {
        const name = level.pop();
        const key = name?.kind === "word" ? plainText(name) : undefined;
        if (name?.kind !== "word" || key === undefined || takesExpression(head, key)) return undefined;
        this.#step();
        const next = this.#skip();
        if (next === Kind.Word || this.text.charCodeAt(this.#at) === brace) {
          const word = this.#wordOrBraces();
          if (word === undefined) return undefined;
          level.push(settingOf(name, word));
        } else if (next === Kind.Open) {
          outer.push({ items: level, start: this.#at, name });
          level = [];
          this.#step();
        } else return undefined;
      } else return undefined;
      if (outer.length > 50) return undefined;
    }
    return outer.length === 0 ? items : undefined;
  }

  /** The kind of the next character that is not blank; undefined at the end. */
  #skip(): Kind | undefined {
    const { text, to } = this;
    while (this.#at < to) {
      const kind = kindAt(text, this.#at);
      if (kind !== Kind.Blank) return kind;
      this.#at++;
    }
    return undefined;
  }

  #step(): void {
    this.#end = ++this.#at;
  }

  #word(): PlainWord {
    const { text, to } = this;
    const { source, offset } = this.origin;
    const start = this.#at;
    let at = start;
    while (at < to && kindAt(text, at) === Kind.Word) at++;
    this.#at = at;
    this.#end = at;
    return new PlainWord(source, offset + start, offset + at);
  }

  #wordOrBraces(): Word | Braced | undefined {
    const start = this.#at;
    const isBraced = this.text.charCodeAt(start) === brace;
    const word = isBraced ? undefined : this.#word();
    if (word !== undefined && this.text.charCodeAt(this.#at) !== brace) return word;
    return this.#glued(start, word === undefined ? [] : [word.text]);
  }

  /** A word from its first brace on, whose beginning is known; braces alone are an expression. */
  #glued(start: number, parts: (string | Expression)[]): Word | Braced | undefined {
    if (this.place === undefined) return undefined;
    const reader = new PlainExpression(this.text, this.place);
    while (this.#at < this.to) {
      if (this.text.charCodeAt(this.#at) === brace) {
        const part = reader.braced(this.#at);
        if (part === undefined) return undefined;
        parts.push(part);
        this.#at = reader.at;
      } else if (kindAt(this.text, this.#at) === Kind.Word) parts.push(this.#word().text);
      else break;
    }
    this.#end = this.#at;
    const span = this.#span(start, this.#at);
    const [expression, more] = parts;
    if (more === undefined && typeof expression !== "string") return { kind: "expression", expression: expression!, lone: true, span }; // biome-ignore format: one thought
    return { kind: "word", parts, span };
  }

  #group(items: readonly Item[], start: number): Group {
    return { kind: "group", items, span: this.#span(start, this.#end) };
  }

  #span(start: number, end: number): Span {
    const { source, offset } = this.origin;
    return { source, start: offset + start, end: offset + end };
  }
}

function settingOf(name: Word, value: Word | Braced | Group): Setting {
  return { kind: "setting", name, value, span: across(name.span, value.span) };
}
