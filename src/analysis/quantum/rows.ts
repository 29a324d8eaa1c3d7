import type { Signal } from "../../circuit/circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { Read } from "../../equations/quantum/observables.js";
import { readerOf, type StateReader } from "../../equations/quantum/readers.js";
import { compileFormula } from "../../expressions/forward-ad.js";
import type { DensityMatrix } from "../../quantum/density-matrix.js";
import type { Tally } from "../../quantum/propagators/propagator.js";
import type { Column, Result } from "../../result/result.js";
import type { Diagnostic } from "../../text/diagnostic.js";

/** What a run comes to. */
export type Found = Pick<Result, "columns" | "ended" | "statistics" | "tables"> & {
  readonly diagnostics: readonly Diagnostic[];
};

/** A run that did not begin. */
export const refused = (problem: Diagnostic, signals: readonly Signal[]): Found =>
  nothing(signals, "failed", [problem]);

/** A run that has come to nothing yet. */
export const nothing = (
  signals: readonly Signal[],
  ended: Result["ended"],
  diagnostics: readonly Diagnostic[] = [],
): Found => ({
  columns: [{ name: "time", unit: "1" } as const, ...signals].map(({ name, unit }) => ({
    name,
    unit,
    values: new Float64Array(0),
  })),
  ended,
  statistics: { method: "none", points: 0, steps: 0, rejected: 0, iterations: 0, factorizations: 0 },
  diagnostics,
});

/** The values of signals, row by row; means where there are several realisations, with their standard errors behind them. */
export class Rows {
  readonly #time: Float64Array;
  #of: readonly StateReader[];
  readonly #columns: readonly Float64Array[];
  /** Sums of squared distances from the mean (B. P. Welford, Technometrics 4, 419, 1962). */
  readonly #squares: readonly Float64Array[];
  #size = 0;
  #run = 1;
  seen = 0;

  constructor(
    times: Float64Array,
    /** Nothing is kept before. */
    readonly from: number,
    readonly signals: readonly Signal[],
    read: Read,
  ) {
    this.#time = new Float64Array(times.length);
    this.#of = signals.map((signal) => signalReader(signal, read));
    this.#columns = signals.map(() => new Float64Array(times.length));
    this.#squares = signals.map(() => new Float64Array(times.length));
  }

  keep(t: number, rho: DensityMatrix): void {
    this.seen++;
    if (t < this.from) return;
    this.#time[this.#size] = t;
    for (const [k, read] of this.#of.entries()) this.#add(k, read(t, rho));
    this.#size++;
  }

  #add(column: number, value: number): void {
    const means = this.#columns[column]!;
    const apart = value - (this.#run === 1 ? 0 : means[this.#size]!);
    means[this.#size]! += apart / this.#run;
    if (this.#run > 1) this.#squares[column]![this.#size]! += apart * (value - means[this.#size]!);
  }

  /** √(Σ(x − x̄)²/(n(n − 1))) of n realisations; of one there is none. */
  #spread(column: number): Pick<Column, "spread"> {
    const runs = this.#run;
    if (runs === 1) return {};
    const squares = this.#squares[column]!.subarray(0, this.#size);
    const values = squares.map((sum) => Math.sqrt(sum / (runs * (runs - 1))));
    const { name, unit } = this.signals[column]!;
    return { spread: [{ name: `${name}.se`, unit, values }] };
  }

  /** Goes back to the first row for another realisation, which reads anew: values become means over all. */
  again(read: Read): void {
    this.#of = this.signals.map((signal) => signalReader(signal, read));
    this.#size = 0;
    this.#run++;
  }

  found(
    { units }: QuantumBlock,
    method: string,
    { steps }: Tally,
    ended: Result["ended"],
    diagnostics: readonly Diagnostic[] = [],
  ): Found {
    const cut = (values: Float64Array): Float64Array => values.subarray(0, this.#size);
    const time: Column = { name: "time", unit: units.system === "si" ? "s" : "1", values: cut(this.#time) };
    const columns = this.signals.map(({ name, unit }, k) => ({
      name,
      unit,
      values: cut(this.#columns[k]!),
      ...this.#spread(k),
    }));
    const statistics = { method, points: this.#size, steps, rejected: 0, iterations: 0, factorizations: 0 };
    return { columns: [time, ...columns], ended, statistics, diagnostics };
  }
}

function signalReader({ formula, inputs }: Signal, read: Read): StateReader {
  const readers = inputs.map((input): StateReader => {
    if (input.kind !== "quantum") throw new Error("a run of a block was asked for a quantity of the circuit");
    return readerOf(input.of, read);
  });
  if (formula.kind === "input") return readers[formula.index]!;
  const program = compileFormula(formula, readers.length);
  const u = new Float64Array(readers.length);
  return (t, rho) => {
    for (const [k, of] of readers.entries()) u[k] = of(t, rho);
    return program.value(t, u);
  };
}
