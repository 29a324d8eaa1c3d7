import { describe, expect, test } from "vitest";
import { chance } from "../src/devices/memristors/chance.js";
import { simulate } from "../src/index.js";

/** Largest distance between the distribution of a sample and that which it should have (Kolmogorov and Smirnov). */
function distance(sample: readonly number[], distribution: (x: number) => number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const n = sorted.length;
  return Math.max(...sorted.map((x, k) => Math.max((k + 1) / n - distribution(x), distribution(x) - k / n)));
}

/** What a sample of n exceeds once in a thousand. */
const rare = (n: number): number => 1.95 / Math.sqrt(n);

describe("draws by their number", () => {
  test("are uniform, along a stream and across streams, seeds", () => {
    const n = 4000;
    const numbers = Array.from({ length: n }, (_, k) => k);
    for (const sample of [
      numbers.map((k) => chance(1234567, 0, k)),
      numbers.map((k) => chance(k, 0, 3)),
      numbers.map((k) => chance(77, k, 0)),
    ]) {
      expect(distance(sample, (x) => x)).toBeLessThan(rare(n));
      expect(new Set(sample).size).toBe(n);
    }
  });

  test("do not tell the next one", () => {
    const n = 4000;
    const centred = Array.from({ length: n + 1 }, (_, k) => chance(99, 1, k) - 0.5);
    const product = centred.slice(1).reduce((sum, one, k) => sum + one * centred[k]!, 0) / n;
    expect(Math.abs(product)).toBeLessThan(4 / 12 / Math.sqrt(n));
  });
});

const cells = 60;

/** When each of many cells switches first. */
async function times(drive: string, stop: number, options: string): Promise<readonly number[]> {
  const { results } = await simulate(
    `Cells
.model m memristor(kind=stochastic von=0.05 voff=0.1 tauon=1e6 tauoff=1e3)
V1 a 0 ${drive}
.for k = 1 to ${cells}
YMEMRISTOR m{k} a 0 m
.endfor
.options ${options}
.print tran x(m*)
.tran ${stop / 1000} ${stop}
.end`,
    { pictures: false },
  );
  const [axis, ...rest] = results[0]!.columns;
  return rest.map(({ values }) => axis!.values[values.findIndex((x) => x > 0.5)] ?? Number.POSITIVE_INFINITY);
}

describe("waiting times", () => {
  const tau = 1e6 * Math.exp(-0.8 / 0.05);

  test("under a constant voltage are exponential, with the mean of the law", async () => {
    const found = await times("0.8", 8 * tau, "seed=1");
    expect(found).toHaveLength(cells);
    expect(distance(found, (t) => 1 - Math.exp(-t / tau))).toBeLessThan(rare(cells));
  });

  test("under a ramp have the distribution that the integral of the rate gives", async () => {
    const stop = 1;
    const found = await times(`pwl(0 0 ${stop} 0.9)`, stop, "seed=2");
    const hazard = (t: number) => ((0.05 * stop) / 0.9 / 1e6) * Math.expm1((0.9 * t) / stop / 0.05);
    expect(distance(found, (t) => 1 - Math.exp(-hazard(t)))).toBeLessThan(rare(cells));
  });

  test("are the same for the same seed, whatever the method and the tolerance, and others for another", async () => {
    const [one, again, other] = [
      await times("0.8", 4 * tau, "seed=5"),
      await times("0.8", 4 * tau, "seed=5 method=trap reltol=1e-4"),
      await times("0.8", 4 * tau, "seed=6"),
    ];
    for (const [k, t] of one.entries()) if (t < Infinity) expect(Math.abs(again[k]! - t)).toBeLessThan(0.01 * tau);
    expect(one.filter((t, k) => Math.abs(t - other[k]!) < 1e-3 * tau).length).toBeLessThan(cells / 10);
  });
});

test("a cell goes on under one voltage, off under the other, with each its own rate", async () => {
  const { results } = await simulate(
    `Long
.model m memristor(kind=stochastic von=0.05 voff=0.1 tauon=1e6 tauoff=1e3 seed=3)
V1 a 0 pulse(-1 0.9 0 1u 1u 0.25 0.5)
YMEMRISTOR m1 a 0 m x0=1
.print tran x(m1) r(m1) i(m1) v(a)
.tran 5m 20
.end`,
    { pictures: false },
  );
  const of = (name: string) => results[0]!.columns.find((it) => it.name === name)!.values;
  const [x, r, v] = [of("x(m1)"), of("r(m1)"), of("v(a)")];
  expect(new Set(x)).toEqual(new Set([0, 1]));
  for (const [n, one] of x.entries()) expect(r[n]).toBe(one > 0.5 ? 1e3 : 100e3);
  for (let n = 1; n < x.length; n++) {
    if (x[n]! > x[n - 1]!) expect(v[n]!).toBeGreaterThan(0);
    if (x[n]! < x[n - 1]!) expect(v[n]!).toBeLessThan(0);
  }
  // Half a period is 16 and 5 mean times: nearly every half wave ends with the state that it drives to.
  const flips = x.filter((one, n) => n > 0 && one !== x[n - 1]).length;
  expect(flips).toBeGreaterThan(70);
  expect(flips).toBeLessThanOrEqual(80);
});
