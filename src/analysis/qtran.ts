import type { Circuit, Signal } from "../circuit/circuit.js";
import type { QtranCard, QuantumBlock } from "../circuit/quantum/block.js";
import { wholeSteps } from "../circuit/quantum/digital-steps.js";
import { loopFigures } from "../circuit/quantum/observable.js";
import { channelsOf } from "../equations/channels/built.js";
import { motionBehind } from "../equations/quantum/actions.js";
import { type Beside, cornersOfWindows } from "../equations/quantum/beside.js";
import { dynamicsOf } from "../equations/quantum/dynamics.js";
import { initialState } from "../equations/quantum/initial-state.js";
import type { DensityMatrix } from "../quantum/density-matrix.js";
import { noSteps } from "../quantum/memristor.js";
import { rateFaultOf } from "../quantum/propagators/propagator.js";
import type { Column } from "../result/result.js";
import { besideOf, type Stopped } from "./quantum/beside-run.js";
import { type BlockRun, type Ran, runOnce, timeUnit } from "./quantum/block-run.js";
import { runEnsemble } from "./quantum/ensemble.js";
import { explainCarried, explainUnserved } from "./quantum/explain-carried.js";
import { fullLevels } from "./quantum/full-levels.js";
import { memristorTables } from "./quantum/loops-table.js";
import { Questions } from "./quantum/questions.js";
import { type Found, nothing, refused } from "./quantum/rows.js";
import { runShots } from "./quantum/shots.js";
import { unlessInterrupted } from "./quantum/unless-interrupted.js";
import { watched } from "./quantum/watched.js";

/** Points of a run that no card gives a grid to. */
const usualPoints = 1000;

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
  try {
    if (isWatched(block, card)) return yield* watched(circuit, card, signals, gridOf(card, block), interrupted);
    const control = { relative: card.reltol, maxSteps: circuit.options.maxsteps };
    const times = gridOf(card, block);
    const beside = yield* unlessInterrupted(besideOf(block, times, control), 0, interrupted);
    if (beside === undefined) return nothing(signals, "interrupted");
    const run = runOf(circuit, block, card, signals, times.subarray(0, beside.rows), beside.beside, interrupted);
    const ran = yield* methodOf(run);
    return told(run, beside.stopped === undefined ? ran : cutShort(ran, beside.stopped, run));
  } catch (error) {
    const fault = rateFaultOf(error);
    if (fault === undefined) throw error;
    return refused(explainCarried(fault, block, card.span), signals);
  }
}

/** A run that ended where something beside the register could not go on. */
const cutShort = (ran: Ran, stopped: Stopped, { block, card }: BlockRun): Ran =>
  ran.ended === "complete"
    ? { ...ran, ended: "failed", diagnostics: [...ran.diagnostics, explainCarried(stopped, block, card.span)] }
    : ran;

function runOf(
  circuit: Circuit,
  block: QuantumBlock,
  card: QtranCard,
  signals: readonly Signal[],
  times: Float64Array,
  beside: Beside,
  interrupted: () => boolean,
): BlockRun {
  const { options } = circuit;
  const dynamics = dynamicsOf(block);
  const behind = card.method === "digital" && card.dt !== undefined ? motionBehind(block, card.dt) : noSteps;
  let start: DensityMatrix | undefined;
  const read = {
    ...{ block, dynamics, behind, beside },
    // Trajectories are for registers whose density matrix is too large: it is made where it is asked for.
    get start() {
      start ??= initialState(block);
      return start;
    },
  };
  const [maxSteps, seed] = [options.maxsteps, card.seed ?? options.seed];
  const questions = new Questions(signals, block, card);
  return { block, channels: channelsOf(circuit), card, read, times, questions, maxSteps, seed, interrupted };
}

function methodOf(run: BlockRun): Generator<number, Ran> {
  const { method, shots } = run.card;
  if (method === "trajectories") return runEnsemble(run);
  return shots === undefined ? runOnce(run) : runShots(run, shots);
}

/** What of a run nothing here serves; undefined: all is served. */
function whyUnserved(block: QuantumBlock, card: QtranCard, signals: readonly Signal[]): string | undefined {
  if (block.ports.length > 0) return "A `port`";
  if (!isWatched(block, card)) return undefined;
  const asked = signals.flatMap(({ inputs }) => inputs.flatMap((it) => (it.kind === "quantum" ? [it.of.kind] : [])));
  const unread = asked.find((kind) => (loopFigures as readonly string[]).includes(kind));
  return unread && `\`${unread}\` of a run whose records are read, where noise makes V cross 0 many times in a loop,`;
}

/** Whether the run's measurements are read. */
const isWatched = ({ monitors, circuits }: QuantumBlock, { method }: QtranCard): boolean =>
  method === "trajectories" && monitors.length + circuits.length > 0;

/**
 * The times of the output: the steps, else multiples of `tstep` from 0 on, the end, where windows bend, and, twice, where gates
 * and channels act at once, so that both sides of a jump are told.
 */
export function gridOf(card: QtranCard, block: QuantumBlock): Float64Array {
  const { step: given, dt, method, stop } = card;
  const step = method === "lindblad" ? given : (dt ?? given);
  const count = step === undefined ? usualPoints : wholeSteps(stop, step);
  const distance = step ?? stop / usualPoints;
  const inside = Array.from({ length: count + 1 }, (_, k) => Math.min(k * distance, stop));
  if (method !== "digital" && inside.at(-1)! < stop * (1 - 1e-12)) inside.push(stop);
  const corners = method === "lindblad" ? cornersOfWindows(block).filter((t) => t > 0 && t < stop) : [];
  const jumps = method === "digital" || isWatched(block, card) ? [] : jumpTimes(block).filter((t) => t <= stop);
  return Float64Array.from([...new Set([...inside, ...corners, ...jumps]), ...jumps]).sort();
}

/** When gates and channels act at once behind the start, each time once. */
function jumpTimes({ operations }: QuantumBlock): readonly number[] {
  const times = operations.flatMap((it) => (it.kind !== "coupling" && it.when.kind === "at" ? [it.when.time] : []));
  return [...new Set(times)].filter((t) => t > 0);
}

/** A run as its netlist asked for it: what lies before `tstart` is left out, but for the loops that began there. */
function told({ block, card, times, questions }: BlockRun, ran: Ran): Found {
  const { ended, method, steps, rows, answers, spread, tables = [] } = ran;
  const first = times.subarray(0, rows).findIndex((t) => t >= card.start);
  const cut = (values: Float64Array): Float64Array => values.subarray(first < 0 ? rows : first, rows);
  const columns = questions.signals.map(({ name, unit }, k): Column => {
    const beside = spread?.[k]?.map(({ ending, values }) => ({ name: `${name}.${ending}`, unit, values: cut(values) }));
    return { name, unit, values: cut(answers.signals[k]!), ...(beside && { spread: beside }) };
  });
  const time: Column = { name: "time", unit: timeUnit(block), values: cut(times) };
  const points = time.values.length;
  return {
    columns: [time, ...columns],
    ended,
    statistics: { method, points, steps, rejected: 0, iterations: 0, factorizations: 0 },
    tables: [...memristorTables(block, answers), ...tables],
    diagnostics: [...ran.diagnostics, ...fullLevels(block, card, questions, ran)],
  };
}
