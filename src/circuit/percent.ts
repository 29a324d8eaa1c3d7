import type { Item } from "../syntax/ast.js";
import type { Environment } from "./environment.js";
import { textOf } from "./words.js";

/** `2%` is 0.02; undefined of anything that is no number with a percent sign. */
export function percentOf(value: Item, place: Environment): number | undefined {
  if (value.kind !== "word") return undefined;
  const number = Number(/^([-+.\deE]+)%$/.exec(textOf(value, place))?.[1] ?? Number.NaN);
  return Number.isNaN(number) ? undefined : number / 100;
}
