import { describe, expect, test } from "vitest";
import {
  chargedDiode,
  diode,
  diodeFor,
  resistiveChargedDiode,
  resistiveDiode,
} from "../src/devices/semiconductors/diode.js";

const values = Object.fromEntries(
  Object.entries(diode.parameters).map(([name, parameter]) => [name, parameter.default]),
) as { readonly [Name in keyof typeof diode.parameters]: number };
const vt = (1.380649e-23 / 1.602176634e-19) * 300.15;

function at(v: number, given: Partial<typeof values> = {}) {
  const out = { q: new Float64Array(2), f: new Float64Array(2), q_x: new Float64Array(4), f_x: new Float64Array(4) };
  chargedDiode.load(0, Float64Array.from([v, 0]), { ...values, gmin: 0, ...given }, out, 0);
  return { i: out.f[0]!, g: out.f_x[0]!, q: out.q[0]!, c: out.q_x[0]! };
}

describe("current", () => {
  test.each([-1, -0.1, -1e-6, 0, 1e-9, 0.02, 0.3, 0.6, 0.8])("is the exponential law at %d V", (v) => {
    const i = 1e-14 * Math.expm1(v / vt);
    expect(Math.abs(at(v).i - i)).toBeLessThanOrEqual(1e-13 * Math.abs(i));
  });

  test("grows by e for n·Vt, area times as large", () => {
    const [low, high] = [0.6, 0.6 + 2 * vt].map((v) => at(v, { n: 2, area: 3 }).i);
    expect(high! / low!).toBeCloseTo(Math.E, 4);
    expect(at(0.6, { n: 2, area: 3 }).i / at(0.6, { n: 2 }).i).toBeCloseTo(3, 12);
  });

  test("goes on along its tangent above ten kiloamperes, and stays finite for any iterate", () => {
    const edge = vt * Math.log(1e4 / 1e-14);
    expect(at(edge + 1).i).toBeCloseTo(1e4 * (1 + 1 / vt), 3);
    expect(Number.isFinite(at(1e5).i)).toBe(true);
    expect(at(edge + 1).g).toBeCloseTo(at(edge).g, 0);
  });

  test("breaks down at bv with the current ibv", () => {
    const given = { bv: 5, ibv: 1e-3 };
    expect(at(-5, given).i).toBeCloseTo(-1e-3, 9);
    expect(at(-5 - vt, given).i).toBeCloseTo(-1e-3 * Math.E, 8);
    expect(at(0, given).i).toBe(0);
    expect(Number.isFinite(at(-1e5, given).i)).toBe(true);
  });

  // ngspice 39 gives the same current at breakdown for area=1 and area=10, and three times that for m=3.
  test("breaks down with ibv whatever the area, and so many times as there are diodes", () => {
    const given = { bv: 5, ibv: 1e-3 };
    expect(at(-5, { ...given, area: 10 }).i).toBeCloseTo(-1e-3, 9);
    expect(at(-5, { ...given, area: 10, copies: 3 }).i).toBeCloseTo(-3e-3, 9);
    expect(at(0.6, { area: 10, copies: 3 }).i / at(0.6).i).toBeCloseTo(30, 10);
  });

  test("gmin lies beside the junction", () => {
    expect(at(-1, { gmin: 1e-9 }).i - at(-1).i).toBeCloseTo(-1e-9, 20);
  });

  test("obeys the temperature law: is·(T/Tnom)^(xti/n)·exp(eg/(n·Vt)·(T/Tnom − 1))", () => {
    const T = 350;
    const hot = 1e-14 * (T / 300.15) ** 3 * Math.exp(((T / 300.15 - 1) * 1.11) / ((vt * T) / 300.15));
    expect(at(-1, { temp: T }).i / -hot).toBeCloseTo(1, 10);
  });
});

describe("charge", () => {
  const given = { cjo: 2e-12, vj: 0.8, m: 0.4, tt: 5e-9 };

  test("is cjo/(1 − v/vj)^m of depletion below half the junction potential, and tt·i of diffusion", () => {
    for (const v of [-3, -0.2, 0, 0.3]) {
      expect(at(v, given).c).toBeCloseTo(2e-12 / (1 - v / 0.8) ** 0.4 + 5e-9 * at(v).g, 20);
    }
    expect(at(0, given).q).toBe(0);
  });

  test("is the integral of the capacitance across the bend", () => {
    const n = 20000;
    const [a, b] = [-1, 0.7];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += at(a + ((b - a) * (k + 0.5)) / n, given).c * ((b - a) / n);
    expect((at(b, given).q - at(a, given).q) / sum).toBeCloseTo(1, 5);
  });
});

test("a series resistance makes an inner node", () => {
  expect(diodeFor({ rs: 0, cjo: 0, tt: 0 })).toBe(diode);
  expect(diodeFor({ rs: 0, cjo: 1e-12, tt: 0 })).toBe(chargedDiode);
  expect(diodeFor({ rs: 5, cjo: 0, tt: 0 })).toBe(resistiveDiode);
  expect(diodeFor({ rs: 5, cjo: 0, tt: 1e-9 })).toBe(resistiveChargedDiode);
  // At the inner voltage where both currents agree the inner row is zero.
  const inner = 0.6;
  const i = at(inner).i;
  const out = { q: new Float64Array(3), f: new Float64Array(3), q_x: new Float64Array(9), f_x: new Float64Array(9) };
  resistiveDiode.load(0, Float64Array.from([inner + 5 * i, 0, inner]), { ...values, gmin: 0, rs: 5 }, out, 0);
  expect(Math.abs(out.f[2]!)).toBeLessThan(1e-12 * Math.abs(i) + 1e-16);
  expect(out.f[0]!).toBeCloseTo(i, 14);
});
