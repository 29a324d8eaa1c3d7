import type { Expression, Item } from "../syntax/ast.js";
import type { Crossing, Signal } from "./circuit.js";
import type { Items } from "./items.js";
import { numberOf } from "./readings.js";
import { oneSignal, signalOf } from "./signals.js";
import { nameOf } from "./words.js";

/** `v(a)=0.5 [rise=2] [td=] [from=] [to=]`. */
export function readEvent(items: Items): Crossing | undefined {
  const item = items.next();
  if (item?.kind !== "equation") {
    const message = "Expected two sides that become equal: `when v(a)=0.5`.";
    items.error("expected-equation", message, item?.span ?? items.span);
    return undefined;
  }
  return crossing(sideOf(item.left, items), sideOf(item.right, items), items);
}

function sideOf(expression: Expression, { place }: Items): Signal {
  const { span } = expression;
  const text = span.source.text.slice(span.start, span.end);
  return signalOf(expression, text.replace(/\s+/g, " ").toLowerCase(), span, place);
}

function crossing(left: Signal, right: Signal, items: Items): Crossing {
  let edge: Crossing["edge"] = "cross";
  let count = 1;
  let delay = 0;
  let from: number | undefined;
  let to: number | undefined;
  for (;;) {
    const which = items.setting("rise", "fall", "cross");
    if (which !== undefined) {
      edge = which.name as Crossing["edge"];
      count = countOf(which.value, items);
      continue;
    }
    const td = items.number("td");
    const start = td === undefined ? items.number("from") : undefined;
    const end = td === undefined && start === undefined ? items.number("to") : undefined;
    if (td === undefined && start === undefined && end === undefined)
      return { left, right, edge, count, from, to, delay };
    delay = td ?? delay;
    from = start ?? from;
    to = end ?? to;
  }
}

/** `rise=2`, `rise=last`. */
function countOf(value: Item, items: Items): number {
  if (value.kind === "word" && nameOf(value, items.place) === "last") return -1;
  const count = numberOf(value, items.place, "the number of the crossing, or `last`");
  if (Number.isNaN(count) || (Number.isInteger(count) && (count >= 1 || count === -1))) return count;
  items.error("parameter-range", "Crossings are counted from 1; `last` is the last one.", value.span);
  return 1;
}

/** One side of `trig … targ …`: a crossing, or a place on the axis. */
export function readMark(items: Items): Crossing | number | undefined {
  const at = items.number("at");
  if (at !== undefined) return at;
  if (items.peek()?.kind === "equation") return readEvent(items);
  const left = oneSignal(items.next(), items.place, items.span);
  const place = items.peek()?.span ?? items.span;
  const value = items.number("val");
  if (value === undefined) {
    items.error("missing-value", "Expected `val=…`, the level that the signal crosses.", place);
    return undefined;
  }
  const right: Signal = {
    name: String(value),
    unit: left?.unit ?? "1",
    formula: { kind: "number", value },
    inputs: [],
    span: place,
  };
  const found = crossing(left ?? right, right, items);
  return left && found;
}
