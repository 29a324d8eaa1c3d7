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
  for (const number of numbers) {
    const running = simulateOne(number, pointOf(nominal, number), prepare, wanted);
    let step = running.next("go on");
    while (!step.done) {
      const { analysis, of: analyses, fraction } = step.value;
      const word = yield { analysis: number - 1, of, fraction: (analysis + fraction) / analyses };
      stopped ||= word === "stop";
      step = running.next(word);
    }
    ran.push(step.value);
    if (stopped) break;
  }
  return ran;
}

/** One run; what is wrong with its netlist, or with what a training makes of it, is what came of it. */
function* simulateOne(
  number: number,
  point: RunPoint,
  prepare: Prepare,
  { pictures, learner }: RunsWanted,
): Generator<Progress, Ran, Word> {
  let said: readonly Diagnostic[] = [];
  try {
    const { circuit, diagnostics } = prepare(point);
    said = diagnostics;
    const anew: Wanted["anew"] = (axes, values) => prepare(further(point, axes, values)).circuit;
    const simulation = yield* simulateCircuit(circuit, learner(), { pictures, anew });
    const { draws } = circuit;
    return {
      number,
      point,
      simulation: outcomeOf(simulation),
      draws,
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
