import type { Signal, TransientCard } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { type AcceptedStep, addCost, type Cost, hasEnded, type RowsAt, type Stretch } from "../numerics/integrator.js";
import { interior } from "../numerics/interior.js";
import type { Column, Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { Chatter } from "./chatter.js";
import { Cycles } from "./cycles.js";
import { Watch } from "./events.js";
import { explainSeparation, explainStretch } from "./explain.js";
import { Grid } from "./grid.js";
import { initialPoint, startsAtRest } from "./initial-point.js";
import { Instant, isSameInstant } from "./instant.js";
import { type Begun, chooseMethod, type Method } from "./method.js";
import { coupled } from "./quantum/coupling.js";
import { Fault } from "./quantum/fault.js";
import { Recorder, type Rows, timeAxis } from "./recorder.js";
import { Separation } from "./separation.js";
import { ShortSteps } from "./short-steps.js";

/** What a transient found. */
export interface TransientFound {
  readonly columns: readonly Column[];
  readonly ended: Result["ended"];
  readonly statistics: Result["statistics"];
  readonly diagnostics: readonly Diagnostic[];
}

/** Trajectories that separate by more than this are said to. */
const separated = 1e4;
/** So often is an event looked for a little later, with the charges as they are. */
const patience = 6;
/** So often may events at one corner bring about others. */
const mostRounds = 20;

/** How a transient went, beside what it has left in the rows. */
export interface Course {
  readonly ended: Result["ended"];
  readonly diagnostics: readonly Diagnostic[];
  readonly statistics: Omit<Result["statistics"], "points">;
}

/** Solves d/dt q(x) + f(t, x) = 0 from 0 to the stop time of the card, and keeps signals. */
export function* transient(
  system: CompiledSystem,
  card: TransientCard,
  signals: readonly Signal[],
  interrupted: () => boolean,
): Generator<number, TransientFound> {
  const recorder = recorderOf(system, card, signals);
  const course = yield* courseOf(system, card, recorder, chooseMethod(system, card, signals), interrupted);
  return foundIn(recorder, course, card);
}

/** Where the signals of a transient are kept. */
const recorderOf = (system: CompiledSystem, card: TransientCard, signals: readonly Signal[]): Recorder =>
  new Recorder(system, [timeAxis], signals, expectedRows(card));

/** So many points are to be expected of a transient. */
export const expectedRows = ({ grid, start, stop, step }: TransientCard): number =>
  grid ? new Grid(start, stop, step).points + 16 : 1024;

/** What a transient has found that went so. */
function foundIn(recorder: Recorder, course: Course, { span }: TransientCard): TransientFound {
  const { ended, diagnostics } = recorder.verdict(course.ended, span);
  const { method, ...cost } = course.statistics;
  return {
    columns: recorder.columns(),
    diagnostics: [...course.diagnostics, ...diagnostics],
    ended,
    statistics: { method, points: recorder.points, ...cost },
  };
}

/**
 * Time falls into stretches: between the corners of sources, and between the events that the equations make themselves
 * (a state at its wall, a switch, a condition). Each stretch is smooth and belongs to an integrator; in this
 * one file is what joins them. Yields how far it is (0…1); `interrupted` is asked at every step.
 */
export function* courseOf(
  system: CompiledSystem,
  card: TransientCard,
  rows: Rows,
  chosen: Method | Diagnostic,
  interrupted: () => boolean,
  separation = new Separation(system),
): Generator<number, Course> {
  const cost: Cost = { steps: 0, rejected: 0, iterations: 0, factorizations: 0 };
  const method = coupled(chosen, system, card);
  const initial = initialPoint(system, card, cost);
  const end = (diagnostics: readonly Diagnostic[], ended: Result["ended"], name: string): Course => ({
    diagnostics,
    ended,
    statistics: { method: name, ...cost },
  });
  if (!("integrate" in method)) return end([method], "failed", "none");
  if (initial.outcome !== "found") return end([initial.problem], "failed", method.name);
  const run = new Run(system, card, rows, interrupted, cost, method, separation);
  const { problem, ended } = yield* run.go(initial.x);
  return end([...(problem ? [problem] : []), ...run.remarks()], ended, run.methods.join(", then "));
}

class Run {
  readonly grid: Grid;
  readonly #watch: Watch;
  readonly #x: Float64Array; // size n: the solution at an output time
  readonly #places: Int32Array | undefined; // those of its unknowns that are looked at; undefined: all
  readonly #separation: Separation;
  readonly #shortSteps: ShortSteps;
  readonly #before: string[] = []; // names of the methods that were given up
  readonly #chatter: Chatter;
  #end = 0; // of the stretch, s
  #reached = 0; // by the last step, s
  readonly #fault: Fault;
  readonly #cycles: Cycles;

  constructor(
    readonly system: CompiledSystem,
    readonly card: TransientCard,
    readonly recorder: Rows,
    readonly interrupted: () => boolean,
    readonly cost: Cost,
    public method: Method,
    separation: Separation,
  ) {
    this.grid = new Grid(card.start, card.stop, card.step);
    this.#watch = new Watch(system);
    this.#x = new Float64Array(system.pattern.size);
    this.#places = system.readBy(recorder.signals);
    this.#separation = separation;
    this.#shortSteps = new ShortSteps(card.step, system.smooth);
    this.#chatter = new Chatter(card);
    this.#fault = new Fault(system, card.span);
    this.#cycles = new Cycles(system, card, this.grid, recorder);
  }

  /** Names of the methods that were used, in their order. */
  get methods(): readonly string[] {
    return [...this.#before, this.method.name];
  }

  /** What is to be said of the run beside its result. */
  remarks(): readonly Diagnostic[] {
    const { factor } = this.#separation;
    return [...this.#cycles.remarks, ...(factor > separated ? [explainSeparation(factor, this.card.span)] : [])];
  }

  *go(
    x0: Float64Array,
  ): Generator<number, { readonly problem: Diagnostic | undefined; readonly ended: Result["ended"] }> {
    let [t, x] = [0, x0];
    const instant = new Instant(this.card.span);
    this.system.lookBack?.begin(x0);
    this.#fault.look(0, x0);
    for (;;) {
      if (this.#fault.problem) return { problem: this.#fault.problem, ended: "failed" };
      const end = Math.min(this.system.nextBreak(t), this.#cycles.end(t), this.card.stop);
      const together = end < this.card.stop && instant.isAt(t, end);
      if (typeof together === "object") return { problem: together, ended: "failed" };
      if (together) {
        t = end;
        continue;
      }
      const stretch = yield* this.#stretch(t, x, end);
      if (stretch.outcome === "stiff") {
        this.#before.push(this.method.name);
        this.method = this.method.fallback();
        ({ t, x } = stretch);
        continue;
      }
      if (!hasEnded(stretch)) return { problem: explainStretch(stretch, this.system, this.card.span), ended: "failed" };
      if (this.#fault.look(stretch.t, stretch.x)) continue;
      const crossed = this.#watch.crossed;
      if (crossed.length > 0) {
        const { name } = this.system.guarded(crossed[0]!);
        const endless = this.#chatter.see(stretch.t, stretch.t - t, crossed);
        if (endless) return { problem: this.#chatter.problem(stretch.t, name), ended: "failed" };
        if (this.interrupted()) return { problem: undefined, ended: "interrupted" };
      }
      if (!this.#chatter.isInARow) this.#watch.calm();
      else if (this.#chatter.isRattling) this.#watch.widen(crossed);
      const before = crossed.length > 0 ? stretch.x.slice() : stretch.x;
      for (const k of crossed) this.system.cross(k, stretch.t, stretch.x, before);
      ({ t, x } = stretch);
      if (t >= this.card.stop) return { problem: undefined, ended: "complete" };
      if (crossed.length === 0 && stretch.outcome === "stopped") return { problem: undefined, ended: "interrupted" };
      if (this.#separation.factor <= separated) t = this.#cycles.leap(t, x);
    }
  }

  *#stretch(t: number, x0: Float64Array, next: number): Generator<number, Stretch> {
    const { t: from, started } = this.#begin(t, x0, next);
    if (started.outcome !== "begun") return started;
    this.#keepStart(t, x0, started.x);
    this.#end = this.#endOf(from, x0, started.x, next);
    this.#reached = t;
    yield t / this.card.stop; // a method may go through a short stretch without a pause
    const steps = this.method.integrate(from, started.x, this.#end, this.#stepsLeft(), (step) => this.#observe(step));
    for (;;) {
      const next = steps.next();
      if (next.done) {
        addCost(this.cost, next.value.cost);
        return next.value;
      }
      yield this.#reached / this.card.stop;
    }
  }

  /** A delay may bring what happens at the start of a stretch again before its end. */
  #endOf(from: number, before: Float64Array, after: Float64Array, end: number): number {
    const { lookBack } = this.system;
    if (lookBack === undefined) return end;
    lookBack.corner(from, before, after);
    return Math.min(this.system.nextBreak(from), end);
  }

  /**
   * The solution right after t, with the events that the corner at t has brought about. A law that looks at a condition
   * itself may still be on the near side at the place found: then it is looked for a little later, first with the
   * charges as they are (a source drives the condition), then by going on (a charge does).
   */
  #begin(t0: number, x0: Float64Array, end: number): { readonly t: number; readonly started: Begun } {
    const first = this.method.begin(t0, x0, end);
    if (first.outcome !== "begun" || !this.#isEarly(t0, first.x, end))
      return { t: t0, started: this.#turn(t0, x0, first, end) };
    for (let round = 0; round < patience; round++) {
      const t = t0 + this.#watch.later(round);
      if (t >= t0 + (end - t0) / 2) break;
      const started = this.method.begin(t, x0, end);
      if (started.outcome === "begun" && !this.#isEarly(t, started.x, end)) {
        return { t, started: this.#turn(t, x0, started, end) };
      }
    }
    return { t: t0, started: this.#turn(t0, x0, first, end) };
  }

  /** Whether all that calls for a change is what was changed just now, by an error of the solution. */
  #isEarly(t: number, x: Float64Array, end: number): boolean {
    const fallen = this.#watch.fallen(interior(t, end)(t), x);
    return fallen.length > 0 && fallen.every((k) => this.#watch.isError(k));
  }

  /** Makes the changes that the solution right after t calls for, until it calls for none; x0 is that right before t. */
  #turn(t: number, x0: Float64Array, begun: Begun, end: number): Begun {
    const inside = interior(t, end)(t);
    let started = begun;
    let slipped = false;
    for (let round = 0; round < mostRounds && started.outcome === "begun"; round++) {
      const fallen = this.#watch.fallen(inside, started.x);
      if (fallen.length === 0) break;
      for (const k of fallen) {
        if (!this.#watch.isError(k)) this.system.cross(k, inside, started.x, x0);
        else if (!this.system.excuse(k, inside, started.x)) slipped = true;
      }
      started = this.method.begin(t, started.x, end);
    }
    if (slipped) this.#watch.slip();
    else this.#watch.settle();
    return started;
  }

  #stepsLeft(): number {
    return Math.max(0, this.system.circuit.options.maxsteps - this.cost.steps - this.cost.rejected);
  }

  /** Keeps the solution right after a corner: a row of its own where it differs from the one right before. */
  #keepStart(t: number, before: Float64Array, after: Float64Array): void {
    if (t < this.card.start) return;
    if (this.recorder.offered === 0 && (!this.card.grid || this.grid.take(t) !== undefined)) {
      this.recorder.keep([t], t, t > 0 || startsAtRest(this.system, this.card) ? before : after);
    }
    if (!this.#cycles.thins && isSameInstant(this.recorder.lastAxis, t)) this.recorder.keepOtherSide(t, after);
  }

  #observe(step: AcceptedStep): number | undefined {
    this.#shortSteps.see(step.h);
    const event = this.#watch.look(step);
    const until = event ?? step.t + step.h;
    this.#reached = until;
    if (event === undefined) this.#separation.follow(step);
    this.system.lookBack?.keep(event === undefined ? step : this.#shortSteps.before(step), until);
    if (this.card.grid) this.#keepGrid(step, until);
    else if (until >= this.card.start) this.#keepAt(until, step);
    const isFault = event === undefined && this.system.blockWatch !== undefined && this.#fault.look(until, step.x);
    return event ?? (isFault || this.interrupted() || this.recorder.full ? until : undefined);
  }

  #keepGrid(step: AcceptedStep, until: number): void {
    const { rows } = step;
    if (rows !== undefined && this.#places !== undefined && rows.holds(this.#places)) this.#keepRows(rows, until);
    for (let t = this.grid.take(until); t !== undefined; t = this.grid.take(until)) this.#keepAt(t, step);
    // A corner of a source or a located event is an output time as well, both sides of a jump.
    const corner = (until === this.#end || until < step.t + step.h) && !this.#cycles.thins;
    if (corner && until >= this.card.start && this.recorder.lastAxis !== until) this.#keepAt(until, step);
  }

  /** Keeps all output times up to a time at once. */
  #keepRows(rows: RowsAt, until: number): void {
    const times = new Float64Array(rows.most);
    for (let count = times.length; count === times.length && !this.recorder.full; ) {
      count = this.grid.takeAll(until, times);
      if (count > 0) this.recorder.keepAll(times, count, rows.at(times, count));
    }
  }

  #keepAt(t: number, step: AcceptedStep): void {
    if (t === step.t + step.h) this.recorder.keep([t], t, step.x);
    else {
      this.#shortSteps.before(step).interpolate(t, this.#x, this.#places);
      this.recorder.keep([t], t, this.#x);
    }
  }
}
