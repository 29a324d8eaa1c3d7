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
import { countOf, planOf } from "./plan.js";
import type { Ran } from "./ran.js";

/** How a deck is made ready for one of its runs; throws `NetlistError` where it is faulty there. */
export type Prepare = (run: RunPoint) => { readonly circuit: Circuit; readonly diagnostics: readonly Diagnostic[] };

export interface RunsWanted {
  readonly pictures: boolean;
  /** Who learns in a run: each begins anew. */
  learner(): Learner;
}

/**
 * All runs that a deck's `.step` and `.mc` ask for, one after the other: each is the netlist read anew with other
 * numbers, and simulated. A run that fails does not keep others from being made.
 */
export function* simulateRuns(
  nominal: Circuit,
  prepare: Prepare,
  wanted: RunsWanted,
): Generator<Progress, Simulation, Word> {
  const of = countOf(nominal);
  const ran: Ran[] = [];
  for (const point of planOf(nominal)) {
    const number = ran.length + 1;
    const ready = prepared(prepare, point);
    if ("diagnostics" in ready && !("circuit" in ready)) {
      ran.push({ number, point, simulation: undefined, draws: [], diagnostics: ready.diagnostics });
      continue;
    }
    const { circuit, diagnostics } = ready;
    const anew: Wanted["anew"] = (axes, values) => prepare(further(point, axes, values)).circuit;
    const running = simulateCircuit(circuit, wanted.learner(), { pictures: wanted.pictures, anew });
    let step = running.next("go on");
    let stopped = false;
    while (!step.done) {
      const { analysis, of: analyses, fraction } = step.value;
      const word = yield { analysis: ran.length, of, fraction: (analysis + fraction) / analyses };
      stopped ||= word === "stop";
      step = running.next(word);
    }
    const simulation = step.value;
    ran.push({
      number,
      point,
      simulation,
      draws: circuit.draws,
      diagnostics: [...diagnostics, ...simulation.diagnostics],
    });
    if (stopped) break;
  }
  return gathered(nominal, ran, of, wanted.pictures);
}

/** A point of a sweep within a run. */
export const further = (point: RunPoint, axes: RunPoint["axes"], values: readonly number[]): RunPoint => ({
  ...point,
  axes: [...point.axes, ...axes],
  values: [...point.values, ...values],
});

function prepared(
  prepare: Prepare,
  point: RunPoint,
): ReturnType<Prepare> | { readonly diagnostics: readonly Diagnostic[] } {
  try {
    return prepare(point);
  } catch (error) {
    if (!(error instanceof NetlistError)) throw error;
    return { diagnostics: error.diagnostics };
  }
}
