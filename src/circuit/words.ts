import type { Expression, Quoted, Word } from "../syntax/ast.js";
import { textParts } from "../syntax/text-parts.js";
import { PlainWord } from "../syntax/word.js";
import { constantOf, splicedText } from "./constant-scope.js";
import type { Environment } from "./environment.js";

/** A word with what stands in its braces spliced in: `r{i}_{j+1}` is `r3_5`. Keeps the user's letters. */
export const textOf = (word: Word, place: Environment): string =>
  word instanceof PlainWord ? word.text : splicedText(word.parts, place);

/** A word as a name: lower case. */
export const nameOf = (word: Word, place: Environment): string => textOf(word, place).toLowerCase();

/** A text in quotes with what stands in its braces spliced in, six digits of it: `title="Rows {k} to {k+1}"`. */
export function quotedText(quoted: Quoted, place: Environment): string {
  if (!quoted.text.includes("{")) return quoted.text;
  return textParts(quoted)
    .map((part) => (typeof part === "string" ? part : valueText(part, place)))
    .join("");
}

/** `?` after having complained. */
function valueText(expression: Expression, place: Environment): string {
  const value = constantOf(expression, place);
  return Number.isNaN(value) ? "?" : String(Number(value.toPrecision(6)));
}
