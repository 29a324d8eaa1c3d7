import type { TransientCard } from "../circuit/circuit.js";
import type { Equations } from "./equations.js";
import { fedRun } from "./quantum/fed-run.js";
import { rowsSeen, type Sampled, type Sampling } from "./sampling.js";
import { transientOf } from "./transient-of.js";

/** Times are the same that lie so close, in parts of a row. */
const rounding = 1e-6;

/** Runs a circuit, or a quantum block by its number, that is fed with a data set, and looks at signals row by row. */
export function* sampled(
  at: Equations,
  block: number | undefined,
  sampling: Sampling,
  interrupted: () => boolean,
): Generator<number, Sampled> {
  if (block !== undefined) return yield* fedRun(at.circuit, at.circuit.blocks[block]!, sampling, interrupted);
  return yield* sampledTransient(at, sampling, interrupted);
}

/** One transient over all rows. Where a source jumps at the end of a row, what is seen lies before the jump. */
function* sampledTransient(at: Equations, sampling: Sampling, interrupted: () => boolean): Generator<number, Sampled> {
  const { rows, parts, period, signals, span } = sampling;
  const step = period / parts;
  const stop = rows * period;
  const card: TransientCard = { kind: "tran", step, stop, start: 0, maxStep: undefined, uic: false, grid: true, inRows: true, span }; // biome-ignore format: one thought
  const { columns, ended, statistics, diagnostics } = yield* transientOf(at, card, signals, interrupted);
  const [time, ...values] = columns.map((column) => column.values) as [Float64Array, ...Float64Array[]];
  const places: number[] = [];
  for (let k = 0, row = 0; k < rows * parts; k++) {
    while (row < time.length && time[row]! < (k + 1 - rounding) * step) row++;
    if (row === time.length) break;
    places.push(row);
  }
  const seen = Math.min(rowsSeen(sampling), Math.floor(places.length / parts));
  return {
    columns: Array.from({ length: parts }, (_, part) =>
      values.map((column) => Float64Array.from({ length: seen }, (_, k) => column[places[k * parts + part]!]!)),
    ).flat(),
    rows: seen,
    ended,
    statistics: { ...statistics, points: seen * parts },
    diagnostics,
  };
}
