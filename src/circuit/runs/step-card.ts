import type { Directive, Item } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { Items } from "../items.js";
import type { Network } from "../network.js";
import { spaced, stepped } from "../points.js";
import { didYouMean, nearName, numberOf, written } from "../readings.js";
import { sweptValue } from "../sweep-target.js";
import type { RunAxis } from "./runs.js";

/** `.step [param] name a b step | list … | dec a b n | oct a b n`; `lin`, `dec`, `oct` may stand in front as well. */
export function readStep(card: Directive, place: Environment): RunAxis | undefined {
  const items = new Items(card.items, place, card.span);
  let spacing = items.take("lin", "dec", "oct");
  const isParameter = items.take("param") !== undefined;
  const item = items.next();
  if (item?.kind !== "word") {
    const message = "`.step` needs a name and its values: `.step param r 1k 10k 1k`, `.step v1 list 1 2 5`.";
    items.error("missing-name", message, item?.span ?? card.span);
    return undefined;
  }
  const what = targetOf(item, isParameter, items);
  spacing ??= items.take("lin", "dec", "oct");
  const values = items.take("list") ? listed(items) : ranged(spacing ?? "lin", items);
  if (what === undefined || values === undefined) return undefined;
  return { ...what, values, span: card.span };
}

type Target = Pick<RunAxis, "name" | "unit" | "sets">;

function targetOf(item: Extract<Item, { kind: "word" }>, isParameter: boolean, items: Items): Target | undefined {
  const { place } = items;
  const { elaboration } = place;
  const shown = written(item.span);
  const name = shown.toLowerCase();
  const parameter: Target = { name, unit: "1", sets: { kind: "parameter", name } };
  if (isParameter) return parameter;
  if (name === "temp" || name === "temper") return { name: "temp", unit: "°C", sets: { kind: "temperature" } };
  const part = elaboration.network.find(name, place)?.part;
  if (part?.failed) return undefined;
  if (part !== undefined) {
    const swept = sweptValue(part);
    if (swept !== undefined)
      return { name, unit: swept.unit, sets: { kind: "value", instance: part.index, setting: swept.setting } };
    const help = "give it a parameter, `{p}`, and step that: `.step param p …`.";
    items.error(
      "cannot-sweep",
      `\`${shown}\` cannot be stepped: \`.step\` sets sources, resistors, parameters and \`temp\`.`,
      item.span,
      help,
    );
    return undefined;
  }
  if (place.has(name)) return parameter;
  const near = nearName(name, namesOf(elaboration.network, place));
  elaboration.complaints.error(
    "unknown-name",
    `There is no source, resistor or parameter \`${shown}\` to step.`,
    item.span,
    didYouMean(near),
  );
  return undefined;
}

const namesOf = (network: Network, place: Environment): readonly string[] => [
  ...network.instanceNames(place),
  ...place.names(),
  "temp",
];

function listed(items: Items): readonly number[] | undefined {
  const values: number[] = [];
  while (items.left > 0) values.push(numberOf(items.next()!, items.place, "a value of the list"));
  if (values.length > 0) return values.some(Number.isNaN) ? undefined : values;
  items.error("missing-value", "The list of `.step` has no values.", items.span);
  return undefined;
}

function ranged(spacing: "lin" | "dec" | "oct", items: Items): readonly number[] | undefined {
  const { complaints } = items.place.elaboration;
  const third = items.all.at(-1)!.span;
  const numbers: number[] = [];
  while (items.left > 0 && numbers.length < 3) numbers.push(numberOf(items.next()!, items.place, "a number"));
  if (numbers.length < 3) {
    const help =
      "write first value, last value and step, `1k 10k 1k`; for `dec` and `oct` the points a decade or an octave; or `list` and the values.";
    items.error("missing-value", "`.step` ends before its values are complete.", items.span, help);
    return undefined;
  }
  items.end();
  const [from, to, by] = numbers as [number, number, number];
  return spacing === "lin"
    ? stepped(from, to, by, third, complaints)
    : spaced(spacing, from, to, by, third, complaints);
}
