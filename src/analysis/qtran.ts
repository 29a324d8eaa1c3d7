import type { Circuit, Signal } from "../circuit/circuit.js";
import type { QtranCard, QuantumBlock } from "../circuit/quantum/block.js";
import { loopFigures } from "../circuit/quantum/observable.js";
import { actionsOf, kickHamiltonian, kicksOf } from "../equations/quantum/actions.js";
import { dynamicsOf } from "../equations/quantum/dynamics.js";
import { initialState } from "../equations/quantum/initial-state.js";
import { type Read, readerOf, type StateReader } from "../equations/quantum/readers.js";
import { compileFormula } from "../expressions/forward-ad.js";
import type { DensityMatrix } from "../quantum/density-matrix.js";
import type { Dynamics } from "../quantum/dynamics.js";
import { digital } from "../quantum/propagators/digital.js";
import { exact } from "../quantum/propagators/exact.js";
import { lindblad } from "../quantum/propagators/lindblad.js";
import type { Carried, Carrier } from "../quantum/propagators/propagator.js";
import type { Column, Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { evolve } from "./quantum/evolution.js";
import { explainBetween, explainCarried, explainUnserved } from "./quantum/explain-carried.js";

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
  const unserved = whyUnserved(block, card, signals);
  if (unserved !== undefined) return refused(explainUnserved(unserved, card), signals);
  const dynamics = dynamicsOf(block);
  const start = initialState(block);
  const times = gridOf(card);
  const isDigital = card.method === "digital" && card.dt !== undefined;
  const kicks = isDigital ? kickHamiltonian(block, card.dt!) : [];
  const rows = new Rows(times, card.start, signals, { block, dynamics, start, kicks });
  const { name, carrier } = carrierOf(block, card, dynamics, circuit.options.maxsteps);
  const between = card.method === "digital" ? exact.refuses(dynamics) : undefined;
  if (between !== undefined) return refused(explainBetween(between, card), signals);
  const actions = actionsOf(block, dynamics.space);
  const running = evolve(carrier, start, actions, times, isDigital, (t, rho) => rows.keep(t, rho));
  let carried: Carried | undefined;
  for (let next = running.next(); carried === undefined; next = running.next()) {
    if (next.done) carried = next.value;
    else yield rows.seen / times.length;
    if (interrupted()) break;
  }
  if (carried === undefined) return { ...rows.found(block, name, 0, "interrupted"), diagnostics: [] };
  const steps = carried.outcome === "reached" ? carried.steps : 0;
  const problem = explainCarried(carried, block, card.span);
  return {
    ...rows.found(block, name, steps, problem === undefined ? "complete" : "failed"),
    diagnostics: problem === undefined ? [] : [problem],
  };
}

/** What of a run nothing here serves; undefined: all is served. */
function whyUnserved(block: QuantumBlock, card: QtranCard, signals: readonly Signal[]): string | undefined {
  if (card.method === "trajectories") return "`method=trajectories`";
  if (card.shots !== undefined) return "`shots=`";
  if (block.photonics.length > 0) return "A `photonic` in a run";
  if (block.ports.length > 0) return "A `port`";
  if (readsRecord(block)) return "A law that reads a record";
  const asked = signals.flatMap(({ inputs }) => inputs.flatMap((it) => (it.kind === "quantum" ? [it.of.kind] : [])));
  const unread = asked.find((kind) => kind === "record" || (loopFigures as readonly string[]).includes(kind));
  return unread && `\`${unread}\` as a signal`;
}

function readsRecord({ memristors, jumps, hamiltonian, operations }: QuantumBlock): boolean {
  const operators = [...hamiltonian, ...jumps.map(({ operator }) => operator)].flat();
  const drives = [
    ...operators.flatMap(({ coefficient: { re, im } }) => [re, im]),
    ...jumps.map(({ rate }) => rate),
    ...memristors.flatMap(({ rate }) => (rate.kind === "rate" ? [rate.rate] : [])),
    ...operations.flatMap((it) => (it.kind === "coupling" && it.strength.kind === "g" ? [it.strength.g] : [])),
  ];
  return drives.some((drive) => drive.kind === "law" && drive.inputs.some(({ kind }) => kind === "record"));
}

const refused = (problem: Diagnostic, signals: readonly Signal[]): Found => ({
  columns: [{ name: "time", unit: "1" } as const, ...signals].map(({ name, unit }) => ({
    name,
    unit,
    values: new Float64Array(0),
  })),
  ended: "failed",
  statistics: { method: "none", points: 0, steps: 0, rejected: 0, iterations: 0, factorizations: 0 },
  diagnostics: [problem],
});

function carrierOf(
  block: QuantumBlock,
  { method, reltol }: QtranCard,
  dynamics: Dynamics,
  maxSteps: number,
): { readonly name: string; readonly carrier: Carrier } {
  if (method === "digital") return { name: method, carrier: digital(dynamics, kicksOf(block)) };
  const propagator = exact.refuses(dynamics) === undefined ? exact : lindblad;
  return { name: propagator.name, carrier: propagator.prepare(dynamics, { relative: reltol, maxSteps }) };
}

/** The times of the output: the digital steps, else multiples of `tstep` from 0 on, and the end. */
function gridOf({ step: given, dt, method, stop }: QtranCard): Float64Array {
  const step = method === "digital" ? dt : given;
  const count = step === undefined ? usualPoints : Math.floor(stop / step + 1e-9);
  const distance = step ?? stop / usualPoints;
  const inside = Array.from({ length: count + 1 }, (_, k) => Math.min(k * distance, stop));
  if (method !== "digital" && inside.at(-1)! < stop * (1 - 1e-12)) inside.push(stop);
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
