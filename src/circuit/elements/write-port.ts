import type { Item } from "../../syntax/ast.js";
import type { Card } from "../card.js";
import { nodeOf, written } from "../readings.js";

/** The nodes of `(a,b)`, as many as there are roles; undefined after having complained. */
export function groupNodes(
  card: Card,
  item: Item,
  roles: readonly string[],
  what: string,
): readonly number[] | undefined {
  if (item.kind !== "group" || item.items.length !== roles.length) {
    const message = `${what} of \`${card.shown}\` must be ${roles.length} nodes in parentheses, \`(${roles.join(",")})\`, found \`${written(item.span)}\`.`;
    card.error("missing-node", message, item.span);
    return undefined;
  }
  const nodes = item.items.map((inner) => nodeOf(inner, card.place));
  return nodes.includes(undefined) ? undefined : (nodes as number[]);
}

/** The nodes of `prog=(p,q)`; empty without it, undefined after having complained. */
export function writePort(card: Card): readonly number[] | undefined {
  const setting = card.setting("prog");
  return setting === undefined ? [] : groupNodes(card, setting.value, ["p", "q"], "The write port `prog=`");
}
