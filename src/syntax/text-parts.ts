import { readCard } from "../../grammar/reader.js";
import { Complaints } from "../text/diagnostic.js";
import type { Expression, Quoted } from "./ast.js";
import { Place } from "./place.js";
import { toPieces } from "./to-ast.js";

/** The text in quotes, with the expressions that stand in braces in it; braces that hold none are text. */
export function textParts({ text, span }: Quoted): readonly (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  let from = 0;
  for (const { index, 0: braces, 1: inner } of text.matchAll(/\{([^{}]*)\}/g)) {
    const expression = expressionOf(
      inner!,
      new Place(span.source, span.start + 1 + index - head.length, new Complaints()),
    );
    if (expression === undefined) continue;
    parts.push(text.slice(from, index), expression);
    from = index + braces.length;
  }
  return [...parts, text.slice(from)];
}

/** A card that holds an expression in braces. */
const head = ".print ";

function expressionOf(inner: string, place: Place): Expression | undefined {
  const { tree, faults } = readCard(`${head}{${inner}}`);
  if (faults.length > 0) return undefined;
  const [piece] = toPieces(tree, place);
  const items = piece?.kind === "statement" && piece.statement.kind === "directive" ? piece.statement.items : [];
  return items.length === 1 && items[0]!.kind === "expression" ? items[0]!.expression : undefined;
}
