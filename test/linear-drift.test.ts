import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateWindow } from "../src/devices/memristors/laws/windows.js";
import { linearDrift } from "../src/devices/memristors/linear-drift.js";
import { windows } from "../src/devices/memristors/windows.js";

const values = { ron: 100, roff: 16e3, d: 10e-9, uv: 1e-14, p: 1, j: 1, eta: 1, window: 0, x0: 0.1 };

/** Current and drift of the state. */
function at(x: number, v: number, given: Partial<typeof values> = {}) {
  const out = { q: new Float64Array(3), f: new Float64Array(3), q_x: new Float64Array(9), f_x: new Float64Array(9) };
  linearDrift.load(0, Float64Array.from([v, 0, x]), { ...values, ...given }, out, 0);
  return { i: out.f[0]!, rate: -out.f[2]! };
}

function windowAt(name: (typeof windows)[number], x: number, drift: number, p: number, j = 1): number {
  const point = { f: 0, f_x: 0 };
  evaluateWindow(windows.indexOf(name), x, drift, p, j, point);
  return point.f;
}

describe("windows against their definitions", () => {
  const x = fc.double({ min: 0, max: 1, noNaN: true });
  const p = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0.6, max: 9, noNaN: true }));

  test.each([
    ["none", () => 1],
    ["strukov", (x) => x * (1 - x)],
    ["joglekar", (x, p) => 1 - Math.abs(2 * x - 1) ** (2 * p)],
    ["prodromakis", (x, p) => 1.7 * (1 - ((x - 0.5) ** 2 + 0.75) ** p)],
  ] as [(typeof windows)[number], (x: number, p: number) => number][])("%s", (name, definition) => {
    fc.assert(
      fc.property(x, p, (x, p) => {
        for (const drift of [-1, 1]) expect(windowAt(name, x, drift, p, 1.7)).toBeCloseTo(definition(x, p), 12);
      }),
    );
  });

  test.each([
    ["biolek", (u, p) => 1 - Math.abs(u) ** (2 * p)],
    ["zha", (u, p) => 1.7 * (1 - (u ** 2 / 4 + 0.75) ** p)],
  ] as [(typeof windows)[number], (u: number, p: number) => number][])("%s looks at the drift", (name, definition) => {
    fc.assert(
      fc.property(x, p, (x, p) => {
        expect(windowAt(name, x, 1, p, 1.7)).toBeCloseTo(definition(x, p), 12);
        expect(windowAt(name, x, -1, p, 1.7)).toBeCloseTo(definition(x - 1, p), 12);
      }),
    );
  });

  test("outside its walls a state has the window of the wall", () => {
    for (const name of windows) {
      for (const drift of [-1, 1]) {
        expect(windowAt(name, 1.3, drift, 2)).toBe(windowAt(name, 1, drift, 2));
        expect(windowAt(name, -0.2, drift, 2)).toBe(windowAt(name, 0, drift, 2));
      }
    }
  });
});

describe("directions", () => {
  test("positive current raises the state, and lowers the resistance", () => {
    expect(at(0.3, 1).rate).toBeGreaterThan(0);
    expect(at(0.6, 1).i).toBeGreaterThan(at(0.3, 1).i);
  });

  test("k = uv·ron/d² is 1e4 per coulomb with the defaults", () => {
    const { i, rate } = at(0.3, 1);
    expect(rate / i).toBeCloseTo(1e4, 8);
  });

  test.each(["biolek", "zha"] as const)("%s stops at the wall it is driven into and comes off at once", (name) => {
    for (const eta of [-1, 1]) {
      const given = { window: windows.indexOf(name), p: 2, eta };
      expect(at(1, eta, given).rate).toBe(0); // pressed against the upper wall
      expect(at(1, -eta, given).rate).toBeLessThan(0); // and back
      expect(at(0, -eta, given).rate + 0).toBe(0);
      expect(at(0, eta, given).rate).toBeGreaterThan(0);
    }
  });

  test("the other polarity under the other voltage is the same device, mirrored", () => {
    for (const window of windows.keys()) {
      const one = at(0.3, 0.7, { window, p: 2 });
      const other = at(0.3, -0.7, { window, p: 2, eta: -1 });
      expect(other.rate).toBe(one.rate);
      expect(other.i).toBe(-one.i);
    }
  });
});

test("resistance and power can be asked for, also at no voltage", () => {
  const [r, p] = ["r", "p"].map((name) => linearDrift.observables!.find((it) => it.name === name));
  const x = Float64Array.from([0, 0, 0.25]);
  const R = 100 * 0.25 + 16e3 * 0.75;
  expect(r!.of(x, values, 0)).toBeCloseTo(R, 8);
  expect(p!.of(x, values, 0)).toBe(0);
  x[0] = 2;
  expect(r!.of(x, values, 0)).toBeCloseTo(R, 8);
  expect(p!.of(x, values, 0)).toBeCloseTo(4 / R, 15);
});
