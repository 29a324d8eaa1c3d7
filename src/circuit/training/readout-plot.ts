import type { Directive } from "../../syntax/ast.js";
import type { Circuit } from "../circuit.js";
import type { Environment } from "../environment.js";
import { Items } from "../items.js";
import { complainOfOption, StyleReader } from "../plot-style.js";
import { didYouMean, nearName, numberOf, written } from "../readings.js";
import { nameOf } from "../words.js";
import { type ReadoutCard, type ReadoutPlot, readoutPlots } from "./cards.js";

/** Whether a `.plot` card asks for a picture of readouts. */
export function isReadoutPlot(card: Directive, place: Environment): boolean {
  const [first] = card.items;
  return first?.kind === "word" && (readoutPlots as readonly string[]).includes(nameOf(first, place));
}

/** `.plot series r [rows=(2000,2100)]`, `.plot memory r1 r2`; without a name all readouts of the netlist are meant. */
export function readReadoutPlot(
  card: Directive,
  place: Environment,
  analyses: Circuit["analyses"],
): ReadoutPlot | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const items = new Items(card.items, place, card.span);
  const kind = items.take(...readoutPlots)!;
  const style = new StyleReader(items);
  const all = analyses.filter((it): it is ReadoutCard => it.kind === "readout");
  const named: ReadoutCard[] = [];
  let rows: readonly [number, number] | undefined;
  while (items.left > 0) {
    const range = kind === "series" ? items.setting("rows") : undefined;
    if (range !== undefined) {
      const numbers = range.value.kind === "group" ? range.value.items : [range.value];
      const [from = Number.NaN, to = Number.NaN] = numbers.map((item) => numberOf(item, place, "a row"));
      if (numbers.length !== 2 || !(from >= 0 && to > from && Number.isInteger(from) && Number.isInteger(to)))
        items.error("parameter-range", "`rows` are the first and the last that are drawn, counted from 0: `rows=(2000,2100)`.", range.span); // biome-ignore format: one thought
      rows = [from, to];
      continue;
    }
    if (style.take() || complainOfOption(items, kind === "series" ? ["rows"] : [])) continue;
    const item = items.next()!;
    const name = item.kind === "word" ? nameOf(item, place) : written(item.span);
    const found = all.find((it) => it.name === name);
    if (found !== undefined) named.push(found);
    else if (!complaints.failed) {
      const list = all.map((it) => `\`${it.name}\``).join(", ");
      const help = didYouMean(nearName(name, all.map((it) => it.name))).help ?? (list ? `there is ${list}.` : "write `.train r rule=ridge data=ts features=(v(n*))`."); // biome-ignore format: one thought
      items.error("unknown-training", `There is no readout \`${name}\`.`, item.span, help);
    }
  }
  const readouts = named.length > 0 ? named : all;
  if (readouts.length === 0 && !complaints.failed)
    items.error("unknown-training", `\`.plot ${kind}\` is of readouts, but there is none.`, card.span, "write `.train r rule=ridge data=ts features=(v(n*))`."); // biome-ignore format: one thought
  const of = kind === "series" ? undefined : delayMetrics[kind];
  const without = kind === "series" ? undefined : readouts.find(({ metrics }) => metrics.every((it) => it.kind !== of));
  if (without !== undefined)
    items.error("no-picture", `\`${without.name}\` has no \`${of}\` among its metrics.`, card.span, `write \`metrics=(nmse ${of}:20)\`.`); // biome-ignore format: one thought
  if (complaints.errors > before || readouts.length === 0) return undefined;
  return { kind, readouts, rows, of, style: style.style(), span: card.span };
}

/** Which figure a picture over delays is of. */
const delayMetrics = { memory: "mc", quadratic: "quadratic", parity: "parity" } as const;
