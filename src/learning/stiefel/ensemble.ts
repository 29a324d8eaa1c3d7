import { type Columns, columnsOf } from "../../numerics/linear/columns.js";
import { drawHaar } from "../../numerics/linear/haar.js";
import { Random } from "../../numerics/random.js";
import type { DescentOptions, Pace, Steps } from "./descent.js";
import { stepsOf } from "./steps.js";
import type { Trainable } from "./trainable.js";

/** Many descents of one cost from different starts. */
export interface Ensemble {
  readonly trainable: Trainable;
  readonly options: DescentOptions;
  readonly runs: number;
  /** Of a training: the start of realisation k is drawn from part k of the stream of these keys. */
  readonly keys: readonly (number | string)[];
}

/** One descent: where its channels are, and what their next steps need to know. */
export interface Realisation {
  readonly points: readonly Columns[];
  readonly paces: readonly Pace[];
  /** The directions before, where they are conjugate. */
  readonly along: readonly Columns[] | undefined;
}

/** A start of its own for each realisation, by Haar's measure. */
export function startsOf({ trainable, options, runs, keys }: Ensemble): readonly Realisation[] {
  const blank = (): readonly Columns[] => trainable.shapes.map(({ rows, count }) => columnsOf(rows, count));
  const random = new Random(...keys);
  return Array.from({ length: runs }, (_, run) => {
    const points = blank();
    random.at(run);
    for (const point of points) drawHaar(point, random);
    return {
      points,
      paces: points.map(() => ({ cost: 0, step: 0, slope: 0 })),
      along: options.step === "cg" ? blank() : undefined,
    };
  });
}

/** What a realisation is after an iteration. */
export interface Score {
  readonly cost: number;
  /** The share of the truth table's rows that it answers right: whose wanted output is more probable than all others together. */
  readonly right: number;
}

function scoreOf(trainable: Trainable): Score {
  const errors = trainable.errors();
  return { cost: trainable.cost(), right: errors.filter((q) => q < 0.5).length / errors.length };
}

/** Moves realisations: an iteration is a step of each channel, those that others take from first. */
export class Sweeps {
  readonly #descents: readonly Steps[];

  constructor(readonly ensemble: Ensemble) {
    const { trainable, options } = ensemble;
    this.#descents = trainable.shapes.map(({ rows, count }) => stepsOf(rows, count, options));
  }

  get evaluations(): number {
    return this.#descents.reduce((sum, { evaluations }) => sum + evaluations, 0);
  }

  get products(): number {
    return this.#descents.reduce((sum, { products }) => sum + products, 0);
  }

  /** An iteration of a realisation, which is overwritten; where it is then. */
  advance({ points, paces, along }: Realisation): Score {
    const { trainable } = this.ensemble;
    trainable.begin(points);
    for (let part = 0; part < points.length; part++)
      this.#descents[part]!.step(trainable.costOf(part), points[part]!, paces[part]!, along?.[part]);
    return scoreOf(trainable);
  }

  /** Where a realisation is. */
  look({ points }: Realisation): Score {
    const { trainable } = this.ensemble;
    trainable.begin(points);
    return scoreOf(trainable);
  }
}
