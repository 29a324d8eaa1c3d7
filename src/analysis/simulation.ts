import type { AnalysisCard, Circuit } from "../circuit/circuit.js";
import type { RunAxis } from "../circuit/runs/runs.js";
import type { LearningCard } from "../circuit/training/cards.js";
import type { Picture } from "../result/picture.js";
import { type Measured, type Printed, type Result, type Table, withSpread } from "../result/result.js";
import { AnalysisError, type Diagnostic } from "../text/diagnostic.js";
import { channelFigure, printedChannel } from "./channels.js";
import { Equations } from "./equations.js";
import { fourierTables } from "./fourier.js";
import { failedAsserts, measureAll } from "./measure.js";
import { pictures } from "./pictures.js";
import { asMade } from "./pieces.js";
import { printed } from "./printed.js";
import { solve } from "./solve.js";
import type { Anew } from "./sweep-anew.js";
import { Traces } from "./traces.js";
import type { TransientFound } from "./transient.js";
import { wantedSignals } from "./wanted-signals.js";

/** All that came of a netlist. */
export interface Simulation {
  readonly circuit: Circuit;
  /** In the order of their cards; the last may be incomplete (`ended`). */
  readonly results: readonly Result[];
  /** How many of the netlist's analyses were begun. */
  readonly begun: number;
  readonly measures: readonly Measured[];
  readonly pictures: readonly Picture[];
  /** The data files that the netlist asks for with `.print … file=` and `format=`. */
  readonly printed: readonly Printed[];
  /** Warnings and notes, and the error that ended a failed analysis. */
  readonly diagnostics: readonly Diagnostic[];
  /** The `.assert` cards whose condition is false. */
  readonly failedAsserts: readonly Diagnostic[];
  /** Of a run that was stopped: from which each training can be taken up, by their names; plain data. */
  readonly checkpoints: ReadonlyMap<string, object>;
  /** Of several runs (`.step`, `.mc`): a row for each, with what was stepped and drawn and its measures. */
  readonly runs?: Table;
}

/** Where a run is: the number of the analysis (from 0), how many there are, and how far in it (0…1). */
export interface Progress {
  readonly analysis: number;
  readonly of: number;
  readonly fraction: number;
}

/** What the caller of a running simulation may say between its steps. */
export type Word = "go on" | "stop";

/** What came of a card of learning. */
export interface Learned {
  /** As it is from there on: its weights are those that were learned. */
  readonly circuit: Circuit;
  readonly result: Omit<Result, "card"> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs the cards of learning and remembers what came of them; stands above the analyses, which do not know it. */
export interface Learner {
  run(circuit: Circuit, card: LearningCard, interrupted: () => boolean): Generator<number, Learned>;
  /** Those that the netlist asks for; default ones where it asks for none. */
  pictures(circuit: Circuit): readonly Picture[];
  /** From which the trainings begun so far can be taken up; plain data. */
  readonly checkpoints: ReadonlyMap<string, object>;
}

/** What is wanted of a simulation, what it may ask for, and what is known already. */
export interface Wanted {
  readonly pictures: boolean;
  /** Transients that were solved beside those of other circuits, by the places of their cards. */
  readonly solved?: ReadonlyMap<number, TransientFound> | undefined;
  /** The netlist read anew, for a `.dc` of what no compiled circuit can change: a value for each axis. */
  anew?(axes: readonly RunAxis[], values: readonly number[]): Circuit;
}

/** One analysis with every signal that anyone wants of it. */
interface Done {
  readonly result: Result & { readonly analysis: AnalysisCard["kind"] };
  readonly traces: Traces;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Runs the analyses of a circuit in the order of their cards, then its measures, assertions and pictures. A generator,
 * so that the caller may report progress, answer events, and say "stop": what is done by then is kept.
 */
export function* simulateCircuit(
  circuit: Circuit,
  learner: Learner,
  wanted: Wanted = { pictures: true },
): Generator<Progress, Simulation, Word> {
  let at = new Equations(asMade(circuit));
  const done: Done[] = [];
  const learned: Learned[] = [];
  const results: Result[] = [];
  let stopped = false;
  let begun = 0;
  const run = function* <Outcome>(
    running: Generator<number, Outcome>,
    analysis: number,
  ): Generator<Progress, Outcome, Word> {
    for (let next = running.next(); ; next = running.next()) {
      if (next.done) return next.value;
      if ((yield { analysis, of: circuit.analyses.length, fraction: next.value }) === "stop") stopped = true;
    }
  };
  for (const [k, card] of circuit.analyses.entries()) {
    begun++;
    if (card.kind === "channel-print") {
      results.push(printedChannel(at.circuit, card, k));
    } else if (isLearning(card)) {
      const found = yield* run(
        followed(
          learner.run(at.circuit, card, () => stopped),
          at.circuit,
        ),
        k,
      );
      learned.push(found);
      if (found.failed) break; // what follows means the circuit that was to be learned
      if (found.result !== undefined) results.push({ ...found.result, card: k });
      if (found.circuit !== at.circuit) at = new Equations(found.circuit);
    } else {
      const found = yield* run(
        analyse(at, k, card, wanted, () => stopped),
        k,
      );
      done.push(found);
      results.push(found.result);
    }
    if (stopped) break;
  }
  const trained = results.filter(({ analysis }) => analysis === "train" || analysis === "test");
  const concluded = conclude(at.circuit, done, trained, wanted.pictures);
  return {
    circuit: at.circuit,
    results,
    begun,
    measures: concluded.measures,
    pictures: wanted.pictures ? [...concluded.pictures, ...learner.pictures(at.circuit)] : [],
    printed: concluded.printed,
    diagnostics: [...learned.flatMap((it) => it.diagnostics), ...concluded.diagnostics],
    failedAsserts: concluded.failedAsserts,
    checkpoints: stopped ? learner.checkpoints : new Map(),
  };
}

/** Learning, and that it has failed where it could not go on. */
function* followed(
  learning: Generator<number, Learned>,
  circuit: Circuit,
): Generator<number, Learned & { readonly failed: boolean }> {
  try {
    return { ...(yield* learning), failed: false };
  } catch (error) {
    if (!(error instanceof AnalysisError)) throw error;
    return { circuit, result: undefined, diagnostics: error.diagnostics, failed: true };
  }
}

/** Whether a card is one of learning. */
export const isLearning = (card: Circuit["analyses"][number]): card is LearningCard =>
  card.kind === "train" ||
  card.kind === "channel" ||
  card.kind === "descent" ||
  card.kind === "kernel" ||
  card.kind === "readout" ||
  card.kind === "test" ||
  card.kind === "weights";

function conclude(
  circuit: Circuit,
  done: readonly Done[],
  learned: readonly Result[],
  wantsPictures: boolean,
): Pick<Simulation, "measures" | "pictures" | "printed" | "diagnostics" | "failedAsserts"> {
  const periods = circuit.instances.flatMap(({ device, values }) => device.source?.period(values) ?? []);
  const ran = done.map(({ result, traces }) => ({ card: circuit.analyses[result.card] as AnalysisCard, traces }));
  const { measures, diagnostics } = measureAll(circuit.outputs, ran, periods, learned, ({ what, channels }) =>
    channelFigure(circuit, what, channels),
  );
  return {
    measures,
    printed: printed(circuit, done),
    pictures: wantsPictures ? pictures(circuit, done, periods) : [],
    diagnostics: [...done.flatMap((one) => one.diagnostics), ...diagnostics],
    failedAsserts: failedAsserts(circuit.outputs, measures),
  };
}

function* analyse(
  at: Equations,
  place: number,
  card: AnalysisCard,
  wanted: Wanted,
  interrupted: () => boolean,
): Generator<number, Done> {
  const { circuit } = at;
  const { shown, signals } = wantedSignals(circuit, card, wanted);
  const anew: Anew = (axes, values) => {
    const ready = new Equations(asMade(wanted.anew!(axes, values)));
    const its = ready.circuit.analyses[place] as Extract<AnalysisCard, { readonly kind: "dc" }>;
    return { system: ready.system, card: its, signals: wantedSignals(ready.circuit, its, wanted).signals };
  };
  const solved = wanted.solved?.get(place);
  const found = solved ? { axes: 1, ...solved } : yield* solve(at, card, signals, anew, interrupted);
  const result: Done["result"] = {
    analysis: card.kind,
    card: place,
    title: circuit.title,
    axes: found.axes,
    columns: withSpread(found.columns.slice(0, found.axes + shown.signals.length)),
    ended: found.ended,
    statistics: found.statistics,
    ...(found.tables !== undefined && { tables: found.tables }),
  };
  const traces = new Traces(found.columns, found.axes, found.tables);
  const diagnostics = [...shown.diagnostics, ...found.diagnostics];
  const cards = circuit.outputs.fourier;
  if (card.kind !== "tran" || cards.length === 0) return { result, traces, diagnostics };
  const fourier = fourierTables(cards, traces);
  return {
    result: { ...result, tables: [...(found.tables ?? []), ...fourier.tables] },
    traces,
    diagnostics: [...diagnostics, ...fourier.diagnostics],
  };
}
