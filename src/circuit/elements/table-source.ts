import type { Expression, Item } from "../../syntax/ast.js";
import type { ByLaw, Card } from "../card.js";
import { numberOf } from "../readings.js";

/** `E1 a b table {x} = (x1,y1) (x2,y2) …`, `table {x} ((x1,y1) …)`, and the same by plain numbers. */
export function readTableSource(card: Card, element: string, terminals: readonly number[], by: ByLaw): void {
  card.next();
  const input = card.next();
  if (input?.kind !== "expression") {
    card.error(
      "expected-expression",
      `\`table\` of \`${card.shown}\` needs an expression in braces: \`table {v(a)} = (0,0) (1,2)\`.`,
      input?.span,
    );
    return;
  }
  const numbers: Expression[] = [];
  while (card.left > 0) for (const number of numbersOf(card, card.next()!)) numbers.push(number);
  card.end();
  if (numbers.length < 4 || numbers.length % 2 !== 0) {
    card.error("odd-points", `\`table\` of \`${card.shown}\` needs at least two pairs of numbers.`, input.span);
    return;
  }
  const { expression, span } = input;
  const call: Expression = { kind: "call", name: "table", arguments: [expression, ...numbers], span };
  card.addByLaw(element, terminals, call, by);
}

function numbersOf(card: Card, item: Item): readonly Expression[] {
  if (item.kind === "group") return item.items.flatMap((inner) => numbersOf(card, inner));
  return [{ kind: "number", value: numberOf(item, card.place, "a number of the table"), span: item.span }];
}
