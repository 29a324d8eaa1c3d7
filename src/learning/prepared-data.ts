import type { DatasetCard, Training } from "../circuit/training/cards.js";
import { splitGroups } from "../circuit/training/split-rows.js";
import { Random } from "../numerics/random.js";
import type { Dataset } from "./task.js";

/** How many samples the papers draw from a truth table for each realisation. */
const usualSamples = 100;

/**
 * A data set ready to be learned: rows parted into those that are trained with and those kept back (each class in the
 * same ratio), inputs scaled by what the first part shows. The same card and seed give the same parts.
 */
export function prepared(card: DatasetCard, rule: Training["rule"], seed: number): Dataset {
  const { name, inputs, targets, shared } = card;
  const [train, test] = parted(card, seed);
  const scale = scaling(card, train);
  return {
    name,
    inputs,
    targets,
    shared,
    drawn: drawnOf(card, rule),
    train: flat(train.map(scale)),
    test: flat(test.map(scale)),
  };
}

/** Samples of a truth table are drawn as in the papers; other rows are taken as they are, unless the card says otherwise. */
function drawnOf({ samples, gate }: DatasetCard, rule: Training["rule"]): number | undefined {
  if (samples === "all") return undefined;
  return samples ?? (gate && (rule === "delta" || rule === "backprop") ? usualSamples : undefined);
}

type Row = readonly number[];

function parted(card: DatasetCard, seed: number): readonly [Row[], Row[]] {
  const { name, split } = card;
  if (split === undefined) return [[...card.rows], []];
  const random = new Random("split", name, seed);
  const train: Row[] = [];
  const test: Row[] = [];
  for (const { rows, trained } of splitGroups(card, split)) {
    const order = Int32Array.from(rows, (_, k) => k);
    random.shuffle(order);
    order.forEach((k, place) => void (place < trained ? train : test).push(rows[k]!));
  }
  return [train, test];
}

/** A column that never changes is only moved. */
function scaling({ scale, inputs }: DatasetCard, rows: readonly Row[]): (row: Row) => Row {
  if (scale === undefined) return (row) => row;
  const parts = inputs.map((_, k) => {
    const values = rows.map((row) => row[k]!);
    return scale === "minmax" ? bounds(values) : moments(values);
  });
  return (row) => row.map((value, k) => (k < inputs.length ? (value - parts[k]!.from) / parts[k]!.by : value));
}

function bounds(values: readonly number[]): { readonly from: number; readonly by: number } {
  const from = values.reduce((least, value) => Math.min(least, value), Infinity);
  const to = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return { from, by: to > from ? to - from : 1 };
}

function moments(values: readonly number[]): { readonly from: number; readonly by: number } {
  const from = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - from) ** 2, 0) / values.length;
  return { from, by: Math.sqrt(variance) || 1 };
}

const flat = (rows: readonly Row[]): Float64Array => Float64Array.from(rows.flat());
