import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { Items } from "../items.js";
import { numberOf } from "../readings.js";
import type { Runs } from "./runs.js";

/** `.mc n [seed=]`: n draws of all that the deck's random functions say. */
export function readMonteCarlo(card: Directive, place: Environment): Runs["draws"] {
  const items = new Items(card.items, place, card.span);
  const first = items.next();
  if (first === undefined || first.kind === "setting") {
    items.error(
      "missing-value",
      "`.mc` needs how many runs it makes: `.mc 100`, `.mc 100 seed=7`.",
      first?.span ?? card.span,
    );
    return undefined;
  }
  const count = wholeNumber(numberOf(first, place, "how many runs"), 1, "`.mc` makes", first.span, items);
  const setting = items.setting("seed");
  const seed = setting && wholeNumber(numberOf(setting.value, place, "a seed"), 0, "The seed is", setting.span, items);
  items.end();
  return count === undefined ? undefined : { count, seed, span: card.span };
}

function wholeNumber(
  value: number,
  least: number,
  what: string,
  span: Directive["span"],
  items: Items,
): number | undefined {
  if (Number.isSafeInteger(value) && value >= least) return value;
  if (!Number.isNaN(value))
    items.error("parameter-range", `${what} ${value}, but must be a whole number of at least ${least}.`, span);
  return undefined;
}
