import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateInner, evaluateWindow } from "../src/devices/memristors/laws/windows.js";
import { closedDrift, linearDrift } from "../src/devices/memristors/linear-drift.js";
import { windows } from "../src/devices/memristors/windows.js";
import { simulate } from "../src/index.js";

// Windows that close at both walls: no state that is inside gets there, and all come back with the charge.

type Name = (typeof windows)[number];

const logit = (x: number) => Math.log(x / (1 - x));
const logistic = (y: number) => 1 / (1 + Math.exp(-y));

const inner = (name: Name, s: number, p: number, j = 1) => {
  const at = { f: 0, f_x: 0 };
  evaluateInner(windows.indexOf(name), s, p, j, at);
  return at.f;
};

/** A run with its columns by name. */
async function run(text: string) {
  const { results, measures, diagnostics } = await simulate(text);
  const columns = Object.fromEntries(results.flatMap((one) => one.columns.map(({ name, values }) => [name, values])));
  return { columns, measures, said: diagnostics.map(({ code }) => code) };
}

const exponent = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.6, max: 40, noNaN: true }));

describe("what is left of a window when x(1 − x) is taken out", () => {
  test.each(["strukov", "joglekar", "prodromakis"] as const)("%s is that times x(1 − x)", (name) => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), exponent, (x, p) => {
        const at = { f: 0, f_x: 0 };
        evaluateWindow(windows.indexOf(name), x, 1, p, 1.7, at);
        const s = x * (1 - x);
        expect(Math.abs(s * inner(name, s, p, 1.7) - at.f)).toBeLessThan(1e-13);
      }),
    );
  });

  test.each([
    ["joglekar", 4],
    ["prodromakis", 1],
  ] as const)("%s has all its digits at a wall: p·%i (1 − (p − 1)/2·c) there", (name, factor) => {
    for (const p of [1, 2, 2.5, 10, 17, 123.4]) {
      for (const s of [0, 1e-300, 1e-17, 1e-12, 1e-9]) {
        const c = factor * s;
        const cubic = ((p - 1) * (p - 2) * c * c) / 6;
        const exact = factor * p * (1 - ((p - 1) * c) / 2 + cubic);
        expect(Math.abs(inner(name, s, p) / exact - 1)).toBeLessThan(1e-14);
      }
    }
  });
});

test("both forms of linear drift are one law: dy/dt is dx/dt over x(1 − x)", () => {
  const values = { ron: 100, roff: 16e3, d: 10e-9, uv: 1e-14, j: 1.3, eta: -1, x0: 0.1 };
  const load = (device: typeof linearDrift | typeof closedDrift, state: number, v: number, given: object) => {
    const out = { q: new Float64Array(3), f: new Float64Array(3), q_x: new Float64Array(9), f_x: new Float64Array(9) };
    device.load(0, Float64Array.from([v, 0, state]), { ...values, ...given } as never, out, 0);
    return { i: out.f[0]!, rate: -out.f[2]! };
  };
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.double({ min: 0.1, max: 2, noNaN: true }),
      exponent,
      fc.constantFrom<Name>("strukov", "joglekar", "prodromakis"),
      (x, v, p, name) => {
        const given = { p, window: windows.indexOf(name) };
        const plain = load(linearDrift, x, v, given);
        const closed = load(closedDrift, logit(x), v, given);
        expect(closed.i / plain.i).toBeCloseTo(1, 12);
        const rate = closed.rate * x * (1 - x);
        expect(Math.abs(rate - plain.rate)).toBeLessThan(1e-12 * Math.abs((1e4 * 1.3 * v) / 100));
      },
    ),
  );
});

describe("the state is a function of the charge", () => {
  // p = 1: dx/dt = 4k·i·x(1 − x), so that logit(x) = logit(x0) + 4k·q, with k = uv·ron/d² = 1e4 per coulomb.
  const k = 1e4;

  test.each([
    ["gently", 1e-4, 1, "auto"],
    ["until 1 − x is 1e-27", 5e-3, 1, "auto"],
    ["until 1 − x has no number at all", 0.2, 1, "auto"],
    ["until 1 − x has no number at all, the implicit way", 0.2, 1, "ndf"],
    ["fast", 5, 1e3, "auto"],
    ["to the other wall", -5e-3, 1, "ndf"],
  ])("driven %s by a current of %f A at %f Hz (%s)", async (_, amplitude, frequency, method) => {
    const period = 1 / frequency;
    const { columns, said } = await run(`Charge
I1 0 a sin(0 ${amplitude} ${frequency})
YMEMRISTOR m1 a 0 hp x0=0.3
.model hp memristor(kind=linear_drift ron=100 roff=16k window=joglekar p=1)
.options method=${method}
.print tran x(m1) r(m1)
.tran ${period / 100} ${5 * period}
.end`);
    expect(said).toEqual([]);
    const { time, "x(m1)": x, "r(m1)": r } = columns as Record<string, Float64Array>;
    for (const [n, t] of time!.entries()) {
      const q = (amplitude / (2 * Math.PI * frequency)) * (1 - Math.cos(2 * Math.PI * frequency * t));
      const exact = logistic(logit(0.3) + 4 * k * q);
      expect(Math.abs(x![n]! - exact)).toBeLessThan(1e-4);
      expect(Math.abs(r![n]! / (100 * exact + 16e3 * (1 - exact)) - 1)).toBeLessThan(1e-3);
    }
  });

  test.each([
    ["joglekar", 1],
    ["joglekar", 2.5],
    ["joglekar", 10],
    ["prodromakis", 3],
  ])("%s, p = %f: driven hard for twenty periods, and back after each", async (window, p) => {
    const { columns, said } = await run(`Return
V1 a 0 sin(0 4 1)
YMEMRISTOR m1 a 0 hp x0=0.2
.model hp memristor(kind=linear_drift ron=100 roff=16k window=${window} p=${p})
.print tran x(m1)
.tran 0.5 20
.end`);
    expect(said).toEqual([]);
    const { time, "x(m1)": x } = columns as Record<string, Float64Array>;
    const at = (t: number) => x![time!.findIndex((one) => Math.abs(one - t) < 1e-9)]!;
    expect(at(0.5)).toBeGreaterThan(1 - 1e-12);
    for (let period = 1; period <= 20; period++) expect(Math.abs(at(period) - 0.2)).toBeLessThan(2e-5);
  });

  test("the flux law holds under a hard voltage: roff·Δy − (roff − ron)·Δln(1 + e^y) = 4k·φ", async () => {
    const { columns } = await run(`Flux
V1 a 0 sin(0 2 1)
YMEMRISTOR m1 a 0 hp x0=0.4
.model hp memristor(kind=linear_drift ron=100 roff=16k window=joglekar p=1)
.print tran x(m1)
.tran 1m 2
.end`);
    const { time, "x(m1)": x } = columns as Record<string, Float64Array>;
    const flux = (t: number) => (2 / (2 * Math.PI)) * (1 - Math.cos(2 * Math.PI * t));
    const left = (y: number) => 16e3 * y - 15.9e3 * (y > 30 ? y : Math.log1p(Math.exp(y)));
    // Where 1 − x can be read at all: ∂/∂y of the left side is the resistance.
    for (const [n, one] of x!.entries()) {
      if (one > 1 - 1e-9) continue;
      const miss = left(logit(one)) - left(logit(0.4)) - 4 * k * flux(time![n]!);
      const resistance = 100 * one + 16e3 * (1 - one);
      expect(Math.abs((miss / resistance) * one * (1 - one))).toBeLessThan(1e-4);
    }
  });
});

describe("a crossbar that is driven into its walls", () => {
  const deck = (options: string) => `three by three
.model hp memristor(kind=linear_drift ron=100 roff=16k d=10n mu=10f window=joglekar p=2)
V1 r1 0 sin(0 2.0 1)
V2 r2 0 sin(0 2.5 1)
V3 r3 0 sin(0 3.0 1)
.for i = 1 to 3
.for j = 1 to 3
YMEMRISTOR m{i}{j} r{i} c{j} hp x0={0.1+0.05*i+0.03*j}
.endfor
Rc{i} c{i} 0 100
.endfor
.options ${options}
.tran 5m 3
.print tran v(c1) v(c2) v(c3) x(m11) x(m22) x(m33)
.end`;
  const names = ["v(c1)", "v(c2)", "v(c3)", "x(m11)", "x(m22)", "x(m33)"];
  const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

  test.each(["auto", "ndf"])(
    "comes nearer to one solution with every reltol, and says nothing (%s)",
    async (method) => {
      const reference = await run(deck(`method=${method} reltol=1e-8`));
      let before = 1e-3;
      for (const reltol of [1e-3, 1e-4, 1e-6]) {
        const { columns, said } = await run(deck(`method=${method} reltol=${reltol}`));
        expect(said).toEqual([]);
        const errors = names.map((name) => {
          const exact = reference.columns[name]!;
          return largest(columns[name]!.map((value, n) => value - exact[n]!)) / largest(exact);
        });
        const error = Math.max(...errors);
        expect(error).toBeLessThan(before);
        before = error;
      }
    },
  );

  test("has every film back when the flux is", async () => {
    const { columns } = await run(deck(""));
    for (const [k, x0] of [0.18, 0.26, 0.34].entries()) {
      const x = columns[`x(m${k + 1}${k + 1})`]!;
      for (const n of [200, 400, 600]) expect(Math.abs(x[n]! - x0)).toBeLessThan(1e-5);
    }
  });
});

describe("whoever reads the state sees x", () => {
  test("signals, measures, sources, their derivatives", async () => {
    const { columns, measures, said } = await run(`Readers
V1 a 0 sin(0 1 1)
YMEMRISTOR m1 a 0 hp x0=0.1
.model hp memristor(kind=linear_drift ron=100 roff=16k window=joglekar p=2)
B1 b 0 v={x(m1)}
Rb b 0 1k
B2 c 0 v={n(m1:x)**2}
Rc c 0 1k
B3 d 0 v={ddt(x(m1))}
Rd d 0 1k
B4 e 0 v={1e3*i(m1)}
Re e 0 1k
.print tran x(m1) n(m1:x) v(b) v(c) v(d) v(e) i(m1) {16k-15.9k*x(m1)} r(m1)
.measure tran most max x(m1)
.measure tran rate deriv x(m1) at=0.2
.measure tran same find v(d) at=0.2
.tran 1m 1
.end`);
    expect(said).toEqual([]);
    const of = (name: string) => columns[name]!;
    const x = of("x(m1)");
    expect(x[0]).toBeCloseTo(0.1, 15);
    for (const [n, one] of x.entries()) {
      expect(of("n(m1:x)")[n]).toBe(one);
      expect(of("v(b)")[n]).toBeCloseTo(one, 6);
      expect(of("v(c)")[n]).toBeCloseTo(one ** 2, 6);
      expect(of("v(e)")[n]).toBeCloseTo(1e3 * of("i(m1)")[n]!, 6);
      expect(of("r(m1)")[n]! / of("{16k-15.9k*x(m1)}")[n]!).toBeCloseTo(1, 9);
    }
    const measured = Object.fromEntries(measures.map(({ name, value }) => [name, value]));
    expect(measured["most"]).toBeCloseTo(Math.max(...x), 6);
    expect(measured["same"]! / measured["rate"]!).toBeCloseTo(1, 3);
  });

  test.each([
    [0, 16e3],
    [1, 100],
  ])("at x0 = %i it stays for ever, and that is said", async (x0, r) => {
    const { columns, said } = await run(`Stuck
V1 a 0 sin(0 3 1)
YMEMRISTOR m1 a 0 hp x0=${x0}
.model hp memristor(kind=linear_drift ron=100 roff=16k window=joglekar p=2)
.print tran x(m1) r(m1)
.tran 10m 3
.end`);
    expect(said).toEqual(["stuck-state"]);
    expect(new Set(columns["x(m1)"])).toEqual(new Set([x0]));
    for (const one of columns["r(m1)"]!) expect(one / r).toBeCloseTo(1, 12);
  });

  test("a piece that is stuck at an end, or whose level is one, stands there to every digit", async () => {
    const { columns, said } = await run(`Pieces
V1 a 0 sin(0 3 1)
YMEMRISTOR stuck a 0 hp x0=0.3 stuck_on=1
YMEMRISTOR level a 0 hp x0=0.3 levels=2
YMEMRISTOR plain a 0 hp x0=0.3
.model hp memristor(kind=linear_drift ron=100 roff=16k window=joglekar p=2)
.print tran x(stuck) x(level) x(plain) r(stuck) r(level)
.tran 10m 1
.end`);
    expect(said).toEqual(["acts-in-training"]); // that levels bind writes, which only trainings make
    expect(new Set(columns["x(stuck)"])).toEqual(new Set([1]));
    expect(new Set(columns["x(level)"])).toEqual(new Set([0]));
    for (const r of columns["r(stuck)"]!) expect(r / 100).toBeCloseTo(1, 14);
    for (const r of columns["r(level)"]!) expect(r / 16e3).toBeCloseTo(1, 14);
    expect(Math.max(...columns["x(plain)"]!)).toBeGreaterThan(0.9);
    expect(columns["x(plain)"]!.at(-1)).toBeCloseTo(0.3, 4);
  });

  test("a film that forgets leaves the wall with its time constant", async () => {
    const { columns } = await run(`Forgets
I1 0 a pulse(5m 0 1 1u 1u 100 200)
YMEMRISTOR m1 a 0 hp x0=0.3 retention=0.5
.model hp memristor(kind=linear_drift ron=100 roff=16k window=joglekar p=1)
.print tran x(m1)
.tran 1m 3
.end`);
    // Without a current dx/dt = -x/0.5 s alone.
    const { time, "x(m1)": x } = columns as Record<string, Float64Array>;
    const from = time!.findIndex((t) => t >= 1.1);
    for (let n = from; n < time!.length; n += 100) {
      expect(x![n]! / (x![from]! * Math.exp(-(time![n]! - time![from]!) / 0.5))).toBeCloseTo(1, 4);
    }
    expect(x![from - 200]).toBeGreaterThan(0.9);
  });

  test("and one that starts a rounding error from a wall leaves it in its time", async () => {
    // logit(1e-300) = −690.8: 4k·q brings it to 0 when q = 17.27 mC.
    const { columns } = await run(`Late
I1 0 a 10m
YMEMRISTOR m1 a 0 hp x0=1e-300
.model hp memristor(kind=linear_drift ron=100 roff=16k window=joglekar p=1)
.print tran x(m1)
.measure tran half when x(m1)=0.5
.tran 10m 3 uic
.end`);
    const { time, "x(m1)": x } = columns as Record<string, Float64Array>;
    const half = time![x!.findIndex((one) => one > 0.5)]!;
    expect(Math.abs(half - 690.7755278982137 / (4e4 * 10e-3))).toBeLessThan(0.011);
  });
});
