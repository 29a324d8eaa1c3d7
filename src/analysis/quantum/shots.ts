import { type Observed, observed } from "../../equations/quantum/observables.js";
import { readerOf } from "../../equations/quantum/readers.js";
import { Random } from "../../numerics/random.js";
import { spreadOf } from "../../numerics/spread.js";
import { type Measurement, measured, measurementsOf, type Outcomes } from "../../quantum/shots.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { type BlockRun, carry, columnsOf, type Ran } from "./block-run.js";
import { type Answers, type Found, nothingOf } from "./questions.js";

/** The most values that the realisations of a run may have in all: 1 GiB. */
const mostValues = 2 ** 27;

/**
 * A digital run that is measured: the state is carried once, and at each step each observable is drawn from so many
 * measurements of its own, in each realisation anew. What is the same observable is the same measurement (V, I = ΓV and
 * ⟨sy⟩ of a memristor share theirs); a draw depends on the seed, the observable, the realisation and the step alone. Loops are cut at
 * the zeros of the exact V, for a measured one crosses 0 many times.
 */
export function* runShots(run: BlockRun, shots: number): Generator<number, Ran> {
  const { questions, read, times, card, seed } = run;
  const count = card.runs * questions.signals.length * times.length;
  if (count > mostValues) return refused(run, count);
  const laboratory = new Laboratory(questions.sought.map((of) => observed(of, read)));
  const columns = columnsOf(
    questions.sought.map((of) => readerOf(of, read)),
    times.length,
  );
  const ending = yield* carry(run, (t, rho) => {
    laboratory.keep(rho);
    columns.keep(t, rho);
  });
  const exact = columns.found();
  const time = times.subarray(0, columns.rows());
  const cuts = questions.cuts(exact, time);
  const all: Answers[] = [];
  while (all.length < card.runs && (all.length === 0 || !run.interrupted())) {
    const draw = (measurement: Measurement, row: number, outcomes: Outcomes): number =>
      measured(new Random("shots", seed, measurement.key, all.length).at(row), outcomes, shots);
    all.push(questions.answer(laboratory.measure(exact, time, draw), time, cuts));
    yield all.length / card.runs;
  }
  const ended = all.length < card.runs ? "interrupted" : ending.ended;
  const notes = ending.ended === "failed" ? [] : stateNotes(run);
  const told = { ...ending, ended, diagnostics: [...ending.diagnostics, ...notes], rows: time.length, found: exact };
  return card.runs === 1 ? { ...told, answers: all[0]! } : { ...told, ...scattered(all, time.length) };
}

type Draw = (measurement: Measurement, row: number, outcomes: Outcomes) => number;

/** Measures what can be measured, and remembers how probable each outcome is. */
class Laboratory {
  readonly #kept = new Map<string, { readonly measurement: Measurement; readonly outcomes: Outcomes[] }>();
  readonly #sums: readonly ((row: number, t: number, means: ReadonlyMap<string, Float64Array>) => number)[];
  readonly #places: readonly number[];

  constructor(observables: readonly Observed[]) {
    const means = observables.map((of, place) => ({ of, place })).filter(({ of }) => of.kind === "means");
    this.#places = means.map(({ place }) => place);
    this.#sums = means.map(({ of }) => {
      const parts = of.kind === "means" ? of.parts : [];
      const weighed = parts.flatMap(({ operator, part, weight }) =>
        measurementsOf(operator, part).map((it) => ({ ...it, whole: (t: number) => weight(t) * it.weight(t) })),
      );
      for (const { measurement } of weighed)
        if (!this.#kept.has(measurement.key)) this.#kept.set(measurement.key, { measurement, outcomes: [] });
      return (row, t, drawn) =>
        weighed.reduce((sum, it) => sum + it.whole(t) * drawn.get(it.measurement.key)![row]!, 0);
    });
  }

  keep(rho: Parameters<Measurement["outcomes"]>[0]): void {
    for (const { measurement, outcomes } of this.#kept.values()) outcomes.push(measurement.outcomes(rho));
  }

  /** What one realisation finds: means of measurements; what is none stays as it is. */
  measure(exact: Found, time: Float64Array, draw: Draw): Found {
    const drawn = new Map<string, Float64Array>();
    for (const [key, { measurement, outcomes }] of this.#kept)
      drawn.set(
        key,
        Float64Array.from(time, (_, row) => draw(measurement, row, outcomes[row]!)),
      );
    const found = [...exact];
    for (const [k, place] of this.#places.entries())
      found[place] = Float64Array.from(time, (t, row) => this.#sums[k]!(row, t, drawn));
    return found;
  }
}

/** The mean of each signal and of each figure of a loop over realisations, and how signals scatter about it. */
function scattered(all: readonly Answers[], rows: number): Pick<Ran, "answers" | "spread"> {
  const signals = all[0]!.signals.map((_, k) => {
    const values = (row: number): Float64Array => Float64Array.from(all, (one) => one.signals[k]![row]!);
    const spreads = Array.from({ length: rows }, (_, row) => ({
      ...spreadOf(values(row)),
      sd: deviation(values(row)),
    }));
    const column = (what: "mean" | "sd" | "p05" | "p95") => Float64Array.from(spreads, (one) => one[what]);
    const spread = (["sd", "p05", "p95"] as const).map((ending) => ({ ending, values: column(ending) }));
    return { mean: column("mean"), spread };
  });
  const loops = all[0]!.loops.map((own, memristor) =>
    own.map((_, k) => meanOf(all.map((one) => one.loops[memristor]![k]!))),
  );
  const memristivity = all[0]!.memristivity.map((_, memristor) =>
    meanOf(all.map((one) => one.memristivity[memristor]!)),
  );
  const answers = { signals: signals.map(({ mean }) => mean), loops, memristivity };
  return { answers, spread: signals.map(({ spread }) => spread) };
}

/** Of the values that are numbers; NaN of fewer than two. */
function deviation(values: Float64Array): number {
  const numbers = values.filter((value) => !Number.isNaN(value));
  if (numbers.length < 2) return Number.NaN;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (numbers.length - 1));
}

/** The mean of each of some figures. */
function meanOf<Figures extends object>(all: readonly Figures[]): Figures {
  const keys = Object.keys(all[0]!) as (keyof Figures)[];
  const mean = (key: keyof Figures): number => spreadOf(Float64Array.from(all, (one) => Number(one[key]))).mean;
  return Object.fromEntries(keys.map((key) => [key, mean(key)])) as unknown as Figures;
}

/** What is of the state itself is not measured by shots: that would be a tomography. */
function stateNotes({ questions, card, read }: BlockRun): readonly Diagnostic[] {
  const ofState = questions.signals.filter(({ inputs }) =>
    inputs.some((it) => it.kind === "quantum" && "systems" in it.of && observed(it.of, read).kind === "state"),
  );
  if (ofState.length === 0) return [];
  const names = ofState.map(({ name }) => `\`${name}\``).join(", ");
  const message = `${names}: of the state itself, which \`shots=\` does not measure; the number is exact.`;
  return [{ severity: "note", code: "not-measured", message, span: card.span }];
}

function refused({ card, questions }: BlockRun, count: number): Ran {
  const values = `${count.toPrecision(3)} values`;
  const message = `${card.runs} runs give ${values}, more than the ${mostValues} that are kept at once.`;
  const help = "ask for fewer signals by `.print`, or for fewer `runs=`.";
  const answers = nothingOf(questions.signals);
  const found = questions.sought.map(() => new Float64Array(0));
  const problem = { severity: "error", code: "too-many-values", message, span: card.span, help } as const;
  return { ended: "failed", method: "none", steps: 0, diagnostics: [problem], rows: 0, answers, found };
}
