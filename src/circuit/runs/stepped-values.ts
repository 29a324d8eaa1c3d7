import type { Item } from "../../syntax/ast.js";
import type { Items } from "../items.js";
import { spaced, stepped } from "../points.js";
import { numberOf, written } from "../readings.js";
import type { Asks } from "./stepped-target.js";

export type Spacing = "lin" | "dec" | "oct";

/** `lin`, `dec` or `oct`, which may stand in front of what is stepped or behind it. */
export const takeSpacing = (items: Items): Spacing | undefined => items.take("lin", "dec", "oct");

/** `a b step`, `dec a b n`, `oct a b n`, `list …`: a list ends where no number follows. */
export function takeValues(items: Items, before: Spacing | undefined, asks: Asks): readonly number[] | undefined {
  const spacing = before ?? takeSpacing(items);
  return items.take("list") ? listed(items, asks) : ranged(spacing ?? "lin", items, asks);
}

const cards = { stepped: ".step", swept: ".dc" } as const;

function listed(items: Items, asks: Asks): readonly number[] | undefined {
  const values: number[] = [];
  while (isValue(items.peek(), items)) values.push(numberOf(items.next()!, items.place, "a value of the list"));
  if (values.length > 0) return values.some(Number.isNaN) ? undefined : values;
  items.error("missing-value", `The list of \`${cards[asks]}\` has no values.`, items.span);
  return undefined;
}

/** Whether an item is a number, or means one. */
function isValue(item: Item | undefined, { place }: Items): boolean {
  if (item?.kind === "expression") return true;
  if (item?.kind !== "word") return false;
  const text = written(item.span);
  return /^[-+.\d]/.test(text) || place.has(text.toLowerCase());
}

function ranged(spacing: Spacing, items: Items, asks: Asks): readonly number[] | undefined {
  const { complaints } = items.place.elaboration;
  const numbers: number[] = [];
  let third = items.span;
  while (items.left > 0 && numbers.length < 3) {
    const item = items.next()!;
    third = item.span;
    numbers.push(numberOf(item, items.place, "a number"));
  }
  if (numbers.length < 3) {
    const help =
      "write first value, last value and step, `1k 10k 1k`; for `dec` and `oct` the points a decade or an octave; or `list` and the values.";
    items.error("missing-value", `\`${cards[asks]}\` ends before its values are complete.`, items.span, help);
    return undefined;
  }
  const [from, to, by] = numbers as [number, number, number];
  return spacing === "lin"
    ? stepped(from, to, by, third, complaints)
    : spaced(spacing, from, to, by, third, complaints);
}
