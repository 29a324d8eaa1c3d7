import type { Card } from "../card.js";
import { nodeOf } from "../readings.js";

/** `c d` or `(c,d)`: the nodes of a controlling voltage; undefined after having complained. */
export function controlNodes(card: Card): readonly [number, number] | undefined {
  const item = card.peek();
  const grouped = item?.kind === "group" && item.items.length === 2;
  if (grouped) card.next();
  const nodes = grouped ? item.items.map((inner) => nodeOf(inner, card.place)) : card.nodes("control +", "control -");
  const [a, b] = nodes ?? [];
  return a === undefined || b === undefined ? undefined : [a, b];
}
