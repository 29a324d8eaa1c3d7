import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";
import type { Integrator, Observer, StepControl, Stretch } from "../src/numerics/integrator.js";
import { consistent, type Start } from "../src/numerics/integrators/consistent.js";
import { Corrector } from "../src/numerics/integrators/corrector.js";
import { Differences } from "../src/numerics/integrators/differences.js";
import { dop853 } from "../src/numerics/integrators/dop853.js";
import { extrapolation } from "../src/numerics/integrators/extrapolation.js";
import { integrators } from "../src/numerics/integrators/index.js";
import { ndf } from "../src/numerics/integrators/ndf.js";
import { stepRoom } from "../src/numerics/integrators/step-room.js";
import type { ExplicitSystem, System } from "../src/numerics/system.js";
import { linearCircuits } from "./systems/linear-circuits.js";
import { nonlinearProblems, robertson, vanDerPol } from "./systems/nonlinear.js";
import { type Problem, written } from "./systems/problem.js";

const problems = [...linearCircuits, ...nonlinearProblems];
const high = integrators.filter(({ order }) => order > 2);
const low = integrators.filter(({ order }) => order <= 2);

/** Runs a stretch to its end. */
function run<P>(
  method: Integrator<P>,
  problem: P,
  start: readonly number[],
  [t0, t1]: readonly [number, number],
  control: Partial<StepControl> = {},
  observe: Observer = () => undefined,
): Stretch {
  const all = { relative: 1e-6, maxStep: (t1 - t0) / 50, maxSteps: 200_000, ...control };
  const steps = method.integrate(problem, t0, Float64Array.from(start), t1, all, observe);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/** The largest errors along a run, at the steps and within them, in what is allowed. */
function largestError(method: Integrator<System>, problem: Problem, relative: number): number {
  const x = new Float64Array(problem.start.length);
  let largest = 0;
  const look: Observer = ({ t, h, interpolate }) => {
    for (const part of [0.3, 0.6, 1]) {
      interpolate(t + part * h, x);
      problem.exact(t + part * h).forEach((exact, i) => {
        largest = Math.max(largest, Math.abs(x[i]! - exact) / problem.allowed[i]!);
      });
    }
    return undefined;
  };
  const { maxStep } = problem;
  const stretch = run(method, problem.system, problem.start, [0, problem.end], { relative, maxStep }, look);
  expect(stretch).toMatchObject({ outcome: "reached", t: problem.end });
  return largest;
}

describe.each(high.map((method) => [method.name, method] as const))("%s", (_, method) => {
  test.each(problems.map((problem) => [problem.name, problem] as const))("follows: %s", (_name, problem) => {
    expect(largestError(method, problem, 1e-6)).toBeLessThan(1);
  });
});

describe.each(low.map((method) => [method.name, method] as const))("%s", (_, method) => {
  // A low order needs many steps: a coarser tolerance, and errors in proportion, twenty times as large for good measure.
  test.each(problems.map((problem) => [problem.name, problem] as const))("follows: %s", (_name, problem) => {
    if (method.order === 1 && problem.name.includes("ringing")) return;
    expect(largestError(method, problem, 1e-4)).toBeLessThan(2000);
  });
});

describe("stated orders", () => {
  // dq/dt + f = 0 with a charge, a source and a row without a charge: v' + v² = s(t), i = v³, with v = 1/(1 + t) + sin t.
  const v = (t: number): number => 1 / (1 + t) + Math.sin(t);
  const system = written(2, (t, x, { q, f, C, G }) => {
    const source = Math.cos(t) - 1 / (1 + t) ** 2 + v(t) ** 2;
    q[0] = x[0]!;
    f[0] = x[0]! ** 2 - source;
    C(0, 0, 1);
    G(0, 0, 2 * x[0]!);
    f[1] = x[1]! - x[0]! ** 3;
    G(1, 1, 1);
    G(1, 0, -3 * x[0]! ** 2);
  });
  const error = (method: Integrator<System>, step: number, order: number): number => {
    const stretch = run(method, system, [1, 0], [0, 2], { fixed: { step, order } });
    expect(stretch.outcome).toBe("reached");
    return Math.abs(stretch.x[0]! - v(2));
  };
  const orders = integrators.flatMap((method) =>
    method.order > 2
      ? [1, 2, 3, 4, 5].map((order) => [method.name, order, method] as const)
      : [[method.name, method.order, method] as const],
  );
  test.each(orders)("%s of order %i", (_, order, method) => {
    const observed = Math.log2(error(method, 1 / 40, order) / error(method, 1 / 80, order));
    expect(Math.abs(observed - order)).toBeLessThan(0.35);
  });

  test("the error falls in proportion to the tolerance", () => {
    const problem = linearCircuits.find(({ name }) => name.includes("ringing"))!;
    const [coarse, fine] = [1e-4, 1e-8].map((relative) => largestError(ndf, problem, relative));
    expect(coarse! / fine!).toBeGreaterThan(1e3);
  });
});

describe.each(integrators.map((method) => [method.name, method] as const))("a stretch by %s", (_, method) => {
  const sawtooth = written(1, (t, [v], { q, f, C, G }) => {
    if (!(t > 1 && t < 3)) throw new Error(`Looked at ${t}, which lies outside of the stretch.`);
    q[0] = v!;
    f[0] = v! - t;
    C(0, 0, 1);
    G(0, 0, 1);
  });

  test("ends at its end, keeps inside, and bounds its steps", () => {
    const steps: number[] = [];
    const stretch = run(method, sawtooth, [1], [1, 3], { maxStep: 0.07, relative: 1e-3 }, ({ t, h }) => {
      steps.push(t, h);
      return undefined;
    });
    expect(stretch).toMatchObject({ outcome: "reached", t: 3 });
    expect(steps.at(-2)! + steps.at(-1)!).toBe(3);
    for (let k = 2; k < steps.length; k += 2) expect(steps[k]).toBe(steps[k - 2]! + steps[k - 1]!);
    for (let k = 1; k < steps.length; k += 2) expect(steps[k]).toBeLessThanOrEqual(0.07 * (1 + 1e-12));
  });

  test("stops where the observer says, inside a step", () => {
    const stretch = run(method, sawtooth, [1], [1, 3], { relative: 1e-4 }, ({ t, h }) => (t + h > 2 ? 2 : undefined));
    // v' = t − v from v(1) = 1: v = t − 1 + e^(1−t)
    expect(stretch).toMatchObject({ outcome: "stopped", t: 2 });
    expect(stretch.x[0]).toBeCloseTo(1 + Math.exp(-1), 2);
  });

  test("names the unknown that no equation determines", () => {
    const floating = written(2, (_t, [a], { q, f, C, G }) => {
      q[0] = a!;
      f[0] = a!;
      C(0, 0, 1);
      G(0, 0, 1);
    });
    expect(run(method, floating, [1, 0], [0, 1])).toMatchObject({ outcome: "singular", column: 1 });
  });

  test("goes as far as values are finite, then says which is not", () => {
    const ends = written(2, (t, [a, b], { q, f, C, G }) => {
      q[0] = a!;
      q[1] = b!;
      f[0] = a!;
      f[1] = t < 0.5 ? 1 : Number.NaN;
      C(0, 0, 1);
      C(1, 1, 1);
      G(0, 0, 1);
    });
    const stretch = run(method, ends, [1, 0], [0, 1], { relative: 1e-3 });
    expect(stretch).toMatchObject({ outcome: "diverged", worst: 1 });
    expect(stretch.t).toBeCloseTo(0.5, 6);
  });

  test("gives up on a solution that runs off to infinity", () => {
    const explosive = written(1, (_t, [a], { q, f, C, G }) => {
      q[0] = a!;
      f[0] = -a! * a!;
      C(0, 0, 1);
      G(0, 0, -2 * a!);
    });
    const stretch = run(method, explosive, [1], [0, 2], { relative: 1e-3 });
    expect(stretch).toMatchObject({ outcome: expect.stringMatching(/step too small|diverged/), worst: 0 });
    // An implicit method may carry on behind the pole, but not for long.
    expect(Math.abs(stretch.t - 1)).toBeLessThan(0.05);
  });

  test("goes over a jump that nobody announced", () => {
    // x' = 1, then −1; y jumps from 0 to 1 without a charge to hold it.
    const jumping = written(2, (t, [x, y], { q, f, C, G }) => {
      q[0] = x!;
      f[0] = t < 0.4 ? -1 : 1;
      f[1] = y! - (t < 0.4 ? 0 : 1);
      C(0, 0, 1);
      G(1, 1, 1);
    });
    const stretch = run(method, jumping, [0, 0], [0, 1], { relative: 1e-4 });
    expect(stretch.outcome).toBe("reached");
    expect(Math.abs(stretch.x[0]! + 0.2)).toBeLessThan(1e-4);
    expect(stretch.x[1]).toBe(1);
  });

  test("counts its steps against the number allowed", () => {
    expect(run(method, sawtooth, [1], [1, 3], { maxSteps: 10 })).toMatchObject({ outcome: "too many steps" });
  });
});

describe("bounds of the multistep methods", () => {
  const { system, start } = linearCircuits.find(({ name }) => name.includes("ringing"))!;

  test.each(["ndf", "gear"])(
    "%s keeps to the highest order that is allowed: a line between the ends of a step",
    (name) => {
      const method = integrators.find((it) => it.name === name)!;
      const [before, middle] = [Float64Array.from(start), new Float64Array(2)];
      let steps = 0;
      run(method, system, start, [0, 6], { relative: 1e-4, highestOrder: 1 }, ({ t, h, x, interpolate }) => {
        interpolate(t + h / 2, middle);
        if (steps++ > 0) for (const i of [0, 1]) expect(middle[i]).toBeCloseTo((before[i]! + x[i]!) / 2, 12);
        before.set(x);
        return undefined;
      });
      expect(steps).toBeGreaterThan(100);
    },
  );

  test("a system that says it is linear is solved by a correction for each step, to the same solution", () => {
    const [plain, told] = [system, { ...system, isLinear: true }].map((it) =>
      run(ndf, it, start, [0, 6], { relative: 1e-9, start: consistent(it, 0, Float64Array.from(start), 6) as Start }),
    );
    const { steps, rejected, iterations } = told!.cost;
    expect(iterations).toBeLessThan(steps + rejected + 10); // some for the start
    expect(plain!.cost.iterations).toBeGreaterThan(steps);
    expect(told!.x[0]).toBeCloseTo(plain!.x[0]!, 7);
  });
});

test("what a state at its wall is pushed by moves nothing else, in no correction", () => {
  // x is pushed beyond 1 the harder the larger y is; y + y³ = 10 has y = 2 whatever pushes x.
  const walled = written(
    2,
    (_t, [x, y], { q, f, C, G }) => {
      q[0] = x!;
      f[0] = -10 * y!;
      f[1] = y! + y! ** 3 - 10 + 1e-3 * (x! - 1);
      C(0, 0, 1);
      G(0, 1, -10);
      G(1, 0, 1e-3);
      G(1, 1, 1 + 3 * y! * y!);
    },
    { lower: [0, -Infinity], upper: [1, Infinity] },
  );
  const x = Float64Array.of(1, 1.5);
  const corrector = new Corrector(walled, stepRoom(walled));
  expect(corrector.correct(0, 1, Float64Array.of(-1, 0), x, x.slice(), Float64Array.of(1e-9, 1e-9))).toBe("found");
  expect(corrector.iterations).toBeGreaterThan(2);
  expect(x[0]).toBe(1);
  expect(x[1]).toBeCloseTo(2, 9);
});

test("dense output at some places is that of all", () => {
  const room = stepRoom(written(40, () => undefined));
  const differences = new Differences(room.arrays.ofX, room);
  const point = (k: number) => Float64Array.from({ length: 40 }, (_, i) => Math.sin(0.3 * k + i));
  differences.fill([0, 1, 2, 3, 4, 5].map(point));
  const all = new Float64Array(40);
  const some = new Float64Array(40).fill(7);
  const places = Int32Array.of(3, 17, 39);
  for (const s of [0, -0.25, -1]) {
    differences.interpolate(5, s, all);
    differences.interpolate(5, s, some, places);
    some.forEach((value, i) => {
      if (places.includes(i)) expect(value).toBeCloseTo(all[i]!, 14);
      else expect(value).toBe(7);
    });
  }
});

describe("stiff references", () => {
  test("van der Pol's oscillator, μ = 1000", () => {
    const stretch = run(ndf, vanDerPol, [2, 0], [0, 2000], { relative: 1e-7, maxStep: 100 });
    expect(stretch.outcome).toBe("reached");
    // Mazzia & Magherini, Test Set for Initial Value Problem Solvers (2008), problem VDPOL.
    expect(stretch.x[0]).toBeCloseTo(1.706167732170469, 5);
    expect(stretch.x[1]).toBeCloseTo(-0.8928097010248125e-3, 8);
  });

  test("Robertson's reaction over eleven decades", () => {
    const stretch = run(ndf, robertson, [1, 0, 0], [0, 1e11], { relative: 1e-9, maxStep: 1e11 });
    expect(stretch.outcome).toBe("reached");
    // The same test set, problem ROBER.
    expect(stretch.x[0]).toBeCloseTo(0.2083340149701255e-7, 9);
    expect(stretch.x[1]).toBeCloseTo(0.8333360770334713e-13, 14);
    expect(stretch.x[2]).toBeCloseTo(0.999999979166505, 9);
  });
});

describe("the start of a stretch", () => {
  const [, , coupled, acrossSource] = linearCircuits;

  test("keeps charges and finds what jumps", () => {
    const start = consistent(coupled!.system, 0, Float64Array.from(coupled!.start), coupled!.end);
    expect(start.outcome).toBe("begun");
    coupled!.exact(0).forEach((exact, i) => {
      expect(Math.abs(start.x[i]! - exact)).toBeLessThan(1e-9);
    });
  });

  test("of a point that is consistent already is that point", () => {
    const start = consistent(coupled!.system, 0, Float64Array.from(coupled!.exact(0)), coupled!.end);
    coupled!.exact(0).forEach((exact, i) => {
      expect(Math.abs(start.x[i]! - exact)).toBeLessThan(1e-9);
    });
  });

  test("leaves out the impulse of a capacitor across a source, and tells such currents", () => {
    const start = consistent(acrossSource!.system, 0, new Float64Array(3), acrossSource!.end);
    if (start.outcome !== "begun") throw new Error(start.outcome);
    expect([...start.differentiated]).toEqual([0, 1, 0]);
    acrossSource!.exact(0).forEach((exact, i) => {
      expect(Math.abs(start.x[i]! - exact)).toBeLessThan(1e-6);
    });
  });

  test.each([1.9e-7, 2e-7, 2.02e-7, 2.1e-7])("takes no impulse for what is on a ramp through 0 at %d", (zero) => {
    const ramp = written(2, (t, [charged, ramped], { q, f, C, G }) => {
      q[0] = charged!;
      f[0] = charged!;
      f[1] = ramped! - (1 - t / zero);
      C(0, 0, 1);
      G(0, 0, 1);
      G(1, 1, 1);
    });
    const start = consistent(ramp, 0, Float64Array.of(1, 0), 1);
    if (start.outcome !== "begun") throw new Error(start.outcome);
    expect([...start.differentiated]).toEqual([0, 0]);
    expect(start.x[1]).toBeCloseTo(1, 6);
  });
});

describe.each([extrapolation, dop853])("$name", (method) => {
  const explicit = (size: number, rate: ExplicitSystem["rate"]): ExplicitSystem => ({
    size,
    negligible: new Float64Array(size).fill(1e-6),
    rate,
  });
  const oscillator = (omega: number) =>
    explicit(2, (_t, [x, y], out) => {
      out[0] = omega * y!;
      out[1] = -omega * x!;
      return true;
    });

  test.each([1, 1e9, 1e-6])("follows an oscillator of ω = %d for a hundred periods", (omega) => {
    const end = (200 * Math.PI) / omega;
    let largest = 0;
    const out = new Float64Array(2);
    const stretch = run(method, oscillator(omega), [1, 0], [0, end], { relative: 1e-9, maxStep: 2 / omega }, (step) => {
      step.interpolate(step.t + 0.4 * step.h, out);
      largest = Math.max(largest, Math.abs(out[0]! - Math.cos(omega * (step.t + 0.4 * step.h))));
      return undefined;
    });
    expect(stretch).toMatchObject({ outcome: "reached", t: end });
    expect(largest).toBeLessThan(1e-6);
    expect(Math.abs(stretch.x[0]! - 1)).toBeLessThan(1e-6);
  });

  test("its error falls with the tolerance", () => {
    const error = (relative: number) =>
      Math.abs(run(method, oscillator(1), [1, 0], [0, 30], { relative }).x[1]! + Math.sin(30));
    expect(error(1e-11)).toBeLessThan(1e-3 * error(1e-5));
  });

  test("stops where the observer says", () => {
    const stretch = run(method, oscillator(1), [1, 0], [0, 10], {}, ({ t, h }) => (t + h > 3 ? 3 : undefined));
    expect(stretch).toMatchObject({ outcome: "stopped", t: 3 });
    expect(stretch.x[0]).toBeCloseTo(Math.cos(3), 5);
  });

  test("says that a stiff problem is stiff, and soon", () => {
    const stiff = explicit(1, (t, [y], out) => {
      out[0] = -1e5 * (y! - Math.cos(t));
      return true;
    });
    const stretch = run(method, stiff, [1], [0, 1], { tellsStiff: true });
    expect(stretch.outcome).toBe("stiff");
    expect(stretch.cost.iterations).toBeLessThan(5000);
  });

  test("never takes values that are not finite", () => {
    const ends = explicit(1, (t, _y, out) => {
      out[0] = t < 0.5 ? 1 : Number.NaN;
      return true;
    });
    const stretch = run(method, ends, [0], [0, 1]);
    expect(stretch.outcome).toBe("diverged");
    expect(stretch.x[0]).toBeCloseTo(stretch.t, 9);
    expect(stretch.t).toBeGreaterThan(0.4);
    expect(stretch.t).toBeLessThan(0.5);
  });

  test("counts its steps against the number allowed", () => {
    expect(run(method, oscillator(1), [1, 0], [0, 1e4], { maxSteps: 50 }).outcome).toBe("too many steps");
  });
});

// Late in a run a short step is but some last digits of the time.
test.each(["trap", "ndf", "gear"])(
  "follows an edge of a nanosecond a second after the start by method=%s",
  async (method) => {
    const deck = (load: string) => `t
V1 1 0 pulse(0 1 1 1n 1n 1m 2m)
R1 1 2 1k
R2 2 0 1k
${load}.options method=${method}
.tran 0.2m 1.004
.measure tran high max v(2)
.measure tran flat find v(2) at=1.0005
`;
    for (const load of ["", "C2 2 0 1n\n"]) {
      const { diagnostics, measures } = await simulate(deck(load), { pictures: false });
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(measures[0]!.value).toBeCloseTo(0.5, 5);
      expect(measures[1]!.value).toBeCloseTo(0.5, 5);
    }
  },
);
