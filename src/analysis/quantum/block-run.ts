import type { QtranCard, QuantumBlock } from "../../circuit/quantum/block.js";
import type { BuiltChannels } from "../../equations/channels/built.js";
import { actionsOf, kicksOf } from "../../equations/quantum/actions.js";
import { followedModes } from "../../equations/quantum/beside.js";
import type { Read } from "../../equations/quantum/observables.js";
import { readerOf } from "../../equations/quantum/readers.js";
import { digital } from "../../quantum/propagators/digital.js";
import { exact } from "../../quantum/propagators/exact.js";
import { followed } from "../../quantum/propagators/followed.js";
import { lindblad } from "../../quantum/propagators/lindblad.js";
import type { Carried, Carrier, Observer, Tally } from "../../quantum/propagators/propagator.js";
import type { Result, Table } from "../../result/result.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import type { Unit } from "../../units/unit.js";
import { evolve } from "./evolution.js";
import { explainBetween, explainCarried } from "./explain-carried.js";
import type { Answers, Found, Questions } from "./questions.js";

/** A run of a block: what moves, over which times, and what is asked. */
export interface BlockRun {
  readonly block: QuantumBlock;
  /** Of the circuit, which its operations may name. */
  readonly channels: BuiltChannels;
  readonly card: QtranCard;
  readonly read: Read;
  readonly times: Float64Array;
  readonly questions: Questions;
  readonly maxSteps: number;
  readonly seed: number;
  interrupted(): boolean;
}

/** How a run ended. */
export interface Ending {
  readonly ended: Result["ended"];
  readonly method: string;
  readonly steps: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** All that came of a run, over as many of its times as it reached. */
export interface Ran extends Ending {
  readonly rows: number;
  readonly answers: Answers;
  /** The observables that were sought, as they are in the mean and without shots. */
  readonly found: Found;
  /** How signals scatter over several realisations: columns beside each, by the ending of their names. */
  readonly spread?: readonly (readonly { readonly ending: string; readonly values: Float64Array }[])[];
  readonly tables?: readonly Table[];
}

/** One evolution of the density matrix, every observable being its expectation. */
export function* runOnce(run: BlockRun): Generator<number, Ran> {
  const { times, questions, read } = run;
  const columns = columnsOf(
    questions.sought.map((of) => readerOf(of, read)),
    times.length,
  );
  const ending = yield* carry(run, columns.keep);
  const found = columns.found();
  const answers = questions.answer(found, times.subarray(0, columns.rows()));
  return { ...ending, rows: columns.rows(), found, answers };
}

/** Columns that are filled row by row, a reader each. */
export function columnsOf<State>(readers: readonly ((t: number, state: State) => number)[], points: number) {
  const columns = readers.map(() => new Float64Array(points));
  let rows = 0;
  return {
    rows: () => rows,
    found: (): Found => columns.map((column) => column.subarray(0, rows)),
    keep: (t: number, state: State): void => {
      for (const [k, read] of readers.entries()) columns[k]![rows] = read(t, state);
      rows++;
    },
  };
}

/** Carries the density matrix over the times of a run, and shows it at each. */
export function* carry(run: BlockRun, observe: Observer): Generator<number, Ending> {
  const { block, card, channels, read, times } = run;
  const { name, carrier } = carrierOf(run);
  const between = card.method === "digital" ? exact.refuses(read.dynamics) : undefined;
  if (between !== undefined)
    return { ended: "failed", method: name, steps: 0, diagnostics: [explainBetween(between, card)] };
  const actions = actionsOf(block, read.dynamics.space, channels);
  const modes = followedModes(block, read.beside?.windows ?? []);
  const whole = modes.length > 0 ? followed(carrier, modes) : carrier;
  const tally = { steps: 0 };
  let seen = 0;
  const look: Observer = (t, rho) => {
    seen++;
    observe(t, rho);
  };
  const running = evolve(whole, read.start, actions, times, card.method === "digital", look, tally);
  for (;;) {
    const next = running.next();
    if (next.done) return endingOf(next.value, name, tally, run);
    yield seen / times.length;
    if (run.interrupted()) return { ended: "interrupted", method: name, ...tally, diagnostics: [] };
  }
}

/** The end of a run in words. */
export function endingOf<State>(
  carried: Carried<State>,
  method: string,
  { steps }: Tally,
  { block, card }: BlockRun,
): Ending {
  if (carried.outcome === "reached") return { ended: "complete", method, steps, diagnostics: [] };
  return { ended: "failed", method, steps, diagnostics: [explainCarried(carried, block, card.span)] };
}

function carrierOf({ block, channels, card: { method, reltol }, read: { dynamics }, maxSteps }: BlockRun): {
  readonly name: string;
  readonly carrier: Carrier;
} {
  if (method === "digital") return { name: method, carrier: digital(dynamics, kicksOf(block, channels)) };
  const propagator = exact.refuses(dynamics) === undefined ? exact : lindblad;
  return { name: propagator.name, carrier: propagator.prepare(dynamics, { relative: reltol, maxSteps }) };
}

/** Of the times of a block. */
export const timeUnit = ({ units }: QuantumBlock): Unit => (units.system === "si" ? "s" : "1");
