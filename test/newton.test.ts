import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Equation, newton, newtonWorkspace } from "../src/numerics/newton.js";
import { newtonByFactors } from "../src/numerics/newton-by-factors.js";
import { written } from "./systems/problem.js";

const Is = 1e-14;
const Vt = 0.02585;

/** A diode's current and slope, its exponential continued as a straight line above 40 Vt. */
function diode(v: number): readonly [current: number, slope: number] {
  const u = v / Vt;
  const e = Math.exp(Math.min(u, 40));
  return u < 40 ? [Is * (e - 1), (Is * e) / Vt] : [Is * (e * (1 + u - 40) - 1), (Is * e) / Vt];
}

/** A source, a resistor and a diode in series: v(source), v(diode), i(source). */
const rectifier = (volts: number, ohms: number) =>
  written(
    3,
    (_t, [a, b, i], { f, G }) => {
      const g = 1 / ohms;
      const [current, slope] = diode(b!);
      f[0] = i! + g * (a! - b!);
      f[1] = g * (b! - a!) + current;
      f[2] = a! - volts;
      G(0, 0, g);
      G(0, 1, -g);
      G(0, 2, 1);
      G(1, 0, -g);
      G(1, 1, g + slope);
      G(2, 0, 1);
    },
    { negligible: [1e-6, 1e-6, 1e-12] },
  );

const control = { relative: 1e-6, maxIterations: 100 };
const still: Equation = { t: -Infinity };

describe("Newton's method", () => {
  test("finds a diode's point from nothing, whatever the source and the resistor", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -100, max: 1000, noNaN: true }),
        fc.double({ min: -1, max: 7, noNaN: true }),
        (volts, decade) => {
          const ohms = 10 ** decade;
          const x = new Float64Array(3);
          const found = newton(newtonWorkspace(rectifier(volts, ohms)), still, x, control);
          expect(found.outcome).toBe("found");
          const [current] = diode(x[1]!);
          const drop = x[0]! - x[1]! - ohms * current;
          return (
            x[0] === volts &&
            Math.abs(drop) <= 1e-6 * Math.abs(volts) + 1e-6 &&
            Math.abs(x[2]! + current) <= 1e-5 * Math.abs(current) + 1e-9 / ohms + 1e-12
          );
        },
      ),
      { seed: 1 },
    );
  });

  test("is exact for a linear problem in one step, and factors once", () => {
    const linear = written(2, (_t, [a, b], { f, G }) => {
      f[0] = 3 * a! + b! - 5;
      f[1] = a! - 2 * b! + 4;
      G(0, 0, 3);
      G(0, 1, 1);
      G(1, 0, 1);
      G(1, 1, -2);
    });
    const space = newtonWorkspace(linear);
    const x = Float64Array.of(100, -100);
    expect(newton(space, still, x, control).outcome).toBe("found");
    expect(x[0]).toBeCloseTo(6 / 7, 12);
    expect(x[1]).toBeCloseTo(17 / 7, 12);
    expect(space.matrix.factorizations).toBe(1);
  });

  test("solves α q + β + f = 0", () => {
    const cubic = written(1, (_t, [x], { q, f, C, G }) => {
      q[0] = x! ** 3;
      f[0] = x!;
      C(0, 0, 3 * x! * x!);
      G(0, 0, 1);
    });
    const x = Float64Array.of(5);
    expect(newton(newtonWorkspace(cubic), { t: 0, alpha: 2, beta: Float64Array.of(-18) }, x, control).outcome).toBe(
      "found",
    );
    expect(x[0]).toBeCloseTo(2, 9);
  });

  test("keeps what is held, and solves the rest", () => {
    const held = { mask: Uint8Array.of(0, 1, 0), x: Float64Array.of(0, 0.3, 0) };
    const x = new Float64Array(3);
    expect(newton(newtonWorkspace(rectifier(5, 1e3), [1]), { ...still, held }, x, control).outcome).toBe("found");
    expect(x[1]).toBe(0.3);
    expect(x[2]).toBeCloseTo(-4.7e-3, 9);
  });

  test("grounds a floating node through a shunt, and names it without one", () => {
    const floating = written(2, (_t, [a], { f, G }) => {
      f[0] = a! - 1;
      G(0, 0, 1);
    });
    const space = newtonWorkspace(floating, [0, 1]);
    expect(newton(space, still, new Float64Array(2), control)).toMatchObject({ outcome: "singular", column: 1 });
    const shunt = { rows: Int32Array.of(0, 1), conductance: 1 };
    const x = Float64Array.of(0, 7);
    expect(newton(space, { ...still, shunt }, x, control).outcome).toBe("found");
    expect([...x]).toEqual([0.5, 0]);
  });

  test("leads along f(x) = (1 − λ) f(x₀)", () => {
    const system = rectifier(50, 1);
    const space = newtonWorkspace(system);
    const x = Float64Array.of(1, 0.5, 0);
    system.load(-Infinity, x, space.at);
    const f0 = space.at.f.slice();
    for (const lambda of [0, 0.25, 0.5, 0.75, 1]) {
      const beta = f0.map((f) => -(1 - lambda) * f);
      expect(newton(space, { ...still, beta }, x, control).outcome).toBe("found");
      expect(x[0]).toBeCloseTo(1 + 49 * lambda, 6);
    }
  });

  test("tells the unknown that will not settle", () => {
    const hopeless = written(2, (_t, [a, b], { f, G }) => {
      f[0] = a! - 1;
      f[1] = b! * b! + 1;
      G(0, 0, 1);
      G(1, 1, 2 * b!);
    });
    expect(newton(newtonWorkspace(hopeless), still, Float64Array.of(0, 3), control)).toMatchObject({
      outcome: "diverged",
      worst: 1,
    });
  });

  test("tells the unknown whose equation is not finite", () => {
    const broken = written(2, (_t, [a, b], { f, G }) => {
      f[0] = a! - 1;
      f[1] = Math.log(b! - 1);
      G(0, 0, 1);
      G(1, 1, 1 / (b! - 1));
    });
    expect(newton(newtonWorkspace(broken), still, Float64Array.of(0, 0), control)).toMatchObject({
      outcome: "diverged",
      worst: 1,
    });
  });

  test("finds its way back from where values are not finite", () => {
    // The full step from 6 leads to where the logarithm is none.
    const steep = written(1, (_t, [x], { f, G }) => {
      f[0] = Math.log(x!);
      G(0, 0, 1 / x!);
    });
    const x = Float64Array.of(6);
    expect(newton(newtonWorkspace(steep), still, x, control).outcome).toBe("found");
    expect(x[0]).toBeCloseTo(1, 9);
  });

  test("keeps unknowns in their range", () => {
    const seen: number[] = [];
    const bounded = written(
      1,
      (_t, [x], { f, G }) => {
        seen.push(x!);
        f[0] = x! ** 3 - 0.001;
        G(0, 0, 3 * x! * x!);
      },
      { lower: [0.01], upper: [1] },
    );
    const x = Float64Array.of(0.02);
    expect(newton(newtonWorkspace(bounded), still, x, control).outcome).toBe("found");
    expect(x[0]).toBeCloseTo(0.1, 9);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0.01);
    expect(Math.max(...seen)).toBeLessThanOrEqual(1);
  });
});

describe("Newton's method by factors at hand", () => {
  /** A diode at a volt behind a kilohm is solved for, then the same at other volts. */
  const next = (volts: number) => {
    let source = 1;
    const near = (): ReturnType<typeof rectifier> => rectifier(source, 1000);
    const space = newtonWorkspace({ ...near(), load: (t, x, out) => near().load(t, x, out) });
    const x = new Float64Array(3);
    newton(space, still, x, control);
    const factored = space.matrix.factorizations;
    source = volts;
    const before = x.slice();
    const found = newtonByFactors(space, still, x, control);
    return { found, x, before, made: space.matrix.factorizations - factored };
  };

  test("finds the solution nearby without another factorisation", () => {
    const { found, x, made } = next(1.0001);
    expect(found?.outcome).toBe("found");
    expect(made).toBe(0);
    const afresh = new Float64Array(3);
    newton(newtonWorkspace(rectifier(1.0001, 1000)), still, afresh, control);
    for (const [i, value] of afresh.entries()) expect(Math.abs(x[i]! - value)).toBeLessThan(2e-6 * Math.abs(value));
  });

  test("gives up where they do not serve, and leaves x as it was", () => {
    const { found, x, before } = next(30);
    expect(found).toBeUndefined();
    expect(x).toEqual(before);
  });
});
