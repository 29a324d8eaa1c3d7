import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currentSource, dcOf, voltageSource } from "../src/devices/sources/independent.js";
import type { Waveform } from "../src/devices/sources/waveform.js";
import { am } from "../src/devices/sources/waveforms/am.js";
import { constant } from "../src/devices/sources/waveforms/constant.js";
import { exp } from "../src/devices/sources/waveforms/exp.js";
import { pulse } from "../src/devices/sources/waveforms/pulse.js";
import { pwl } from "../src/devices/sources/waveforms/pwl.js";
import { sffm } from "../src/devices/sources/waveforms/sffm.js";
import { sin } from "../src/devices/sources/waveforms/sin.js";
import { simulate } from "../src/index.js";

const plain = { v1: 0, v2: 1, td: 1, tr: 0.5, tf: 0.25, pw: 2, per: 5, count: 0 };
const times = (...list: number[]) => Float64Array.from(list);

/** All corners up to a time. */
function corners(waveform: Waveform, values: Record<string, number>, end: number): number[] {
  const found: number[] = [];
  for (let t = waveform.next(-10, values); t <= end; t = waveform.next(t, values)) found.push(t);
  return found;
}

describe("values against their definitions", () => {
  test("sin: offset before the delay, then a damped sine with a phase in degrees", () => {
    const values = { vo: 1, va: 2, freq: 50, td: 0.01, theta: 30, phase: 90, count: 0 };
    expect(sin.value(0, values)).toBeCloseTo(3, 14);
    const t = 0.0137;
    const since = t - 0.01;
    expect(sin.value(t, values)).toBeCloseTo(1 + 2 * Math.exp(-30 * since) * Math.cos(2 * Math.PI * 50 * since), 13);
    expect(sin.next(0, values)).toBe(0.01);
    expect(sin.next(0.01, values)).toBe(Number.POSITIVE_INFINITY);
    expect(sin.period(values)).toBe(0.02);
  });

  test("sin: so many periods, then the last value", () => {
    const values = { vo: 1, va: 2, freq: 50, td: 0.01, theta: 0, phase: 90, count: 1.5 };
    expect(sin.value(0.039, values)).toBeCloseTo(1 + 2 * Math.cos(2 * Math.PI * 50 * 0.029), 13);
    expect(sin.value(0.04, values)).toBeCloseTo(-1, 13);
    expect(sin.value(1, values)).toBeCloseTo(-1, 13);
    expect(sin.next(0.02, values)).toBe(0.04);
    expect(sin.next(0.04, values)).toBe(Number.POSITIVE_INFINITY);
  });

  test("sin: a late period is as exact as the first", () => {
    const values = { vo: 0, va: 1, freq: 1024, td: 0, theta: 0, phase: 0, count: 0 };
    expect(sin.value(1e5 + 1 / 4096, values)).toBe(sin.value(1 / 4096, values));
  });

  test("pulse: ramps between four corners, again every period", () => {
    for (const cycle of [0, 1, 7]) {
      const at = (t: number) => pulse.value(t + 5 * cycle, plain);
      expect([at(1), at(1.25), at(1.5), at(3), at(3.5), at(3.625), at(3.75), at(5)]).toEqual([
        0, 0.5, 1, 1, 1, 0.5, 0, 0,
      ]);
    }
    expect(pulse.value(-3, plain)).toBe(0);
    expect(corners(pulse, plain, 9)).toEqual([1, 1.5, 3.5, 3.75, 6, 6.5, 8.5, 8.75]);
  });

  test("pulse: no rise time is a jump, whose value is the one after it", () => {
    const values = { ...plain, tr: 0, tf: 0 };
    expect([pulse.value(1 - 1e-15, values), pulse.value(1, values)]).toEqual([0, 1]);
    expect([pulse.value(3 - 1e-15, values), pulse.value(3, values)]).toEqual([1, 0]);
    expect(corners(pulse, values, 9)).toEqual([1, 3, 6, 8]);
  });

  test("pulse: stops after so many pulses", () => {
    const values = { ...plain, tr: 0, tf: 0, count: 2 };
    expect(pulse.value(7, values)).toBe(1);
    expect(pulse.value(12, values)).toBe(0);
    expect(corners(pulse, values, 100)).toEqual([1, 3, 6, 8, 11]);
  });

  test("pulse: a step, where width and period are not given", () => {
    const values = { ...plain, tr: 0, pw: Number.POSITIVE_INFINITY, per: Number.POSITIVE_INFINITY };
    expect(pulse.value(1e9, values)).toBe(1);
    expect(corners(pulse, values, 1e12)).toEqual([1]);
    expect(pulse.period(values)).toBe(Number.POSITIVE_INFINITY);
  });

  test("exp: rise and fall", () => {
    const values = { v1: 1, v2: 3, td1: 1, tau1: 0.5, td2: 2, tau2: 0.25 };
    expect(exp.value(0.5, values)).toBe(1);
    expect(exp.value(1.5, values)).toBeCloseTo(1 + 2 * (1 - Math.exp(-1)), 14);
    expect(exp.value(3, values)).toBeCloseTo(1 + 2 * (1 - Math.exp(-4)) - 2 * (1 - Math.exp(-4)), 14);
    expect(corners(exp, values, 9)).toEqual([1, 2]);
  });

  test("sffm and am: their formulas", () => {
    const t = 0.0123;
    const fm = { vo: 0.5, va: 2, fc: 1000, mdi: 5, fs: 100, phasec: 0, phases: 0 };
    const angle = 2 * Math.PI * 1000 * t + 5 * Math.sin(2 * Math.PI * 100 * t);
    expect(sffm.value(t, fm)).toBeCloseTo(0.5 + 2 * Math.sin(angle), 12);
    const values = { va: 2, vo: 1.5, mf: 100, fc: 1000, td: 0.002 };
    const since = t - 0.002;
    const carrier = Math.sin(2 * Math.PI * 1000 * since);
    expect(am.value(t, values)).toBeCloseTo(2 * (1.5 + Math.sin(2 * Math.PI * 100 * since)) * carrier, 12);
    expect(am.value(0.001, values)).toBe(0);
  });
});

describe("pwl", () => {
  const ramp = pwl(times(1, 2, 4), times(3, 5, 1));

  test("straight lines, the end values outside", () => {
    expect([0, 1, 1.5, 2, 3, 4, 9].map((t) => ramp.value(t, {}))).toEqual([3, 3, 4, 5, 3, 1, 1]);
    expect(corners(ramp, {}, 99)).toEqual([1, 2, 4]);
  });

  test("two points at one time are a jump", () => {
    const jump = pwl(times(0, 1, 1, 2), times(0, 0, 1, 1));
    expect([jump.value(1 - 1e-15, {}), jump.value(1, {})]).toEqual([0, 1]);
  });

  test("a delay shifts the whole", () => {
    const late = pwl(times(1, 2, 4), times(3, 5, 1), { td: 10 });
    expect(late.value(11.5, {})).toBe(4);
    expect(corners(late, {}, 99)).toEqual([11, 12, 14]);
  });

  test("repeats from the given time on", () => {
    const again = pwl(times(0, 1, 2, 4), times(0, 3, 5, 1), { repeat: 1 });
    for (const t of [1.5, 2, 2.5, 3.999]) {
      expect(again.value(t + 3, {})).toBeCloseTo(again.value(t, {}), 12);
      expect(again.value(t + 300, {})).toBeCloseTo(again.value(t, {}), 9);
    }
    expect([again.value(4 - 1e-9, {}), again.value(4, {})].map((v) => Math.round(v))).toEqual([1, 3]);
    expect(corners(again, {}, 10)).toEqual([0, 1, 2, 4, 5, 7, 8, 10]);
    expect(again.period({})).toBe(3);
  });

  test("holds each value", () => {
    const steps = pwl(times(0, 1, 2), times(4, 5, 6), { hold: true });
    expect([0, 0.9, 1, 1.9, 2, 3].map((t) => steps.value(t, {}))).toEqual([4, 4, 5, 5, 6, 6]);
  });
});

describe("laws of corners", () => {
  const seconds = fc.double({ min: 1e-2, max: 3, noNaN: true });
  const values = fc.record({
    v1: fc.constant(0),
    v2: fc.constant(1),
    td: seconds,
    tr: fc.oneof(fc.constant(0), seconds),
    tf: fc.oneof(fc.constant(0), seconds),
    pw: seconds,
    per: fc.double({ min: 10, max: 20, noNaN: true }),
    count: fc.constant(0),
  });
  const start = fc.double({ min: 0, max: 1e4, noNaN: true });

  test("the next corner lies ahead, and between corners a pulse is a straight line", () => {
    fc.assert(
      fc.property(values, start, (given, t0) => {
        const a = pulse.next(t0, given);
        const b = pulse.next(a, given);
        expect(a).toBeGreaterThan(t0);
        expect(b).toBeGreaterThan(a);
        // As an analysis sees it: sixteen units in the last place within both corners.
        const margin = 16 * Number.EPSILON * b;
        if (b - a < 1e-2) return;
        const at = (part: number) => pulse.value(Math.min(b - margin, Math.max(a + margin, a + part * (b - a))), given);
        expect(at(0.5)).toBeCloseTo((at(0) + at(1)) / 2, 7);
        expect(at(0.25)).toBeCloseTo((3 * at(0) + at(1)) / 4, 7);
      }),
    );
  });

  test("just before a jump the old value, at it the new one, however late", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 100000 }), (given, n) => {
        const square = { ...given, tr: 0, tf: 0 };
        const rise = pulse.next(square.td + (n - 0.5) * square.per, square);
        const before = rise - 16 * Number.EPSILON * rise;
        expect([pulse.value(before, square), pulse.value(rise, square)]).toEqual([0, 1]);
        const fall = pulse.next(rise, square);
        expect([pulse.value(fall * (1 - 16 * Number.EPSILON), square), pulse.value(fall, square)]).toEqual([1, 0]);
      }),
    );
  });
});

describe("independent sources", () => {
  const x = Float64Array.from([0, 0, 0]);
  const out = () => ({
    q: new Float64Array(3),
    f: new Float64Array(3),
    q_x: new Float64Array(9),
    f_x: new Float64Array(9),
  });
  const values = { dc: 7, vo: 1, va: 2, freq: 50, td: 0, theta: 0, phase: 30, count: 0 };

  test("give their DC value in a static analysis and the waveform in time", () => {
    for (const [t, value] of [
      [Number.NEGATIVE_INFINITY, 7],
      [0, sin.value(0, values)],
      [0.003, sin.value(0.003, values)],
    ] as const) {
      const [voltage, current] = [out(), out()];
      voltageSource(sin as Waveform).load(t, x, values, voltage, 0);
      currentSource(sin as Waveform).load(t, x, values, current, 0);
      expect(voltage.f[2]).toBe(-value);
      expect([...current.f.subarray(0, 2)]).toEqual([value, -value]);
    }
    expect(dcOf(sin as Waveform, values)).toBeCloseTo(2, 14);
  });

  test("are one device a waveform", () => {
    expect(voltageSource(sin as Waveform)).toBe(voltageSource(sin as Waveform));
    expect(dcOf(constant as Waveform, { dc: 3 })).toBe(3);
  });
});

test("a delay so many periods away that the phase is lost ends the run with a word", async () => {
  const deck = "t\nV1 a 0 pulse(0 1 -1e308 1m 1m 1 2)\nR1 a 0 1k\n.tran 1m 2\n";
  const { results, diagnostics } = await simulate(deck, { pictures: false });
  expect(results.map(({ ended }) => ended)).toEqual(["failed"]);
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code)).toEqual(["lost-time"]);
});
