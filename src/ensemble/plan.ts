import type { Circuit } from "../circuit/circuit.js";
import type { RunAxis, RunPoint } from "../circuit/runs/runs.js";
import { Random } from "../numerics/random.js";

/**
 * Run `number` (from 1) of those that a deck asks for: the last axis goes round fastest, and draws faster still. What it
 * draws follows from the seed and its number alone, whoever else runs.
 */
export function pointOf({ runs, options }: Circuit, number: number): RunPoint {
  const { axes = [], draws } = runs ?? {};
  const count = draws?.count ?? 1;
  const values = valuesAt(axes, Math.floor((number - 1) / count));
  if (draws === undefined) return { axes, values, draw: undefined, stream: undefined, seed: undefined };
  const draw = ((number - 1) % count) + 1;
  // The same draws for each value that is stepped: what differs between these is then due to the values alone.
  const stream = (place: string) => new Random("mc", draws.seed ?? options.seed, draw, place);
  // A place that no deck can write.
  return { axes, values, draw, stream, seed: stream("#seed").bits() };
}

/** Combination `k` (from 0) of the axes' values. */
function valuesAt(axes: readonly RunAxis[], k: number): readonly number[] {
  const values: number[] = [];
  let rest = k;
  for (const axis of axes.toReversed()) {
    values.unshift(axis.values[rest % axis.values.length]!);
    rest = Math.floor(rest / axis.values.length);
  }
  return values;
}

/** First values of models' parameters that are stepped or swept: a point for each card. */
export function modelPoints({ runs, analyses }: Circuit): readonly RunPoint[] {
  const stepped = runs?.axes ?? [];
  const swept = analyses.flatMap((card) => (card.kind === "dc" ? card.sweeps.map((it) => [card, it] as const) : []));
  const axes = swept.flatMap(([{ span }, { targets, points }]) =>
    targets.map((target, k): RunAxis => ({ ...target, values: points.map((point) => point[k]!), span })),
  );
  return [...stepped, ...axes].flatMap((axis) =>
    axis.sets.kind === "model" ? [{ ...theOnly, axes: [axis], values: [axis.values[0]!] }] : [],
  );
}

/** The run of a netlist that asks for one alone. */
export const theOnly: RunPoint = { axes: [], values: [], draw: undefined, stream: undefined, seed: undefined };

/** How many runs there are. */
export const countOf = ({ runs }: Circuit): number =>
  (runs?.axes ?? []).reduce((product, { values }) => product * values.length, runs?.draws?.count ?? 1);
