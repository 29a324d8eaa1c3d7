import { lanesIn, solveAbreast } from "../analysis/lanes/solve-abreast.js";
import type { TransientFound } from "../analysis/transient.js";
import type { Circuit } from "../circuit/circuit.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { NetlistError } from "../text/diagnostic.js";
import { countOf, pointOf } from "./plan.js";
import type { Prepare } from "./run.js";

/**
 * Runs whose numbers lie between multiples of this are a batch, whoever makes them, and whatever of it is asked for: digits of
 * runs that are solved as lanes of one depend on those beside them.
 */
export const runsOfBatch = 64;
/** Of fewer runs each is solved alone. */
const fewestLanes = 8;

/** A run that is ready to be simulated, with what lanes have found. */
export interface ReadyRun {
  readonly circuit: Circuit;
  readonly diagnostics: readonly Diagnostic[];
  readonly solved: ReadonlyMap<number, TransientFound>;
}

/** So many runs, from one behind a multiple of it on, are made together; 1: each is made alone. */
export const togetherIn = (nominal: Circuit): number =>
  countOf(nominal) >= fewestLanes && lanesIn(nominal).length > 0 ? runsOfBatch : 1;

/** The runs of the batch that a run is of, by their numbers. */
export function batchOf(nominal: Circuit, number: number): readonly number[] {
  const first = runsOfBatch * Math.floor((number - 1) / runsOfBatch) + 1;
  return Array.from({ length: Math.min(runsOfBatch, countOf(nominal) + 1 - first) }, (_, k) => first + k);
}

/** Solves what runs of a batch can have solved as lanes of one; none of those that are to be solved each alone need be there. */
export function* laneRuns(
  nominal: Circuit,
  batch: readonly number[],
  prepare: Prepare,
  pictures: boolean,
  interrupted: () => boolean,
): Generator<number, ReadonlyMap<number, ReadyRun>> {
  const places = batch.length < fewestLanes ? [] : lanesIn(nominal);
  if (places.length === 0) return new Map();
  const ready = batch.flatMap((number) => {
    const made = prepared(nominal, number, prepare);
    return made === undefined ? [] : [{ number, ...made }];
  });
  const circuits = ready.map(({ circuit }) => circuit);
  const solved = yield* solveAbreast(circuits, places, fewestLanes, { pictures }, interrupted);
  return new Map(ready.map(({ number, ...it }, k) => [number, { ...it, solved: solved[k]! }]));
}

/** Undefined where the deck is faulty: that is told by who makes the run. */
function prepared(nominal: Circuit, number: number, prepare: Prepare): ReturnType<Prepare> | undefined {
  try {
    return prepare(pointOf(nominal, number));
  } catch (error) {
    if (!(error instanceof NetlistError)) throw error;
    return undefined;
  }
}
