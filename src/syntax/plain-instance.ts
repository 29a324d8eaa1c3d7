import type { Source, Span } from "../text/source.js";
import type { Instance, Item } from "./ast.js";
import type { Card } from "./card.js";
import { Mark, type PlainLine } from "./plain-line.js";
import { Kind, kindAt, Scan } from "./scan.js";
import type { PlainWord } from "./word.js";

/**
 * An element card of words, `name=value` and parentheses that stands on one line. A large netlist consists of tens of
 * thousands of them, and each is read into the circuit once: what it holds is therefore not kept, but scanned when
 * somebody asks. It is its own span.
 */
export class PlainInstance implements Instance, Span, Card {
  constructor(
    readonly source: Source,
    readonly start: number,
    readonly end: number,
    /** Nothing but words stands on it. */
    readonly isWords: boolean,
  ) {}

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  /**
   * Where its words stand, if it is made of so many: word k is characters `places[2k]` to `places[2k + 1]` of the source.
   */
  words(count: number, places: Int32Array): boolean {
    const { text } = this.source;
    let found = 0;
    for (let at = this.start; at < this.end; ) {
      if (found === count) return false;
      places[2 * found] = at;
      while (at < this.end && kindAt(text, at) === Kind.Word) at++;
      places[2 * found++ + 1] = at;
      while (at < this.end && kindAt(text, at) === Kind.Blank) at++;
    }
    return this.isWords && found === count;
  }

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

/** The card that a line is, of which so much was seen; undefined where it is no plain element card. */
export function plainInstance(
  source: Source,
  { first, behind, marks }: Pick<PlainLine, "first" | "behind" | "marks">,
): PlainInstance | undefined {
  const { text } = source;
  if ((marks & (Mark.Doubtful | Mark.ForGrammar)) !== 0) return undefined;
  if (text.charCodeAt(first) === dot || kindAt(text, first) !== Kind.Word) return undefined;
  const card = new PlainInstance(source, first, behind, (marks & Mark.Structure) === 0);
  if (card.isWords) return card;
  const scan = card.scan();
  return scan.items(scan.head()!.text) && card;
}

const dot = 0x2e;
