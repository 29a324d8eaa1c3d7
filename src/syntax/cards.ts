import { takesExpression } from "../../grammar/keys.js";
import type { Group, Item, ModelDefinition, Setting, Word } from "./ast.js";
import { directivePiece } from "./directives.js";
import type { Piece } from "./pieces.js";
import { across, type Place } from "./place.js";
import { classOf } from "./statements.js";
import { plainText } from "./word.js";

/**
 * The quick way for plain cards: words, `name=value`, parentheses. It gives the tree that the grammar gives, or
 * undefined where there is anything else on the card (an expression, a quotation, a fault): then the grammar reads it.
 */
export function readPlainCard(text: string, place: Place): readonly Piece[] | undefined {
  const scan = new Scan(text, place);
  const head = scan.head();
  if (!head) return undefined;
  const name = head.parts[0] as string;
  if (name.charCodeAt(0) !== dot) {
    const items = scan.items(name);
    return items && [{ kind: "statement", statement: { kind: "instance", name: head, items, span: scan.span(head) } }];
  }
  if (!isPlain(name)) return undefined;
  const items = scan.items(name);
  if (!items) return undefined;
  if (name.toLowerCase() === ".model") return modelOf(items, scan.span(head));
  return [directivePiece(name, head.span, items, scan.span(head), place)];
}

/** Signals are listed on these: `v(out)` is no group there. */
const listing = /^\.(?:print|plot|save|meas|measure|noise|four|ic|nodeset|assert)$/i;

function isPlain(name: string): boolean {
  if (/^\.model$/i.test(name)) return true;
  const kind = classOf(name);
  return (kind === "plain" || kind === "end") && !listing.test(name);
}

/** `name type(p=v …)` or `name type p=v …`. */
function modelOf([name, type, ...rest]: readonly Item[], span: ModelDefinition["span"]): readonly Piece[] | undefined {
  if (name?.kind !== "word" || type?.kind !== "word") return undefined;
  const [first] = rest;
  const settings = rest.length === 1 && first?.kind === "group" ? first.items : rest;
  if (!settings.every((item): item is Setting => item.kind === "setting")) return undefined;
  return [{ kind: "statement", statement: { kind: "model", name, type, settings, span } }];
}

const dot = 0x2e;
const open = 0x28;
const close = 0x29;
const equals = 0x3d;
const comma = 0x2c;

/** What a character is to plain cards: by its code, for codes below 128. Others are left to the grammar. */
enum Kind {
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

const kindAt = (text: string, at: number): Kind => (kinds[text.charCodeAt(at)] as Kind | undefined) ?? Kind.Doubtful;

/** Goes through a card once, from left to right. */
class Scan {
  #at = 0;
  /** Behind the last thing read. */
  #end = 0;

  constructor(
    private readonly text: string,
    private readonly place: Place,
  ) {}

  head(): Word | undefined {
    while (this.#at < this.text.length && kindAt(this.text, this.#at) === Kind.Blank) {
      if (this.text.charCodeAt(this.#at) === comma) return undefined;
      this.#at++;
    }
    return this.#at < this.text.length && kindAt(this.text, this.#at) === Kind.Word ? this.#word() : undefined;
  }

  /** The span of the card so far. */
  span(head: Word): Word["span"] {
    return { source: this.place.source, start: head.span.start, end: this.place.start + this.#end };
  }

  /** Everything behind the head, or undefined where the grammar must look. */
  items(head: string): Item[] | undefined {
    const items: Item[] = [];
    let level = items;
    const outer: { readonly items: Item[]; readonly start: number; readonly name: Word | undefined }[] = [];
    for (let kind = this.#skip(); kind !== undefined; kind = this.#skip()) {
      if (kind === Kind.Word) level.push(this.#word());
      else if (kind === Kind.Open) {
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
        if (name?.kind !== "word" || takesExpression(head, plainText(name)!)) return undefined;
        this.#step();
        const next = this.#skip();
        if (next === Kind.Word) level.push(settingOf(name, this.#word()));
        else if (next === Kind.Open) {
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
    const { text } = this;
    while (this.#at < text.length) {
      const kind = kindAt(text, this.#at);
      if (kind !== Kind.Blank) return kind;
      this.#at++;
    }
    return undefined;
  }

  #step(): void {
    this.#end = ++this.#at;
  }

  #word(): Word {
    const { text } = this;
    const start = this.#at;
    while (this.#at < text.length && kindAt(text, this.#at) === Kind.Word) this.#at++;
    this.#end = this.#at;
    return this.place.word(start, this.#at);
  }

  #group(items: readonly Item[], start: number): Group {
    return { kind: "group", items, span: this.place.span(start, this.#end) };
  }
}

function settingOf(name: Word, value: Word | Group): Setting {
  return { kind: "setting", name, value, span: across(name.span, value.span) };
}
