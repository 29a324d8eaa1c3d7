import type { Directive } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { Items } from "../items.js";
import type { RunAxis } from "./runs.js";
import { takeTarget } from "./stepped-target.js";
import { takeSpacing, takeValues } from "./stepped-values.js";

/**
 * `.step [param] name a b step | list … | dec a b n | oct a b n`; `lin`, `dec`, `oct` may stand in front as well. For
 * the name of a parameter of a model, `nmos m1(vto)` or `m1:vto`.
 */
export function readStep(card: Directive, place: Environment): RunAxis | undefined {
  const items = new Items(card.items, place, card.span);
  const spacing = takeSpacing(items);
  const what = takeTarget(items, "stepped");
  if (what === undefined && items.left <= 0) return undefined; // told already
  const values = takeValues(items, spacing, "stepped");
  items.end();
  return what && values && { ...what, values, span: card.span };
}
