import {
  type Learner,
  type Progress,
  type Simulation,
  simulateCircuit,
  type Wanted,
  type Word,
} from "../analysis/simulation.js";
import type { Circuit } from "../circuit/circuit.js";
import type { RunPoint } from "../circuit/runs/runs.js";
import { type Diagnostic, NetlistError } from "../text/diagnostic.js";
import { gathered } from "./gather.js";
import { batchOf, laneRuns, type ReadyRun } from "./lanes.js";
import { countOf, pointOf } from "./plan.js";
import { outcomeOf, type Ran } from "./ran.js";

/** How a deck is made ready for one of its runs; throws `NetlistError` where it is faulty there. */
export type Prepare = (run: RunPoint) => { readonly circuit: Circuit; readonly diagnostics: readonly Diagnostic[] };

export interface RunsWanted {
  readonly pictures: boolean;
  /** Who learns in a run: each begins anew. */
  learner(): Learner;
}

/** All runs that a deck's `.step` and `.mc` ask for, one after the other, as one simulation. */
export function* simulateRuns(
  nominal: Circuit,
  prepare: Prepare,
  wanted: RunsWanted,
): Generator<Progress, Simulation, Word> {
  const of = countOf(nominal);
  const all = Array.from({ length: of }, (_, k) => k + 1);
  return gathered(nominal, yield* simulateSome(nominal, all, prepare, wanted), of, wanted.pictures);
}

/**
 * Some of the runs of a deck, by their numbers: each is the netlist read anew with other numbers, and simulated. A run
 * that fails does not keep others from being made. Nothing of a run shows in another: they may be made in any order,
 * and anywhere.
 */
export function* simulateSome(
  nominal: Circuit,
  numbers: readonly number[],
  prepare: Prepare,
  wanted: RunsWanted,
): Generator<Progress, readonly Ran[], Word> {
  const of = countOf(nominal);
  const ran: Ran[] = [];
  let stopped = false;
  const told = function* <Outcome>(
    running: Generator<number, Outcome, Word>,
    number: number,
  ): Generator<Progress, Outcome, Word> {
    for (let step = running.next("go on"); ; ) {
      if (step.done) return step.value;
      const word = yield { analysis: number - 1, of, fraction: step.value };
      stopped ||= word === "stop";
      step = running.next(word);
    }
  };
  let batch: Batch = { numbers: new Set(), ready: new Map() };
  for (const number of numbers) {
    if ((yield { analysis: number - 1, of, fraction: 0 }) === "stop") break;
    if (!batch.numbers.has(number)) {
      const all = batchOf(nominal, number);
      const running = laneRuns(nominal, all, prepare, wanted.pictures, () => stopped);
      batch = { numbers: new Set(all), ready: yield* told(running, number) };
    }
    const point = pointOf(nominal, number);
    ran.push(yield* told(simulateOne(number, point, prepare, batch.ready.get(number), wanted), number));
    if (stopped) break;
  }
  return ran;
}

/** The batch at hand: its runs, and those that lanes have made ready. */
interface Batch {
  readonly numbers: ReadonlySet<number>;
  readonly ready: ReadonlyMap<number, ReadyRun>;
}

/** One run; what is wrong with its netlist, or with what a training makes of it, is what came of it. Yields how far it is, 0…1. */
function* simulateOne(
  number: number,
  point: RunPoint,
  prepare: Prepare,
  ready: ReadyRun | undefined,
  { pictures, learner }: RunsWanted,
): Generator<number, Ran, Word> {
  let said: readonly Diagnostic[] = [];
  try {
    const { circuit, diagnostics } = ready ?? prepare(point);
    said = diagnostics;
    const anew: Wanted["anew"] = (axes, values) => prepare(further(point, axes, values)).circuit;
    const running = simulateCircuit(circuit, learner(), { pictures, anew, solved: ready?.solved });
    let step = running.next("go on");
    while (!step.done) step = running.next(yield (step.value.analysis + step.value.fraction) / step.value.of);
    const simulation = step.value;
    return {
      number,
      point,
      simulation: outcomeOf(simulation),
      draws: circuit.draws,
      diagnostics: [...said, ...simulation.diagnostics],
    };
  } catch (error) {
    if (!(error instanceof NetlistError)) throw error;
    return { number, point, simulation: undefined, draws: [], diagnostics: [...said, ...error.diagnostics] };
  }
}

/** A point of a sweep within a run. */
export const further = (point: RunPoint, axes: RunPoint["axes"], values: readonly number[]): RunPoint => ({
  ...point,
  axes: [...point.axes, ...axes],
  values: [...point.values, ...values],
});
