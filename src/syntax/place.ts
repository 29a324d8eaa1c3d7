import type { Complaints } from "../text/diagnostic.js";
import type { Source, Span } from "../text/source.js";
import { PlainWord } from "./word.js";

/** A part of a card's tree, by its offsets in the card; `endOffset` is the last character's. */
interface Located {
  readonly location?: { readonly startOffset: number; readonly endOffset?: number | undefined } | undefined;
}
interface Token {
  readonly startOffset: number;
  readonly endOffset?: number | undefined;
}

/** Where a card stands in its source, and where to say what is wrong with it. */
export class Place {
  constructor(
    readonly source: Source,
    /** The offset of the card's first character. */
    readonly start: number,
    readonly complaints: Complaints,
  ) {}

  /** Characters `start` to `end` of the card. What is missing at the end of a file has no character of its own. */
  span(start: number, end: number): Span {
    return { source: this.source, start: this.start + start, end: Math.min(this.start + end, this.source.text.length) };
  }

  /** The word that characters `start` to `end` of the card are. */
  word(start: number, end: number): PlainWord {
    return new PlainWord(this.source, this.start + start, this.start + end);
  }

  of(node: Located): Span {
    const { startOffset, endOffset } = node.location!;
    return this.span(startOffset, endOffset! + 1);
  }

  ofToken({ startOffset, endOffset }: Token): Span {
    return this.span(startOffset, endOffset! + 1);
  }
}

/** From the start of one span to the end of another. */
export function across(first: Span, last: Span): Span {
  return { source: first.source, start: first.start, end: last.end };
}
