import { describe, expect, test } from "vitest";
import type { Activation } from "../src/devices/perceptrons/activation.js";
import { byLaw, hp, hpDifferential, plainActivations } from "../src/devices/perceptrons/activations.js";
import { call, number } from "../src/expressions/formula.js";
import { compileFormula } from "../src/expressions/forward-ad.js";

const at = (activation: Activation, u: number, b: number): readonly [phi: number, byU: number, byB: number] => {
  const out = new Float64Array(3);
  activation.load(u, b, out);
  return [out[0]!, out[1]!, out[2]!];
};

// u·b + sin(u)
const written = byLaw(
  compileFormula(
    call(
      "+",
      call("*", { kind: "input", index: 0 }, { kind: "input", index: 1 }),
      call("sin", { kind: "input", index: 0 }),
    ),
    2,
  ),
);
const all = [...plainActivations, hp(6, 0.01), hp(1.5, 0.2), hpDifferential(4), written];

describe.each(all.map((it, k) => [`${k} ${it.name}`, it] as const))("%s", (_, activation) => {
  test("states its slopes", () => {
    const h = 1e-5;
    for (let u = -9.87; u < 10; u += 0.613) {
      for (const b of [-0.7, 0, 1.3]) {
        const [, byU, byB] = at(activation, u, b);
        const slope = (at(activation, u + h, b)[0] - at(activation, u - h, b)[0]) / (2 * h);
        const slopeB = (at(activation, u, b + h)[0] - at(activation, u, b - h)[0]) / (2 * h);
        expect(Math.abs(slope - byU)).toBeLessThan(1e-8 * (1 + Math.abs(byU)));
        expect(Math.abs(slopeB - byB)).toBeLessThan(1e-8 * (1 + Math.abs(byB)));
      }
    }
  });
});

test("the logistic function keeps the digits of its slope where it is 1 itself", () => {
  expect(at(plainActivations[0]!, 50, 0)[1] / Math.exp(-50)).toBeCloseTo(1, 12);
  expect(at(plainActivations[0]!, -800, 0).every(Number.isFinite)).toBe(true);
  expect(at(plainActivations[1]!, 30, 0)[1] / (4 * Math.exp(-60))).toBeCloseTo(1, 12);
});

test("an expression of the netlist is a function of u and b", () => {
  expect(at(written, 2, 3)[0]).toBe(6 + Math.sin(2));
  expect(at(byLaw(compileFormula(number(0.5), 2)), 2, 3)).toEqual([0.5, 0, 0]);
});

/**
 * The HP memristor in SI units, dγ/dt = mu·Ron/D·I with γ in [0, D], driven by a constant current for t; the classical
 * fourth-order rule is exact for a drift that is constant up to a wall.
 */
function drivenFilm(current: number, time: number, start: number): number {
  const { d, mu, ron } = film;
  let gamma = start;
  const steps = 1000;
  for (let k = 0; k < steps; k++) {
    gamma = Math.min(d, Math.max(0, gamma + ((mu * ron) / d) * current * (time / steps)));
  }
  return gamma;
}
const film = { d: 1e-8, mu: 1e-14, ron: 1, roff: 100 };
const memristance = (gamma: number): number => (film.ron * gamma + film.roff * (film.d - gamma)) / film.d;

test("the closed form of the HP node is what the device in SI units comes to", () => {
  const [w, t] = [6, 1];
  const { d, mu, ron, roff } = film;
  const iu = (d * d) / (2 * w * mu * ron) / t;
  const vu = (roff * iu) / 2;
  expect(iu * t).toBeCloseTo(8.33e-4, 6);
  expect(vu).toBeCloseTo(41.7e-3, 4);
  const node = hp(w, ron / roff);
  for (const b of [-2, 0, 1.5]) {
    for (let u = -9; u <= 9; u += 0.75) {
      const gamma = drivenFilm(u * iu, t, d / 2 + (b * d) / (2 * w));
      expect(Math.abs((memristance(gamma) * u * iu) / vu - at(node, u, b)[0])).toBeLessThan(1e-11);
    }
  }
});

test("the closed form of the differential node is what two devices in SI units come to", () => {
  const [w, t] = [4, 1];
  const { d, mu, ron, roff } = film;
  const iu = (d * d) / (2 * w * mu * ron) / t;
  const vu = ((roff - ron) * iu) / 2;
  expect(iu * t).toBeCloseTo(1.25e-3, 9);
  expect(vu).toBeCloseTo(61.9e-3, 4);
  for (let u = -6; u <= 6; u += 0.5) {
    const gamma = drivenFilm(u * iu, t, d / 2);
    const v = (memristance(d / 2) - memristance(gamma)) * u * iu;
    expect(Math.abs(v / vu - at(hpDifferential(w), u, 0)[0])).toBeLessThan(1e-11);
    expect(at(hpDifferential(w), u, 0)[0]).toBeCloseTo((u / w) * Math.min(w, Math.max(-w, u)), 14);
  }
});
