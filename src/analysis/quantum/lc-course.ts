import type { AcceptedStep, Stretch } from "../../numerics/integrator.js";
import { dop853 } from "../../numerics/integrators/dop853.js";
import type { Random } from "../../numerics/random.js";
import { LcEquation, type LcMemristor, lcFrequency } from "../../quantum/lc-memristor.js";

/** Where an LC circuit is at each time of a grid; undefined of other times. */
export type Course = (t: number) => Float64Array;

type CourseRun = { readonly course: Course } | { readonly stopped: GivenUp };

interface GivenUp {
  readonly outcome: "diverged" | "too many steps" | "step too small" | "stiff";
  readonly time: number;
}

interface CourseControl {
  /** Tolerated error over the run. */
  readonly relative: number;
  readonly maxSteps: number;
  /** Where the rate has corners. */
  readonly corners: readonly number[];
}

/** Part of the tolerance that a step is asked for: errors of phase add up over periods. */
const partOfStep = 1e-3;

/**
 * Carries an LC circuit's moments over a grid from 0 on. Without `random` its record has no noise; with it each step of the
 * grid draws its own dW, which is spread evenly over the step.
 */
export function lcCourse(
  of: LcMemristor,
  start: Float64Array,
  times: Float64Array,
  { relative, maxSteps, corners }: CourseControl,
  random: Random | undefined,
): CourseRun {
  const equation = new LcEquation(of);
  const states = new Map<number, Float64Array>([[0, start]]);
  const end = times.at(-1)!;
  const ends = random === undefined ? [...corners.filter((t) => t > 0 && t < end), end] : times;
  let [y, from, left] = [start, 0, maxSteps];
  for (const to of ends) {
    if (to <= from) continue;
    equation.noise = random === undefined ? 0 : random.normal() / Math.sqrt(to - from);
    const control = {
      relative: Math.max(1e-14, relative * partOfStep),
      maxStep: 0.5 / lcFrequency(of),
      maxSteps: left,
    };
    const wanted = times.filter((t) => t > from && t < to);
    const stretch = run(equation, from, y, to, control, (step) => keep(step, wanted, states));
    if (stretch.outcome !== "reached") return { stopped: stoppedBy(stretch) };
    left -= stretch.cost.steps;
    [y, from] = [stretch.x.slice(), to];
    states.set(to, y);
  }
  return { course: (t) => states.get(t)! };
}

function run(...given: Parameters<typeof dop853.integrate>): Stretch {
  const work = dop853.integrate(...given);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

function keep({ t, h, interpolate }: AcceptedStep, wanted: Float64Array, states: Map<number, Float64Array>): undefined {
  for (const time of wanted) {
    if (time < t || time > t + h || states.has(time)) continue;
    const y = new Float64Array(6);
    interpolate(time, y);
    states.set(time, y);
  }
}

function stoppedBy({ outcome, t: time }: Stretch): GivenUp {
  if (outcome === "singular" || outcome === "stopped" || outcome === "reached") throw new Error("Nothing stops here.");
  return { outcome, time };
}
