import type { Source, Span } from "../text/source.js";
import type { Expression, Word } from "./ast.js";

/**
 * A word as it stands in the source, without splices. A large netlist has hundreds of thousands of them, so each is one
 * small object, its own span, and its text is cut out of the source when somebody asks.
 */
export class PlainWord implements Word, Span {
  constructor(
    readonly source: Source,
    readonly start: number,
    readonly end: number,
  ) {}

  get kind(): "word" {
    return "word";
  }

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  get parts(): readonly [string] {
    return [this.text];
  }

  get span(): Span {
    return this;
  }

  /** The word as plain data. */
  toJSON(): Word {
    return { kind: this.kind, parts: this.parts, span: this.span };
  }
}

/** The text of a word without splices, else undefined. */
export function plainText(word: Word): string | undefined {
  if (word instanceof PlainWord) return word.text;
  const [part] = word.parts;
  return word.parts.length === 1 && typeof part === "string" ? part : undefined;
}

/** The expression of a word that is braces alone, `{…}`, else undefined. */
export function loneExpression(word: Word): Expression | undefined {
  if (word instanceof PlainWord) return undefined;
  const [part] = word.parts;
  return word.parts.length === 1 && typeof part !== "string" ? part : undefined;
}

/** How a word is spelled where that is known: `r{…}` stands for what is spliced. */
export function spelling(word: Word): string {
  return word.span.source.text.slice(word.span.start, word.span.end);
}

/** A quotation without its quotes. */
export function unquoted(image: string): string {
  return /^["']/.test(image) ? image.slice(1, -1) : image;
}
