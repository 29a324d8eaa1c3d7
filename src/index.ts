import type { Progress, Simulation } from "./analysis/simulation.js";
import type { Diagnostic } from "./text/diagnostic.js";
import type { ReadFile } from "./text/read.js";

export interface SimulateOptions {
  /** What messages call the netlist; default `netlist`. */
  readonly name?: string;
  /** Gives the text of included files; without it an `.include` is an error. */
  readonly read?: ReadFile;
  /** Libraries read before the netlist. */
  readonly include?: readonly string[];
  /** Overrides of `.param`, as expressions. */
  readonly set?: Readonly<Record<string, string>>;
  readonly seed?: number;
  /** Further `.plot` cards, without the leading `.plot`. */
  readonly plots?: readonly string[];
  /** False leaves out the pictures. */
  readonly pictures?: boolean;
  /** Aborting ends the run early; what is done is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Called between steps; where it gives a promise, the run waits for it (so that a host can answer events). */
  readonly pause?: () => Promise<void> | undefined;
}

/** Reads a netlist, runs its analyses, and gives their results. Throws `NetlistError` for a faulty netlist. */
export declare function simulate(text: string, options?: SimulateOptions): Promise<Simulation>;

/** Reads a netlist and gives everything there is to say about it; errors included, nothing is run. */
export declare function check(text: string, options?: SimulateOptions): readonly Diagnostic[];
