import type { Circuit } from "../circuit/circuit.js";
import type { Picture } from "../result/picture.js";
import type { Measured, Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";

/** All that came of a netlist. */
export interface Simulation {
  readonly circuit: Circuit;
  /** One for each analysis card, in their order; the last may be incomplete (`ended`). */
  readonly results: readonly Result[];
  readonly measures: readonly Measured[];
  readonly pictures: readonly Picture[];
  /** Warnings and notes, and the error that ended a failed analysis. */
  readonly diagnostics: readonly Diagnostic[];
  /** The `.assert` cards whose condition is false. */
  readonly failedAsserts: readonly Diagnostic[];
}

/** Where a run is: the number of the analysis (from 0), how many there are, and how far in it (0…1). */
export interface Progress {
  readonly analysis: number;
  readonly of: number;
  readonly fraction: number;
}
