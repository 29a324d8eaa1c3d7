import type { Sampled } from "../../analysis/sampling.js";
import type { ReadoutCard } from "../../circuit/training/cards.js";
import { leastSquaresOfAll } from "../../numerics/linear/least-squares.js";

/** Features of a run and what they shall tell, with the rows that a readout is fitted on and judged by. */
export interface ReadoutTask {
  readonly card: ReadoutCard;
  /** A column each, with a 1 behind them. */
  readonly features: readonly Float64Array[];
  /** As they stand at the head of columns. */
  readonly names: readonly string[];
  /** u: the data's first input; of an episode that of its last row. */
  readonly input: Float64Array;
  /** A column each, and their names. */
  readonly targets: readonly Float64Array[];
  readonly targetNames: readonly string[];
  readonly fitted: Rows;
  readonly judged: Rows;
}

/** From the first to before the second. */
export type Rows = readonly [from: number, to: number];

export function readoutTask(card: ReadoutCard, { columns, rows }: Sampled): ReadoutTask {
  const { data, features, multiplex, episode = 1, washout, fit, test } = card;
  const column = (place: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, k) => data.rows[(k + 1) * episode - 1]![place]!);
  const fitted: Rows = [washout, washout + fit];
  const part = (k: number): string => (multiplex === 1 ? "" : `.${Math.floor(k / features.length) + 1}`);
  return {
    card,
    features: [...columns, new Float64Array(rows).fill(1)],
    names: [...columns.map((_, k) => `${features[k % features.length]!.name}${part(k)}`), "constant"],
    input: column(0),
    targets: card.targets.map((place) => column(data.inputs.length + place)),
    targetNames: card.targets.map((place) => data.targets[place]!),
    fitted,
    judged: test > 0 ? [washout + fit, washout + fit + test] : fitted,
  };
}

/** What readouts of targets are made of features, and the weights of each; by Householder's reflections, never by AᵀA. */
export interface Fit {
  readonly weights: readonly Float64Array[];
  readonly outputs: readonly Float64Array[];
}

export function fitted({ features, fitted: [from, to], card }: ReadoutTask, targets: readonly Float64Array[]): Fit {
  const cut = (column: Float64Array): Float64Array => column.subarray(from, to);
  const weights = leastSquaresOfAll(features.map(cut), targets.map(cut), card.ridge);
  return { weights, outputs: weights.map((w) => summed(features, w)) };
}

function summed(features: readonly Float64Array[], w: Float64Array): Float64Array {
  const sum = new Float64Array(features[0]!.length);
  for (const [k, column] of features.entries()) for (let i = 0; i < sum.length; i++) sum[i]! += w[k]! * column[i]!;
  return sum;
}
