import type { Sampled } from "../../analysis/sampling.js";
import type { Column, Result, Table } from "../../result/result.js";
import type { Figure } from "./metrics.js";
import type { Fit, ReadoutTask } from "./task.js";

/** A readout that has been fitted. */
export interface Reading {
  readonly task: ReadoutTask;
  readonly fit: Fit;
  readonly figures: readonly Figure[];
}

/** Input, targets and outputs row by row; beside them the features, the weights and the figures. */
export function readoutResult(
  { task, fit, figures }: Reading,
  { ended, statistics }: Sampled,
  title: string,
): Omit<Result, "card"> {
  const { card, input, targets, targetNames } = task;
  return {
    analysis: "train",
    name: card.name,
    title,
    axes: 1,
    columns: [
      rowsOf(task),
      column(card.data.inputs[0]!, input),
      ...targets.map((values, k) => column(targetNames[k]!, values)),
      ...fit.outputs.map((values, k) => column(outputName(targetNames[k]!), values)),
    ],
    ended,
    statistics,
    tables: [
      featuresTable(task),
      weightsTable(task, fit),
      { name: "metrics", columns: figures.map(({ name, value }) => column(name, [value])) },
      ...delaysTable(figures),
    ],
  };
}

/** What the readout sees, row by row, without its constant. */
export const featuresTable = (task: ReadoutTask): Table => ({
  name: "features",
  columns: [rowsOf(task), ...task.features.slice(0, -1).map((values, k) => column(task.names[k]!, values))],
});

/** The rows' numbers, from 0. */
export const rowsOf = ({ input }: Pick<ReadoutTask, "input">): Column => column("n", input.map((_, k) => k)); // biome-ignore format: one thought

/** What a readout makes of a target. */
export const outputName = (target: string): string => `${target}.out`;

/** A row for each target. */
const weightsTable = ({ names }: ReadoutTask, { weights }: Fit): Table => ({
  name: "weights",
  columns: [
    column("target", weights.map((_, k) => k + 1)), // biome-ignore format: one thought
    ...names.map((name, k) => column(name, weights.map((w) => w[k]!))), // biome-ignore format: one thought
  ],
});

/** r² by delay, of all figures that sum over delays; no number behind the last of each. */
function delaysTable(figures: readonly Figure[]): readonly Table[] {
  const all = figures.flatMap(({ name, delays }) => (delays === undefined ? [] : [{ name, shares: delays.shares }]));
  const most = all.reduce((longest, { shares }) => Math.max(longest, shares.length), 0);
  if (most === 0) return [];
  const delay = Float64Array.from({ length: most }, (_, k) => k);
  const columns = all.map(({ name, shares }) => column(`${name}.r2`, delay.map((k) => shares[k] ?? Number.NaN))); // biome-ignore format: one thought
  return [{ name: "delays", columns: [column("delay", delay), ...columns] }];
}

export const column = (name: string, values: ArrayLike<number>): Column => ({
  name,
  unit: "1",
  values: values instanceof Float64Array ? values : Float64Array.from(values),
});
