import type { Quantity, Signal } from "../../circuit/circuit.js";
import type { QtranCard, QuantumBlock } from "../../circuit/quantum/block.js";
import { loopFigures, type QuantumObservable } from "../../circuit/quantum/observable.js";
import type { Sought } from "../../equations/quantum/observables.js";
import { compileFormula } from "../../expressions/forward-ad.js";
import { estimatedCurrent } from "./current-estimates.js";
import {
  type LoopColumns,
  loopsOf,
  type Memristivity,
  type MemristorLoop,
  memristivityOf,
  zerosOf,
} from "./memristor-loops.js";

/** A column for each of the observables that were sought. */
export type Found = readonly Float64Array[];

/** What a run gives: a column for each signal, and of each memristor its loops and what coupling has left of it. */
export interface Answers {
  readonly signals: readonly Float64Array[];
  readonly loops: readonly (readonly MemristorLoop[])[];
  readonly memristivity: readonly Memristivity[];
}

/** Of a run that did not begin. */
export const nothingOf = (signals: readonly Signal[]): Answers => ({
  signals: signals.map(() => new Float64Array(0)),
  loops: [],
  memristivity: [],
});

type LoopFigure = Extract<QuantumObservable, { readonly kind: (typeof loopFigures)[number] }>;

const isLoopFigure = (of: QuantumObservable): of is LoopFigure => (loopFigures as readonly string[]).includes(of.kind);

/**
 * What a run of a block must find, so that its signals and loops can be told from it. Currents by differences and figures
 * of loops are of columns, not of a time: they are worked out when the run is over.
 */
export class Questions {
  /** Each of them once. */
  readonly sought: readonly Sought[];
  readonly #places = new Map<string, number>();
  readonly #operators = new Map<object, number>();

  constructor(
    readonly signals: readonly Signal[],
    readonly block: QuantumBlock,
    readonly card: Pick<QtranCard, "current" | "dt">,
  ) {
    const sought: Sought[] = [];
    const seek = (of: Sought): void => {
      const key = this.#keyOf(of);
      if (this.#places.has(key)) return;
      this.#places.set(key, sought.length);
      sought.push(of);
    };
    for (const memristor of block.memristors.keys()) {
      seek({ kind: "voltage", memristor });
      seek({ kind: "rate", memristor });
      seek({ kind: card.current === "identity" ? "current" : "quadrature", memristor });
    }
    for (const [system, { kind }] of block.systems.entries()) if (kind === "oscillator") seek({ kind: "top", system });
    const asked = signals.flatMap(({ inputs }) => inputs.map(observableOf));
    for (const of of asked) if (!isLoopFigure(of) && !this.#isEstimated(of)) seek(of);
    this.sought = sought;
  }

  /** What the signals are, from columns over the first of the times. `cuts`: the zeros of V of each memristor. */
  answer(found: Found, time: Float64Array, cuts = this.cuts(found, time)): Answers {
    const currents = this.block.memristors.map((_, memristor) => this.#current(memristor, found));
    const curves = this.block.memristors.map((_, memristor): LoopColumns => {
      const { omega } = this.#system(memristor);
      return {
        time,
        voltage: this.column({ kind: "voltage", memristor }, found),
        current: currents[memristor]!,
        rate: this.column({ kind: "rate", memristor }, found),
        period: (2 * Math.PI) / omega,
      };
    });
    const loops = curves.map((columns, memristor) => loopsOf(columns, cuts[memristor]!));
    const memristivity = curves.map((columns, memristor) => memristivityOf(columns, cuts[memristor]!));
    const column = (of: QuantumObservable): Float64Array => {
      if (isLoopFigure(of)) return lastEnded(of.kind, loops[of.memristor]!, time);
      return this.#isEstimated(of) ? currents[of.memristor]! : this.column(of, found);
    };
    return { signals: this.signals.map((signal) => columnOf(signal, time, column)), loops, memristivity };
  }

  /** Where the voltage of each memristor is 0. */
  cuts(found: Found, time: Float64Array): readonly (readonly number[])[] {
    return this.block.memristors.map((_, memristor) =>
      zerosOf(time, this.column({ kind: "voltage", memristor }, found)),
    );
  }

  column(of: Sought, found: Found): Float64Array {
    return found[this.#places.get(this.#keyOf(of))!]!;
  }

  /** Equal for observables that are the same. An operator may hold laws, which have no text: it is known by itself. */
  #keyOf(of: Sought): string {
    if (of.kind !== "expectation") return JSON.stringify(of);
    const number = this.#operators.get(of.operator) ?? this.#operators.size;
    this.#operators.set(of.operator, number);
    return `${of.part} ${number}`;
  }

  #isEstimated(of: QuantumObservable): of is Extract<QuantumObservable, { kind: "voltage" | "current" }> {
    return of.kind === "current" && this.card.current !== "identity";
  }

  #current(memristor: number, found: Found): Float64Array {
    const { current, dt } = this.card;
    if (current === "identity" || dt === undefined) return this.column({ kind: "current", memristor }, found);
    const voltage = this.column({ kind: "voltage", memristor }, found);
    const quadrature = this.column({ kind: "quadrature", memristor }, found);
    return estimatedCurrent(current, { voltage, quadrature, omega: this.#system(memristor).omega, step: dt });
  }

  #system(memristor: number) {
    return this.block.systems[this.block.memristors[memristor]!.system]!;
  }
}

function observableOf(input: Quantity): QuantumObservable {
  if (input.kind === "quantum") return input.of;
  throw new Error("a run of a block was asked for a quantity of the circuit");
}

/** A figure of the last loop that has ended by each time; no number before the first has. */
function lastEnded(what: LoopFigure["kind"], loops: readonly MemristorLoop[], time: Float64Array): Float64Array {
  let ended = -1;
  return time.map((t) => {
    while (ended + 1 < loops.length && loops[ended + 1]!.end <= t * (1 + 1e-12)) ended++;
    return loops[ended]?.[what] ?? Number.NaN;
  });
}

function columnOf(
  { formula, inputs }: Signal,
  time: Float64Array,
  column: (of: QuantumObservable) => Float64Array,
): Float64Array {
  const columns = inputs.map((input) => column(observableOf(input)));
  if (formula.kind === "input") return columns[formula.index]!;
  const program = compileFormula(formula, columns.length);
  const u = new Float64Array(columns.length);
  return time.map((t, row) => {
    for (const [k, values] of columns.entries()) u[k] = values[row]!;
    return program.value(t, u);
  });
}
