import type { Expression, Word } from "./ast.js";

/** The text of a word without splices, else undefined. */
export function plainText(word: Word): string | undefined {
  const [part] = word.parts;
  return word.parts.length === 1 && typeof part === "string" ? part : undefined;
}

/** The expression of a word that is braces alone, `{…}`, else undefined. */
export function loneExpression(word: Word): Expression | undefined {
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
