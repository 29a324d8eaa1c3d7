import type { Expression, Word } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import { constantOf } from "./constant-scope.js";
import type { Environment } from "./environment.js";

/** A word with what stands in its braces spliced in: `r{i}_{j+1}` is `r3_5`. Keeps the user's letters. */
export function textOf({ parts }: Word, place: Environment): string {
  const [only] = parts;
  if (parts.length === 1 && typeof only === "string") return only;
  return parts.map((part) => (typeof part === "string" ? part : integerText(part, place))).join("");
}

/** A word as a name: lower case. */
export const nameOf = (word: Word, place: Environment): string => textOf(word, place).toLowerCase();

/** An expression within a name, printed plainly; `?` after having complained. */
export function integerText(expression: Expression, place: Environment): string {
  const value = constantOf(expression, place);
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isNaN(value)) notInteger(value, expression.span, place);
  return "?";
}

function notInteger(value: number, span: Span, place: Environment): void {
  place.elaboration.complaints.error(
    "name-not-integer",
    `Braces within a name must hold an integer, but this is ${value}.`,
    span,
    { help: "use `floor(…)`, `round(…)` or whole loop bounds." },
  );
}
