import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";
import type { Observer, StepControl, Stretch } from "../src/numerics/integrator.js";
import { ndf } from "../src/numerics/integrators/index.js";
import { Kinks } from "../src/numerics/integrators/kinks.js";
import { crossbar, differenceOf, rangeOf } from "./crossbars.js";
import { written } from "./systems/problem.js";

// Crossbars driven beyond the thresholds of their cells, each of which passes them, and its walls, at times of its own: kinks of
// single states, and walls that are left and met, must neither set the steps of all others nor cost accuracy.

const film = "kind=vteam ron=100 roff=16k voff=0.3 von=-0.3 alphaoff=1 alphaon=1";
const drive = (row: number): string => `sin(0 ${0.5 + 0.1 * row} 1)`;

test.each([
  ["VTEAM, whose cells drift a part of the way", `${film} koff=3n kon=-3n`],
  ["VTEAM, whose cells go from wall to wall", `${film} koff=300n kon=-300n`],
])("%s", { timeout: 60_000 }, async (_, model) => {
  const deck = { size: 10, model, drive, run: "20m 1" };
  const simulations = await Promise.all(
    [undefined, "reltol=1e-5"].map((options) => simulate(crossbar({ ...deck, ...(options && { options }) }))),
  );
  const [found, tight] = simulations.map(({ results }) => results[0]!);
  expect(found!.ended).toBe("complete");
  const [least, most] = rangeOf(found!.columns, "x(");
  expect(least).toBeGreaterThanOrEqual(0);
  expect(most).toBeLessThanOrEqual(1);
  // What `reltol` promises, of itself and of the run it is compared with.
  expect(differenceOf(found!.columns, tight!.columns, "x(")).toBeLessThan(1.1e-4);
});

/** y' = −y */
const decay = written(1, (_t, [y], { q, f, C, G }) => {
  q[0] = y!;
  f[0] = y!;
  C(0, 0, 1);
  G(0, 0, 1);
});

function stretch(
  x0: Float64Array,
  [t0, t1]: readonly [number, number],
  more: Partial<StepControl>,
  observe: Observer,
): Stretch {
  const control = { relative: 1e-8, maxStep: 0.5, maxSteps: 1e5, ...more };
  const steps = ndf.integrate(decay, t0, x0, t1, control, observe);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

test("a stretch goes on from the past of the one that was stopped, in fewer steps than afresh, to the same solution", () => {
  const stopped = stretch(Float64Array.of(1), [0, 2], {}, ({ t, h }) => (t + h > 0.5 ? 0.5 : undefined));
  if (stopped.outcome !== "stopped" || stopped.past === undefined) throw new Error(stopped.outcome);
  const [afresh, on] = [{}, { past: stopped.past }].map((more) => stretch(stopped.x, [0.5, 2], more, () => undefined));
  expect(on!.cost.steps).toBeLessThan(afresh!.cost.steps);
  expect(on!.x[0]).toBeCloseTo(Math.exp(-2), 7);
});

describe("an unknown that errs all at once", () => {
  const tolerated = Float64Array.of(1, 1);
  const kinksOf = () => {
    const kinks = new Kinks({
      ...decay,
      pattern: { size: 2, columnStart: Int32Array.of(0, 1, 2), row: Int32Array.of(0, 1) },
    });
    kinks.begin(true);
    return kinks;
  };
  const meets = (kinks: Kinks, error: number): boolean => {
    const miss = Float64Array.of(error, 0.5);
    const excused = kinks.excuse(1, miss, tolerated, 1);
    for (let step = 0; step < 8; step++)
      kinks.take(1, step === 0 && excused ? miss : Float64Array.of(0, 0.5), tolerated, 2);
    return excused;
  };

  test("is granted more, but not any error", () => {
    expect(meets(kinksOf(), 30)).toBe(true);
    expect(meets(kinksOf(), 100)).toBe(false);
  });

  test("is not if it erred about as much before, or begins afresh", () => {
    const kinks = kinksOf();
    kinks.take(1, Float64Array.of(0.9, 0), tolerated, 2);
    expect(kinks.excuse(1, Float64Array.of(1.5, 0), tolerated, 1)).toBe(false);
    kinks.begin(false);
    expect(kinks.excuse(1, Float64Array.of(1.5, 0), tolerated, 1)).toBe(false);
  });

  test("is until its kinks add up to what some hundred steps may", () => {
    const kinks = kinksOf();
    const met = Array.from({ length: 6 }, () => meets(kinks, 60));
    expect(met).toEqual([true, true, true, false, false, false]);
  });
});
