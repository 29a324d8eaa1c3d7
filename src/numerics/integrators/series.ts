import type { AcceptedStep, Cost, Observer, StepControl, Stretch } from "../integrator.js";
import { interior } from "../interior.js";
import { plainKernels } from "../linear/kernels/index.js";
import { smallest, Tolerance } from "../step-control.js";
import type { ExplicitSystem } from "../system.js";
import { type CompiledSteps, type Course, type StepTable, went } from "./compiled-steps.js";
import { stagnant } from "./stagnation.js";

/** So many steps are made in the first call, twice as many in the next. */
const firstSeries = 16;
/** So many steps go by, some milliseconds, until whoever waits is asked. */
const stepsBetweenBreaths = 256;

/** Carries an equation whose steps are compiled over a stretch, as the method of this table does with others. */
export function* inSeries(
  compiled: CompiledSteps,
  table: StepTable,
  system: ExplicitSystem,
  [t0, t1]: readonly [number, number],
  y0: Float64Array,
  control: StepControl,
  observe: Observer,
): Generator<undefined, Stretch, undefined> {
  begin(compiled, table, system, t0, t1, y0, control);
  const step = new Series(compiled);
  let most = control.inSeries === true ? firstSeries : 1;
  for (let breath = stepsBetweenBreaths; ; ) {
    const how = compiled.go(Math.min(most, compiled.room));
    if (compiled.take("kept") > 0) {
      const stop = observe(step.now());
      if (stop !== undefined) return stoppedAt(stop, compiled);
    }
    if (how !== went.on) return ended(how, compiled);
    if (control.inSeries === true) most *= 2;
    if (compiled.take("steps") < breath) continue;
    breath = compiled.take("steps") + stepsBetweenBreaths;
    yield;
  }
}

function begin(
  compiled: CompiledSteps,
  table: StepTable,
  system: ExplicitSystem,
  t0: number,
  t1: number,
  y0: Float64Array,
  control: StepControl,
): void {
  const { y, largest, tolerance } = compiled;
  const longest = Math.min(control.maxStep, t1 - t0);
  const inside = interior(t0, t1);
  for (const past of [tolerance.largest, tolerance.largestOfKind, tolerance.conceded]) past.fill(0);
  new Tolerance(system, control.relative, { arrays: tolerance, kernels: plainKernels });
  y.set(y0);
  for (let i = 0; i < y.length; i++) largest[i] = system.logarithmic?.[i] === 1 ? 1 : Math.abs(y0[i]!);
  const course: Course = {
    ...{ t: t0, h: control.firstStep ?? 0, end: t1, first: inside(t0), last: inside(t1), looked: Number.NaN },
    ...{ longest: control.maxStep, relative: control.relative, least: smallest, left: control.maxSteps },
    ...{ reads: control.inSeries === true ? (control.reads?.step ?? 0) : 0, readsFrom: control.reads?.from ?? 0 },
    ...{ tellsStiff: control.tellsStiff === true ? 1 : 0, stagnantStep: stagnant.step * longest },
    ...{ stagnantMovement: stagnant.movement, stagnantSteps: stagnant.steps },
    ...{ slow: 0, isKnown: 0, wasRefused: 0, sized: 0, steps: 0, rejected: 0, evaluations: 0, kept: 0 },
  };
  compiled.begin(table, course);
}

/** The last step of a call, which knows the solution since the first. */
class Series implements AcceptedStep {
  t = 0;
  h = 0;
  readonly x: Float64Array;
  readonly series: { steps: number; readonly growth: { readonly atEnd: Float64Array; readonly most: Float64Array } };

  constructor(readonly compiled: CompiledSteps) {
    this.x = compiled.y;
    this.series = { steps: 0, growth: { atEnd: compiled.grown, most: compiled.mostGrown } };
  }

  now(): this {
    this.t = this.compiled.from;
    this.h = this.compiled.length;
    this.series.steps = this.compiled.take("kept");
    return this;
  }

  interpolate(t: number, out: Float64Array): void {
    this.compiled.interpolate(t, out);
  }
}

function stoppedAt(stop: number, compiled: CompiledSteps): Stretch {
  const x = compiled.y.slice();
  if (stop < compiled.take("t")) compiled.interpolate(stop, x);
  return { outcome: "stopped", t: stop, x, cost: costOf(compiled) };
}

const failures = {
  [went.tooMany]: "too many steps",
  [went.nowhere]: "diverged",
  [went.tooSmall]: "step too small",
  [went.stiff]: "stiff",
} as const;

function ended(how: number, compiled: CompiledSteps): Stretch {
  const [t, x, cost] = [compiled.take("t"), compiled.y.slice(), costOf(compiled)];
  if (how === went.toTheEnd) return { outcome: "reached", t, x, cost };
  const outcome = failures[how as keyof typeof failures];
  const worst = compiled.rate.findIndex((value) => !Number.isFinite(value));
  return { outcome, t, x, worst, change: Number.NaN, cost };
}

const costOf = (compiled: CompiledSteps): Cost => ({
  steps: compiled.take("steps"),
  rejected: compiled.take("rejected"),
  iterations: compiled.take("evaluations"),
  factorizations: 0,
});
