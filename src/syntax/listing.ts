import type { Expression, Item } from "./ast.js";
import type { Place } from "./place.js";

/** Cards on which signals are listed, and little else. */
export const listings: ReadonlySet<string> = new Set([".print", ".plot", ".save"]);

type Quantity = Extract<Expression, { kind: "probe" }>["quantity"];

/** `v(a)`, `v(a,b)` or a word, with the blanks before it. */
const next = /[ \t]+(?:([vixn])\(([\w.+-]+)(?:,([\w.+-]+))?\)|[a-z_]\w*)(?=[ \t]|$)/iy;

/** The items of a card behind `start` that lists plain signals alone; undefined where the grammar must look. */
export function listed(text: string, start: number, place: Place): readonly Item[] | undefined {
  const items: Item[] = [];
  const end = text.trimEnd().length;
  next.lastIndex = start;
  while (next.lastIndex < end) {
    const found = next.exec(text);
    if (found === null) return undefined;
    const behind = found.index + found[0].length;
    const [, quantity, first, second] = found;
    if (quantity === undefined) items.push(place.word(found.index + found[0].search(/\S/), behind));
    else items.push(probe(quantity, [first!, ...(second === undefined ? [] : [second])], behind, place));
  }
  return items;
}

/** A signal that ends at `behind`, spelt without blanks. */
function probe(quantity: string, names: readonly string[], behind: number, place: Place): Item {
  const start = behind - names.join(",").length - 3;
  let at = start + 2;
  const words = names.map((name) => {
    const word = place.word(at, at + name.length);
    at += name.length + 1;
    return word;
  });
  const span = place.span(start, behind);
  const kind = quantity.toLowerCase() as Quantity;
  return { kind: "expression", expression: { kind: "probe", quantity: kind, names: words, span }, lone: false, span };
}
