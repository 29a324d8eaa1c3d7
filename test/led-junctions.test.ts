import { afterEach, expect, test, vi } from "vitest";
import { elaborate } from "../src/circuit/elaborate.js";
import { compile } from "../src/equations/compile.js";
import { type Result, simulate } from "../src/index.js";
import { linearization } from "../src/numerics/system.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

afterEach(() => void vi.unstubAllGlobals());

/** Diodes with and without charge and series resistance, one of them larger. */
const text = `junctions
V1 a 0 1
.model d D(is=1e-14)
.model c D(is=1e-13 rs=2 cjo=1p tt=1n)
D1 a b d
D2 b 0 c
D3 b c d area=3
R1 c 0 1k
.tran 1u 1m
.end`;

function systemOf() {
  const source = new Source("junctions.cir", text);
  const complaints = new Complaints();
  const netlist = parseNetlist(source, { main: true }, complaints);
  return compile(elaborate(netlist, { source, found: complaints.all }).circuit);
}

/** What is loaded at x with junctions at voltages, and the voltages that x has. */
function led(shift: number) {
  const system = systemOf();
  const junctions = system.junctions!;
  const x = Float64Array.from({ length: system.pattern.size }, (_, k) => 0.3 + 0.2 * Math.sin(k + 1));
  const voltage = new Float64Array(junctions.count);
  junctions.take(x, voltage);
  const at = linearization(system);
  junctions.load(
    0,
    x,
    voltage.map((v, k) => v + shift * (k + 1)),
    at,
  );
  const whole = linearization(system);
  system.load(0, x, whole);
  return { at, whole };
}

test("junctions that have arrived are loaded as they are", () => {
  const { at, whole } = led(0);
  for (const part of ["q", "f", "C", "G"] as const) {
    at[part].forEach((value, k) => {
      expect(Math.abs(value - whole[part][k]!)).toBeLessThanOrEqual(1e-12 * Math.abs(whole[part][k]!));
    });
  }
});

test("junctions on their way are continued along their tangents: f differs by the second order of what is left", () => {
  const difference = (shift: number): number => {
    const { at, whole } = led(shift);
    return Math.max(...at.f.map((value, k) => Math.abs(value - whole.f[k]!)));
  };
  expect(difference(1e-4) / difference(5e-5)).toBeGreaterThan(3.9);
  expect(difference(1e-4) / difference(5e-5)).toBeLessThan(4.1);
});

test.each([0, 0.05, -0.2])("to the last bit the same where code from text is forbidden: %s", (shift) => {
  const written = led(shift).at;
  vi.stubGlobal("Function", function forbidden() {
    throw new EvalError("no code from text here");
  });
  expect(led(shift).at).toEqual(written);
});

/** Diodes in a row under a sine, a megohm to ground behind each; their cards in a given order. */
const row = (order: readonly number[]): string => `a row
V1 n0 0 SIN(0 40 1k)
.model d D(is=1e-14)
${order.map((k) => `D${k} n${k} n${k + 1} d\nR${k} n${k + 1} 0 1meg`).join("\n")}
.save v(n3) v(n20)
.options reltol=0.1
.tran 2u 1m
.end`;

test("a row of diodes turns on in a few iterations, whatever the order of its cards", async () => {
  const order = [...Array(60).keys()];
  const runs = await Promise.all([order, order.toReversed()].map((one) => simulate(row(one))));
  for (const { results } of runs) {
    const { steps, rejected, iterations } = results[0]!.statistics as Required<Result["statistics"]>;
    expect(iterations / (steps + rejected)).toBeLessThan(8);
    expect(steps).toBeLessThan(350); // of 501 rows
  }
  const [there, back] = runs.map(({ results }) => results[0]!.columns.map(({ values }) => values as Float64Array));
  for (const k of [1, 2]) {
    const apart = there![k]!.map((v, row) => Math.abs(v - back![k]![row]!));
    expect(Math.max(...apart)).toBeLessThan(0.04);
  }
});

/** v with v/R = is·(exp((e − v)/Vt) − 1) + gmin·(e − v), by bisection. */
function rectified(e: number): number {
  const missing = (v: number): number => 1e-14 * Math.expm1((e - v) / 0.0258649) + 1e-12 * (e - v) - v / 1e3;
  let [low, high] = [Math.min(0, e), Math.max(0, e)];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (missing(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

test.each([0.1, 1e-2, 1e-3])(
  "what is read of a circuit without charges is as accurate as was asked: reltol=%s",
  async (reltol) => {
    const { results } = await simulate(`half a wave
V1 in 0 SIN(0 10 1k)
D1 in mid d
.model d D(is=1e-14)
R1 mid out 500
R2 out 0 500
.save v(out)
.options reltol=${reltol}
.tran 5u 3m
.end`);
    const [t, out] = results[0]!.columns.map(({ values }) => values as Float64Array);
    const errors = out!.map((v, k) => Math.abs(v - rectified(10 * Math.sin(2e3 * Math.PI * t![k]!)) / 2));
    expect(Math.max(...errors)).toBeLessThan(0.02 * reltol * 10);
    if (reltol === 0.1) expect(results[0]!.statistics.steps).toBeLessThan(0.6 * t!.length);
  },
);
