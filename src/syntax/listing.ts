import { takesExpression } from "../../grammar/keys.js";
import type { Expression, Group, Item, Setting, Word } from "./ast.js";
import type { Place } from "./place.js";
import { PlainExpression } from "./plain-expression.js";

/** Cards on which signals stand, so that `v(out)` is no group there. */
export const listings: ReadonlySet<string> = new Set([
  ".print",
  ".plot",
  ".save",
  ".meas",
  ".measure",
  ".noise",
  ".train",
]);

type Quantity = Extract<Expression, { kind: "probe" }>["quantity"];

/** A name or a number. */
const word = String.raw`[a-z_][\w.]*|\d[\d.]*(?:e[+-]?\d+|[a-z]*)`;
/** `v(a)`, `v(a,b)`, a word, or `name=word` or `name=(word word)`, with the blanks before it. */
const next = new RegExp(
  String.raw`([ \t]+)(?:([vixn])\(([\w.+-]+)(?:,([\w.+-]+))?\)|(${word})(?:=(?:(${word})|\(((?:${word})(?:[ \t]+(?:${word}))*)\)))?)(?=[ \t]|$)`,
  "iy",
);
const words = new RegExp(word, "gi");
const opening = /([ \t]+)([a-z_][\w.]*)=\(/iy;
const call = /[a-z_]\w*\(/iy;
const lone = new RegExp(String.raw`(?:${word})(?=[ \t)])`, "iy");

/** The items of a card behind `start` that lists plain signals and settings alone; undefined where the grammar must look. */
export function listed(head: string, text: string, start: number, place: Place): readonly Item[] | undefined {
  const items: Item[] = [];
  const end = text.trimEnd().length;
  next.lastIndex = start;
  while (next.lastIndex < end) {
    const begin = next.lastIndex;
    const found = next.exec(text);
    if (found === null) {
      const made = computed(head, text, begin, place);
      if (made === undefined) return undefined;
      items.push(made.item);
      next.lastIndex = made.behind;
      continue;
    }
    const [all, blanks, quantity, first, second, name, value, group] = found;
    const [from, behind] = [found.index + blanks!.length, found.index + all.length];
    if (quantity !== undefined) {
      items.push(probe(quantity, [first!, ...(second === undefined ? [] : [second])], behind, place));
      continue;
    }
    const named = place.word(from, from + name!.length);
    if (value === undefined && group === undefined) {
      items.push(named);
      continue;
    }
    if (takesExpression(head, name!)) return undefined;
    const at = from + name!.length + 1;
    const given = group === undefined ? place.word(at, behind) : groupOf(group, at, behind, place);
    items.push({ kind: "setting", name: named, value: given, span: place.span(from, behind) });
  }
  return items;
}

/** `name=(…)` of words and functions of plain expressions, with the blanks before it. */
function computed(
  head: string,
  text: string,
  start: number,
  place: Place,
): { readonly item: Setting; readonly behind: number } | undefined {
  opening.lastIndex = start;
  const [all, blanks, name] = opening.exec(text) ?? [];
  if (all === undefined || takesExpression(head, name!)) return undefined;
  const from = start + blanks!.length;
  const bracket = start + all.length - 1;
  const reader = new PlainExpression(text, place);
  const items: Item[] = [];
  let at = bracket + 1;
  for (;;) {
    while (text[at] === " " || text[at] === "\t") at++;
    if (text[at] === ")") break;
    const begin = at;
    call.lastIndex = at;
    if (call.test(text)) {
      const expression = reader.call(at);
      if (expression === undefined) return undefined;
      at = reader.at;
      items.push({ kind: "expression", expression, lone: false, span: place.span(begin, at) });
    } else {
      lone.lastIndex = at;
      const found = lone.exec(text)?.[0];
      if (found === undefined) return undefined;
      at += found.length;
      items.push(place.word(begin, at));
    }
    if (!/[ \t)]/.test(text[at] ?? "")) return undefined;
  }
  const behind = at + 1;
  if (!/[ \t]/.test(text[behind] ?? " ")) return undefined;
  const value: Group = { kind: "group", items, span: place.span(bracket, behind) };
  const named = place.word(from, from + name!.length);
  return { item: { kind: "setting", name: named, value, span: place.span(from, behind) }, behind };
}

/** The words of a group that stands from its bracket at `start` on. */
function groupOf(text: string, start: number, behind: number, place: Place): Group {
  const items = [...text.matchAll(words)].map((found): Word => {
    const at = start + 1 + found.index;
    return place.word(at, at + found[0].length);
  });
  return { kind: "group", items, span: place.span(start, behind) };
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
