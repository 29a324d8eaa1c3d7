import type { Signal } from "../circuit/circuit.js";
import type { Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";

/** When signals of a run that is fed with a data set are looked at: at the end of each part of each row. */
export interface Sampling {
  readonly rows: number;
  /** How long a row lasts, s, or in the time of a block. */
  readonly period: number;
  /** A row's equal parts. */
  readonly parts: number;
  /** The run starts anew after so many rows, of which the last alone is looked at; undefined: it goes on. */
  readonly episode: number | undefined;
  readonly signals: readonly Signal[];
  readonly span: Span;
}

/** What was seen. */
export interface Sampled {
  /** All signals at the end of the first part, then of the second, …: columns of as many numbers as rows were seen. */
  readonly columns: readonly Float64Array[];
  readonly rows: number;
  readonly ended: Result["ended"];
  readonly statistics: Result["statistics"];
  readonly diagnostics: readonly Diagnostic[];
}

/** As many rows as are seen of so many that are fed. */
export const rowsSeen = ({ rows, episode }: Sampling): number =>
  episode === undefined ? rows : Math.floor(rows / episode);
