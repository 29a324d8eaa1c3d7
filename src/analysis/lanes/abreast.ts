import type { Circuit, Signal, TransientCard } from "../../circuit/circuit.js";
import { isOfShape, type SideBySide, sideBySide } from "../../circuit/side-by-side.js";
import { compile } from "../../equations/compile.js";
import type { CompiledSystem } from "../../equations/compiled-system.js";
import { type Reduced, reduce } from "../../equations/reduce.js";
import { dop853 } from "../../numerics/integrators/dop853.js";
import type { ExplicitSystem } from "../../numerics/system.js";
import { cycleOf } from "../cycles.js";
import { longestStep, smallAndSmooth, smooth } from "../method.js";
import { Separation } from "../separation.js";
import { courseOf, expectedRows, type TransientFound } from "../transient.js";
import { Budget } from "./budget.js";
import { areDrivenAlike } from "./driven-alike.js";
import { LaneRows } from "./lane-rows.js";

/** A circuit's transient, with the signals that are wanted of it. */
export interface Lane {
  readonly circuit: Circuit;
  readonly card: TransientCard;
  readonly signals: readonly Signal[];
}

/**
 * Whether transients of a circuit and of others that differ from it in values alone may be lanes of one: it is small and smooth,
 * nothing in it looks back or jumps, its operating point is one of linear equations, so that there is but one, and a method
 * of its own was not asked for.
 */
export function canRunAbreast(system: CompiledSystem, card: TransientCard): boolean {
  const { options } = system.circuit;
  if (options.method !== "auto" || Number.isFinite(cycleOf(system, card)) || card.inRows === true) return false;
  return system.linearAtRest && system.guards === 0 && smallAndSmooth(system) !== undefined;
}

/** Whether transients may share their steps: their circuits differ in values alone, and their rows stand at the same times. */
export const areAlike = (a: Lane, b: Lane): boolean =>
  isSameTime(a.card, b.card) &&
  a.signals.length === b.signals.length &&
  isOfShape(a.circuit, b.circuit) &&
  areDrivenAlike(a.circuit, b.circuit, a.card.stop);

/**
 * Transients that are alike, as lanes of one: devices are evaluated in one loop, and steps are
 * short enough for each lane, whose error is held to its own tolerance. The digits of a lane depend on those beside it.
 * Undefined where one of them has something to tell or another fails: then each is to be solved alone.
 */
export function* abreast(
  lanes: readonly Lane[],
  interrupted: () => boolean,
): Generator<number, readonly TransientFound[] | undefined> {
  const [{ card }] = lanes as readonly [Lane];
  const circuits = lanes.map(({ circuit }) => circuit);
  const beside = sideBySide(
    circuits,
    lanes.map(({ signals }) => signals),
  );
  if (beside === undefined) return undefined;
  const system = compile(beside.circuit);
  const reduced = reduce(system);
  if (reduced === undefined) return undefined;
  const owners = ownersOf(system, beside);
  const budget = new Budget(Math.min(longestStep(system, card), card.stop / 50));
  const method = budget.kept(smooth(system, card, { ...reduced, explicit: apart(reduced, owners, system) }, dop853));
  const signals = lanes.map((lane, k) => lane.signals.map((signal) => beside.signal(k, signal)));
  const rows = new LaneRows(system, signals, expectedRows(card));
  const stopped = () => budget.isSpent || interrupted();
  const course = yield* courseOf(system, card, rows, method, stopped, new Separation(system, owners));
  if (budget.isSpent || course.ended === "failed" || course.diagnostics.length > 0) return undefined;
  if (rows.full || !rows.isWhole) return undefined;
  const { method: name, ...cost } = course.statistics;
  return lanes.map((_, k) => {
    const columns = rows.columnsOf(k);
    const statistics = { method: `${name} in lanes`, points: columns[0]!.values.length, ...cost };
    return { columns, diagnostics: [], ended: course.ended, statistics };
  });
}

const isSameTime = (a: TransientCard, b: TransientCard): boolean =>
  a.step === b.step &&
  a.stop === b.stop &&
  a.start === b.start &&
  a.maxStep === b.maxStep &&
  a.uic === b.uic &&
  a.grid === b.grid &&
  a.inRows === b.inRows;

/** size unknowns: the circuit that each is of. */
function ownersOf(system: CompiledSystem, { ofNode, ofInstance }: SideBySide): Int32Array {
  const { nodes, instances } = system.circuit;
  const owners = new Int32Array(system.pattern.size);
  for (let node = 1; node < nodes.length; node++) owners[system.place({ kind: "node", node })] = ofNode(node);
  for (const [instance, { device }] of instances.entries())
    for (const index of device.own.keys())
      owners[system.place({ kind: "own", instance, index })] = ofInstance(instance);
  return owners;
}

/** The same equations, in which the size of an unknown is compared with those of its own circuit alone. */
function apart({ explicit, states }: Reduced, owners: Int32Array, { kind }: CompiledSystem): ExplicitSystem {
  const own = states(Float64Array.from(owners));
  const of = states(Float64Array.from(owners, (_, j) => kind?.[j] ?? 0));
  const kinds = 1 + of.reduce((most, one) => Math.max(most, one), 0);
  return { ...explicit, kind: Int32Array.from(own, (owner, k) => owner * kinds + of[k]!) };
}
