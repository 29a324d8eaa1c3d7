import type { Circuit } from "../circuit/circuit.js";
import type { RunAxis, RunPoint } from "../circuit/runs/runs.js";
import { Random } from "../numerics/random.js";

/** The runs that a deck asks for, in their order: the last axis goes round fastest, and draws faster still. */
export function* planOf({ runs, options }: Circuit): Generator<RunPoint> {
  if (runs === undefined) return;
  const { axes, draws } = runs;
  for (const values of combinations(axes)) {
    if (draws === undefined) yield { axes, values, draw: undefined, stream: undefined, seed: undefined };
    for (let draw = 1; draw <= (draws?.count ?? 0); draw++) {
      // The same draws for each value that is stepped: what differs between these is then due to the values alone.
      const stream = (place: string) => new Random("mc", draws?.seed ?? options.seed, draw, place);
      // A place that no deck can write.
      yield { axes, values, draw, stream, seed: stream("#seed").bits() };
    }
  }
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

function* combinations(axes: readonly RunAxis[]): Generator<readonly number[]> {
  const [first, ...rest] = axes;
  if (first === undefined) yield [];
  else for (const value of first.values) for (const tail of combinations(rest)) yield [value, ...tail];
}
