import type { Item } from "../../syntax/ast.js";
import type { Card } from "../card.js";

/** The items of `( … )`, or, where the parentheses are left out, all up to the next keyword. */
export function argumentsOf(card: Card): readonly Item[] {
  const group = card.peek();
  if (group?.kind === "group") {
    card.next();
    return group.items;
  }
  const items: Item[] = [];
  while (card.left > 0 && !["dc", "ac"].includes(card.peekWord() ?? "")) items.push(card.next()!);
  return items;
}
