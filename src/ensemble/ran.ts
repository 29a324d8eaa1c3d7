import type { Simulation } from "../analysis/simulation.js";
import type { Draw, RunPoint } from "../circuit/runs/runs.js";
import type { Diagnostic } from "../text/diagnostic.js";

/** A run and what came of it; without a simulation the deck was faulty there. */
export interface Ran {
  /** From 1. */
  readonly number: number;
  readonly point: RunPoint;
  readonly simulation: Simulation | undefined;
  readonly draws: readonly Draw[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A run that was simulated. */
export type Simulated = Ran & { readonly simulation: Simulation };

/** Something that came of a run. */
export interface PartOf<Whole> {
  readonly run: Ran;
  readonly result: Whole;
}
