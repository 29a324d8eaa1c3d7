import type { Circuit, Signal } from "../circuit/circuit.js";
import type { QtranCard, QuantumBlock } from "../circuit/quantum/block.js";
import { dynamicsOf } from "../equations/quantum/dynamics.js";
import { initialState } from "../equations/quantum/initial-state.js";
import { compileFormula } from "../expressions/forward-ad.js";
import type { DensityMatrix } from "../quantum/density-matrix.js";
import { exact } from "../quantum/propagators/exact.js";
import type { Carried } from "../quantum/propagators/propagator.js";
import type { Column, Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { explainCarried, explainUnserved } from "./quantum/explain-carried.js";
import { type Read, readerOf, type StateReader } from "./quantum/readers.js";

/** Points of a run that no card gives a grid to. */
const usualPoints = 1000;

type Found = Pick<Result, "columns" | "ended" | "statistics"> & { readonly diagnostics: readonly Diagnostic[] };

/** The evolution of a quantum block by itself: its state is carried over the grid, and every signal read at each point. */
export function* qtran(
  circuit: Circuit,
  card: QtranCard,
  signals: readonly Signal[],
  interrupted: () => boolean,
): Generator<number, Found> {
  const block = circuit.blocks[card.block]!;
  const dynamics = dynamicsOf(block);
  const start = initialState(block);
  const times = gridOf(card);
  const rows = new Rows(times, card.start, signals, { block, dynamics, start, kicks: [] });
  const unserved = exact.refuses(dynamics);
  if (unserved !== undefined || card.method !== "lindblad")
    return { ...rows.found(block, exact.name, 0, "failed"), diagnostics: [explainUnserved(unserved, card)] };
  const carrier = exact.prepare(dynamics, { relative: card.reltol, maxSteps: circuit.options.maxsteps });
  const running = carrier.carry(start, 0, times, (t, rho) => rows.keep(t, rho));
  let carried: Carried | undefined;
  for (let next = running.next(); carried === undefined; next = running.next()) {
    if (next.done) carried = next.value;
    else yield rows.seen / times.length;
    if (interrupted()) break;
  }
  if (carried === undefined) return { ...rows.found(block, exact.name, 0, "interrupted"), diagnostics: [] };
  const steps = carried.outcome === "reached" ? carried.steps : 0;
  const problem = explainCarried(carried, block, card.span);
  return {
    ...rows.found(block, exact.name, steps, problem === undefined ? "complete" : "failed"),
    diagnostics: problem === undefined ? [] : [problem],
  };
}

/** The times of the output: multiples of `tstep` from 0 on, and the end. */
function gridOf({ step, stop }: QtranCard): Float64Array {
  const count = step === undefined ? usualPoints : Math.floor(stop / step + 1e-9);
  const distance = step ?? stop / usualPoints;
  const inside = Array.from({ length: count + 1 }, (_, k) => Math.min(k * distance, stop));
  if (inside.at(-1)! < stop * (1 - 1e-12)) inside.push(stop);
  return Float64Array.from(inside);
}

/** The values of signals, row by row. */
class Rows {
  readonly #time: Float64Array;
  readonly #of: readonly StateReader[];
  readonly #columns: readonly Float64Array[];
  #size = 0;
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
  }

  keep(t: number, rho: DensityMatrix): void {
    this.seen++;
    if (t < this.from) return;
    this.#time[this.#size] = t;
    for (const [k, read] of this.#of.entries()) this.#columns[k]![this.#size] = read(t, rho);
    this.#size++;
  }

  found({ units }: QuantumBlock, method: string, steps: number, ended: Result["ended"]): Omit<Found, "diagnostics"> {
    const cut = (values: Float64Array): Float64Array => values.subarray(0, this.#size);
    const time: Column = { name: "time", unit: units.system === "si" ? "s" : "1", values: cut(this.#time) };
    const columns = this.signals.map(({ name, unit }, k) => ({ name, unit, values: cut(this.#columns[k]!) }));
    const statistics = { method, points: this.#size, steps, rejected: 0, iterations: 0, factorizations: 0 };
    return { columns: [time, ...columns], ended, statistics };
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
