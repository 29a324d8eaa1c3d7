import type { Simulation } from "../analysis/simulation.js";
import type { Draw, RunPoint } from "../circuit/runs/runs.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { cardNames } from "./card-names.js";

/** What came of a simulated run, as far as it is told beside that of others. */
export type Outcome = Pick<Simulation, "results" | "begun" | "measures" | "pictures" | "printed" | "failedAsserts"> & {
  /** What its analyses are called, one behind the other (`cardNames`). */
  readonly cards: readonly string[];
};

/** Keeps no more of a simulation than is told: its circuit may be large, and there may be thousands of runs. */
export const outcomeOf = ({
  circuit,
  results,
  begun,
  measures,
  pictures,
  printed,
  failedAsserts,
}: Simulation): Outcome => ({
  cards: cardNames(circuit),
  results,
  begun,
  measures,
  pictures,
  printed,
  failedAsserts,
});

/** A run and what came of it; without a simulation the deck was faulty there. */
export interface Ran {
  /** From 1. */
  readonly number: number;
  readonly point: RunPoint;
  readonly simulation: Outcome | undefined;
  readonly draws: readonly Draw[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A run that was simulated. */
export type Simulated = Ran & { readonly simulation: Outcome };

/** Something that came of a run. */
export interface PartOf<Whole> {
  readonly run: Ran;
  readonly result: Whole;
}
