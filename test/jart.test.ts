import { describe, expect, test } from "vitest";
import { type Current, currentOf } from "../src/devices/memristors/jart-current.js";
import { simulate } from "../src/index.js";

// JART VCM v1b, written once more from its equations, with nothing of the device but its current in closed form; and that
// current against the root of the model's own equations.

const e = 1.602176634e-19;
const k = 1.380649e-23;
const h = 6.62607015e-34;
const eps0 = 8.8541878128e-12;
const electron = 9.1093837e-31;
const area = Math.PI * 45e-9 ** 2;
const ohmic = (length: number, n: number): number => length / (2 * e * n * 1e26 * 4e-6 * area);
const outer = (i: number): number => 650 + 719.2437 * (1 + 719.2437 * 3.92e-3 * 90471.47 * i ** 2);

/** The contact's current: thermionic emission for u > 0, field emission for u < 0, over a barrier that images lower. */
function contact(u: number, kelvin: number, n: number): number {
  const density = 2 * n * 1e26;
  const image = (e ** 3 * density * Math.max(0, 0.08 - u)) / (8 * Math.PI ** 2 * (5.5 * eps0) ** 3);
  const barrier = Math.max(0, 0.18 - image ** 0.25);
  const heat = k * kelvin;
  if (u > 0) return area * 6.01e5 * kelvin ** 2 * Math.exp((-e * barrier) / heat) * Math.expm1((e * u) / heat);
  const w00 = ((e * h) / (4 * Math.PI)) * Math.sqrt(density / (electron * 17 * eps0));
  const w0 = w00 / Math.tanh(w00 / heat);
  const steep = w00 / (w00 / heat - Math.tanh(w00 / heat));
  const front = Math.sqrt(Math.PI * w00 * e * (-u + barrier / Math.cosh(w00 / heat) ** 2));
  return ((-area * 6.01e5 * kelvin) / k) * front * Math.exp((-e * barrier) / w0) * Math.expm1((-e * u) / steep);
}

/** Where an increasing function passes 0 between two points. */
function root(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let n = 0; n < 50; n++) {
    const middle = (a + b) / 2;
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/** The current's size at ±w, on the branch that starts at 0 V: the temperature follows from the contact's voltage. */
function implicit(w: number, sign: number, n: number): number {
  const inner = ohmic(0.4e-9, n) + ohmic(2.6e-9, 20);
  const rth = 15.72e6 * (sign > 0 ? 0.27 : 1);
  const at = (kelvin: number): { v: number; i: number } => {
    const short = (u: number): number => {
      const i = Math.abs(contact(sign * u, kelvin, n));
      return 293 + rth * i * (u + i * inner) - kelvin;
    };
    let first = 0;
    while (short(first + 1e-3) < 0 && first < 2) first += 1e-3;
    const u = root(short, first, first + 1e-3);
    const i = Math.abs(contact(sign * u, kelvin, n));
    return { v: u + i * (inner + outer(i)), i };
  };
  return at(root((kelvin) => at(kelvin).v - w, 293, 4000)).i;
}

const out: Current = { j: 0, j_w: 0, j_n: 0 };
function closed(v: number, n: number): number {
  currentOf(Math.abs(v), n, v < 0, out);
  return Math.sign(v) * out.j;
}

describe("the current in closed form", () => {
  test.each([20, 5, 1, 0.1, 0.03])("lies within 8 %% of the root of the model's own equations: N = %f", (n) => {
    for (const sign of [1, -1]) {
      for (const w of [0.05, 0.2, 0.5, 0.8, 1.1, 1.4]) {
        expect(Math.abs((sign * closed(sign * w, n)) / implicit(w, sign, n) - 1), `${sign * w} V`).toBeLessThan(0.08);
      }
    }
  });

  test("rises with the voltage everywhere, and nowhere gives energy", () => {
    for (let n = 0.008; n <= 20; n *= 1.3) {
      for (let w = 0.01; w < 5; w += 0.01) {
        for (const closing of [true, false]) {
          currentOf(w, n, closing, out);
          expect(out.j, `${n}, ${w}`).toBeGreaterThan(0);
          expect(out.j_w, `${n}, ${w}`).toBeGreaterThan(0);
        }
      }
    }
  });
});

/** dN/dt as published. */
function rate(n: number, v: number): number {
  const i = closed(v, n);
  const inner = v - i * outer(i);
  const kelvin = 293 + 15.72e6 * (v > 0 ? 0.27 : 1) * i * inner;
  const field = v > 0 ? inner / 3e-9 : (i * ohmic(0.4e-9, n)) / 0.4e-9;
  const bow = (2 * 0.25e-9 * field) / (Math.PI * 1.35);
  const barrier = (g: number): number => 1.35 * (Math.sqrt(1 - g * g) - (g * Math.PI) / 2 + g * Math.asin(g));
  const hops = (g: number): number => Math.exp((-e * barrier(g)) / (k * kelvin));
  const room = v > 0 ? 1 - (0.008 / n) ** 10 : 1 - (n / 20) ** 10;
  return ((-(20 + n) / 2) * 0.25e-9 * 2e13 * room * (hops(bow) - hops(-bow))) / 0.4e-9;
}

/** Runge and Kutta's fourth-order steps until `end`, each moving N by half a percent at most. */
function integrate(n0: number, v: (t: number) => number, longest: number, end: (n: number, t: number) => boolean) {
  let [n, t] = [n0, 0];
  let before = { n, t };
  while (!end(n, t)) {
    before = { n, t };
    const k1 = rate(n, v(t));
    const step = Math.min(longest, (0.005 * n) / Math.abs(k1));
    const k2 = rate(n + (step * k1) / 2, v(t + step / 2));
    const k3 = rate(n + (step * k2) / 2, v(t + step / 2));
    const k4 = rate(n + step * k3, v(t + step));
    n += (step * (k1 + 2 * k2 + 2 * k3 + k4)) / 6;
    t += step;
  }
  return { n, t, before };
}

test("sets and resets on a ramp where the published equations do, integrated step by step", async () => {
  const { measures } = await simulate(`Ramps
.model m memristor(preset=jart2020)
V1 a 0 pwl(0 0 1.2 -1.2)
V2 b 0 pwl(0 0 1.2 1.2)
YMEMRISTOR m1 a 0 m x0=1
YMEMRISTOR m2 b 0 m x0=0
.temp 19.85
.tran 1m 1.2
.measure tran set find v(a) when n(m1:n)=1
.measure tran reset find v(b) when n(m2:n)=1
.end`);
  for (const [place, from, sign] of [
    [0, 0.008, -1],
    [1, 20, 1],
  ] as const) {
    const { n, t, before } = integrate(
      from,
      (time) => sign * time,
      1e-3,
      (at) => (sign < 0 ? at >= 1 : at <= 1),
    );
    const crossing = before.t + ((t - before.t) * (1 - before.n)) / (n - before.n);
    expect(Math.abs(measures[place]!.value! / (sign * crossing) - 1), `${measures[place]!.value}`).toBeLessThan(5e-4);
  }
});

test("reaches under a constant voltage what the published equations reach", async () => {
  const { measures } = await simulate(`Pulses
.model m memristor(preset=jart2020)
V1 a 0 -0.342
V2 b 0 0.7065
YMEMRISTOR m1 a 0 m x0=0.55
YMEMRISTOR m2 b 0 m x0=0.55
.temp 19.85
.tran 5u 1m
.measure tran set find n(m1:n) at=1m
.measure tran reset find n(m2:n) at=1m
.end`);
  const start = 20 * Math.exp(-0.55 * Math.log(2500));
  for (const [place, v] of [
    [0, -0.342],
    [1, 0.7065],
  ] as const) {
    const { n, t, before } = integrate(
      start,
      () => v,
      1e-6,
      (_, time) => time >= 1e-3,
    );
    const exact = before.n + ((n - before.n) * (1e-3 - before.t)) / (t - before.t);
    expect(Math.abs(measures[place]!.value! / exact - 1)).toBeLessThan(5e-4);
  }
});
