import type { AnalysisCard, Signal, Sweep } from "../circuit/circuit.js";
import type { RunAxis } from "../circuit/runs/runs.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { Column, Result } from "../result/result.js";
import { type Diagnostic, NetlistError } from "../text/diagnostic.js";
import { combinations, type SweepFound, sweep } from "./sweep.js";

type SweepCard = Extract<AnalysisCard, { readonly kind: "dc" }>;

/** The circuit for values of what takes the netlist to be read anew; throws `NetlistError` where it is faulty there. */
export type Anew = (axes: readonly RunAxis[], values: readonly number[]) => Ready;

export interface Ready {
  readonly system: CompiledSystem;
  /** The same sweep, as it is in this circuit. */
  readonly card: SweepCard;
  readonly signals: readonly Signal[];
}

/** A sweep of parameters, temperature or models: no number in a compiled circuit is all that changes with these. */
export const isAnew = ({ targets }: Sweep): boolean => targets.some(({ sets }) => sets.kind !== "value");

/** What came of one of the circuits: a sweep of what can be set in it. */
interface Piece {
  readonly found: SweepFound;
  /** The columns behind the axes, by name. */
  readonly columns: ReadonlyMap<string, Column>;
  /** The next row that has not been taken. */
  row: number;
}

/**
 * `.dc` along parameters, temperature or a model: a circuit of its own for each of their values, in which the other
 * sweeps are made; so each of these begins anew, and a switch with hysteresis remembers nothing of the one before. The
 * rows stand in the order of the card all the same.
 */
export function* sweepAnew(
  card: SweepCard,
  signals: readonly Signal[],
  anew: Anew,
  interrupted: () => boolean,
): Generator<number, SweepFound> {
  const outer = [...card.sweeps].reverse();
  const ours = outer.filter(isAnew);
  const axes = ours.map(({ targets: [target], points }): RunAxis => {
    return { ...target!, values: points.map(([value]) => value!), span: card.span };
  });
  const all = [...combinations(ours)];
  const pieces = new Map<string, Piece>();
  let ended: Result["ended"] = "complete";
  const diagnostics: Diagnostic[] = [];
  for (const values of all) {
    const found = yield* share(pieces.size / all.length, 1 / all.length, pieceAt(axes, values, anew, interrupted));
    diagnostics.push(...found.diagnostics);
    pieces.set(keyOf(values), pieceOf(found));
    ended = found.ended;
    if (ended !== "complete") break;
  }
  return { ...joined(outer, signals, pieces), axes: outer.length, ended, diagnostics: distinct(diagnostics) };
}

function* pieceAt(
  axes: readonly RunAxis[],
  values: readonly number[],
  anew: Anew,
  interrupted: () => boolean,
): Generator<number, SweepFound> {
  try {
    const { system, card, signals } = anew(axes, values);
    return yield* sweep(system, { ...card, sweeps: card.sweeps.filter((it) => !isAnew(it)) }, signals, interrupted);
  } catch (error) {
    if (!(error instanceof NetlistError)) throw error;
    return { columns: [], axes: 0, ended: "failed", diagnostics: error.diagnostics, statistics: nothingDone };
  }
}

const nothingDone = { method: "newton", points: 0, steps: 0, rejected: 0, iterations: 0, factorizations: 0 };

/** The progress of a part of the work. */
function* share<Outcome>(from: number, width: number, running: Generator<number, Outcome>): Generator<number, Outcome> {
  for (let next = running.next(); ; next = running.next()) {
    if (next.done) return next.value;
    yield from + width * next.value;
  }
}

const keyOf = (values: readonly number[]): string => values.join(" ");

const pieceOf = (found: SweepFound): Piece => ({
  found,
  columns: new Map(found.columns.slice(found.axes).map((column) => [column.name, column])),
  row: 0,
});

/** The rows of all pieces in the order of the whole grid; points that a piece left out are left out. */
function joined(
  outer: readonly Sweep[],
  signals: readonly Signal[],
  pieces: ReadonlyMap<string, Piece>,
): Pick<SweepFound, "columns" | "statistics"> {
  const points: number[][] = [];
  const rows: (readonly [Piece, number])[] = [];
  for (const values of combinations(outer)) {
    const piece = pieces.get(keyOf(values.filter((_, k) => isAnew(outer[k]!))));
    const own = values.filter((_, k) => !isAnew(outer[k]!));
    if (piece === undefined || !isNext(piece, own)) continue;
    points.push(values);
    rows.push([piece, piece.row++]);
  }
  const axes = outer.map(({ targets: [target] }, k) =>
    columnOf(
      target!,
      points.map((values) => values[k]!),
    ),
  );
  const others = signals.map((signal) =>
    columnOf(
      signal,
      rows.map(([piece, row]) => piece.columns.get(signal.name)?.values[row] ?? Number.NaN),
    ),
  );
  const all = [...pieces.values()].map(({ found }) => found.statistics);
  const sum = (what: "iterations" | "factorizations") => all.reduce((total, one) => total + one[what], 0);
  const cost = { iterations: sum("iterations"), factorizations: sum("factorizations") };
  return { columns: [...axes, ...others], statistics: { ...nothingDone, points: rows.length, ...cost } };
}

/** Whether the next row of a piece is the one at these values of its own axes. */
function isNext({ found: { columns, axes, statistics }, row }: Piece, values: readonly number[]): boolean {
  return row < statistics.points && columns.slice(0, axes).every((axis, k) => axis.values[row] === values[k]);
}

const columnOf = ({ name, unit }: Pick<Column, "name" | "unit">, values: readonly number[]): Column => ({
  name,
  unit,
  values: Float64Array.from(values),
});

/** What is said of several circuits is said once. */
function distinct(all: readonly Diagnostic[]): readonly Diagnostic[] {
  const byMessage = new Map(all.map((it) => [`${it.code} ${it.span?.start} ${it.message}`, it]));
  return [...byMessage.values()];
}
