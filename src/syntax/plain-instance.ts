import type { Source, Span } from "../text/source.js";
import type { Instance, Item } from "./ast.js";
import { Kind, kindAt, Scan } from "./scan.js";
import type { PlainWord } from "./word.js";

/**
 * An element card of words, `name=value` and parentheses that stands on one line. A large netlist consists of tens of
 * thousands of them, and each is read into the circuit once: what it holds is therefore not kept, but scanned when
 * somebody asks. It is its own span.
 */
export class PlainInstance implements Instance, Span {
  constructor(
    readonly source: Source,
    readonly start: number,
    readonly end: number,
  ) {}

  get kind(): "instance" {
    return "instance";
  }

  get span(): Span {
    return this;
  }

  get name(): PlainWord {
    return this.scan().head()!;
  }

  get items(): readonly Item[] {
    const scan = this.scan();
    return scan.items(scan.head()!.text)!;
  }

  /** Begins to read the card: first its head, then its items. */
  scan(): Scan {
    return new Scan(this.source.text, { source: this.source, offset: 0 }, this.start, this.end);
  }

  /** The card with its parts, for who asks for them again and again. */
  settled(): Instance {
    const { kind, name, items } = this;
    return { kind, name, items, span: this };
  }

  /** The card as plain data. */
  toJSON(): Instance {
    const { source, start, end } = this;
    return { ...this.settled(), span: { source, start, end } };
  }
}

/** The card that characters `start` to `end` of a source are; undefined where it is no plain element card. */
export function plainInstance(source: Source, start: number, end: number): PlainInstance | undefined {
  const { text } = source;
  let first = start;
  while (first < end && isSpace(text.charCodeAt(first))) first++;
  if (first === end || text.charCodeAt(first) === dot || kindAt(text, first) !== Kind.Word) return undefined;
  let behind = first;
  let words = true;
  for (let at = first; at < end; at++) {
    const kind = kindAt(text, at);
    if (kind === Kind.Doubtful) return undefined;
    if (kind === Kind.Blank) continue;
    if (kind !== Kind.Word) words = false;
    behind = at + 1;
  }
  const card = new PlainInstance(source, first, behind);
  if (words) return card;
  const scan = card.scan();
  return scan.items(scan.head()!.text) && card;
}

const dot = 0x2e;

/** What may stand in front of a card: blanks, but no comma. */
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
