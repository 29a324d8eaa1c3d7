import { describe, expect, test } from "vitest";
import { StateMotion } from "../src/analysis/state-motion.js";
import { elaborate } from "../src/circuit/elaborate.js";
import { compile } from "../src/equations/compile.js";
import type { StepControl } from "../src/numerics/integrator.js";
import { bogackiShampine } from "../src/numerics/integrators/bogacki-shampine.js";
import type { ExplicitSystem } from "../src/numerics/system.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

describe("the pair of Bogacki and Shampine", () => {
  const explicit = (size: number, rate: ExplicitSystem["rate"]): ExplicitSystem => ({
    size,
    negligible: new Float64Array(size).fill(1e-12),
    rate,
  });
  const oscillator = explicit(2, (_t, y, out) => {
    out[0] = y[1]!;
    out[1] = -y[0]!;
    return true;
  });
  const run = (system: ExplicitSystem, y: number[], end: number, control: Partial<StepControl> = {}, stop?: number) => {
    const usual = { relative: 1e-8, maxStep: Number.POSITIVE_INFINITY, maxSteps: 1e6 };
    const steps = bogackiShampine.integrate(system, 0, Float64Array.from(y), end, { ...usual, ...control }, (step) =>
      stop !== undefined && step.t + step.h > stop ? stop : undefined,
    );
    for (;;) {
      const next = steps.next();
      if (next.done) return next.value;
    }
  };

  test("has the order that it states", () => {
    const error = (steps: number) =>
      Math.abs(run(oscillator, [1, 0], 3, { fixed: { step: 3 / steps, order: 3 } }).x[0]! - Math.cos(3));
    expect(Math.log2(error(100) / error(200))).toBeCloseTo(3, 1);
    const inside = (steps: number) =>
      Math.abs(run(oscillator, [1, 0], 3, { fixed: { step: 3 / steps, order: 3 } }, 2.005).x[0]! - Math.cos(2.005));
    expect(inside(200)).toBeLessThan(1e-6);
  });

  test("keeps to its tolerance, and takes one step where nothing bends", () => {
    expect(Math.abs(run(oscillator, [1, 0], 20).x[1]! + Math.sin(20))).toBeLessThan(1e-5);
    const even = explicit(1, (_t, _y, out) => out.fill(0.25).length > 0);
    const stretch = run(even, [1], 8);
    expect(stretch).toMatchObject({ outcome: "reached", t: 8, cost: { steps: 1, rejected: 0, iterations: 3 } });
    expect(stretch.x[0]).toBe(3);
  });

  test("a rate that ends, and steps that are used up, end the stretch", () => {
    const ends = explicit(1, (t, _y, out) => out.fill(1).length > 0 && t < 0.5);
    const stretch = run(ends, [0], 1);
    expect(stretch.outcome).toBe("diverged");
    expect(stretch.t).toBeLessThan(0.5);
    expect(stretch.x[0]).toBeCloseTo(stretch.t, 12);
    expect(run(oscillator, [1, 0], 1e4, { maxSteps: 50 }).outcome).toBe("too many steps");
  });
});

describe("states that move", () => {
  const system = (text: string) => {
    const source = new Source("deck", text);
    const complaints = new Complaints();
    const netlist = parseNetlist(source, { main: true }, complaints);
    return compile(elaborate(netlist, { source, found: complaints.all }).circuit);
  };
  // Linear drift: dx/dt = k·i, the same for all x.
  const memristor = system(`a memristor
I1 0 a 10u
YMEMRISTOR m1 a 0 hp x0=0.1
.model hp memristor(kind=linear_drift ron=100 roff=16k)
.op
`);
  const place = memristor.unknowns.findIndex(({ role }) => role === "state");

  test("by what drives them, to a wall and not beyond, and back", () => {
    const motion = StateMotion.of(memristor, "runs")!;
    const x = memristor.start();
    expect(motion.run(x, 3)).toBeUndefined();
    const moved = x[place]! - 0.1;
    expect(moved).toBeGreaterThan(0.01);
    expect(motion.run(x, 100 / moved)).toBeUndefined();
    expect(x[place]).toBe(1);
    memristor.override(0, "dc", -10e-6);
    expect(motion.run(x, 3)).toBeUndefined();
    expect(x[place]).toBeCloseTo(1 - moved, 12);
    memristor.override(0, "dc", 10e-6);
  });

  test("and end with the same bits however what was before is forgotten", () => {
    const [used, fresh] = [StateMotion.of(memristor, "runs")!, StateMotion.of(memristor, "runs")!];
    used.run(memristor.start(), 7);
    used.forget();
    const [a, b] = [memristor.start(), memristor.start()];
    used.run(a, 3);
    fresh.run(b, 3);
    expect(a).toEqual(b);
  });
});
