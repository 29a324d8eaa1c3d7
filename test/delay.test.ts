import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

/** The rows of a run, by the names of its columns. */
async function run(cards: string, card = 0) {
  const { results, diagnostics } = await simulate(`t\n${cards}\n`, { pictures: false });
  expect(diagnostics.filter(({ severity }) => severity !== "note")).toEqual([]);
  const { columns, ended } = results[card]!;
  expect(ended).toBe("complete");
  const [axis, ...others] = columns;
  return { t: axis!.values, of: (name: string) => others.find((column) => column.name === name)!.values };
}

/** The largest distance between a column and what it must be. */
const distance = (t: Float64Array, values: Float64Array, truth: (t: number) => number): number =>
  values.reduce((most, value, k) => Math.max(most, Math.abs(value - truth(t[k]!))), 0);

/** The values of a column at a time: two where it jumps. */
const sides = (t: Float64Array, values: Float64Array, when: number): readonly number[] =>
  [...values].filter((_, k) => Math.abs(t[k]! - when) < 1e-12);

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** x' = −x(t − 1) with x = 1 up to 0, by the method of steps: Σ (−1)ᵏ (t − k + 1)ᵏ/k!, k up to ⌊t⌋ + 1. */
const bySteps = (t: number): number =>
  Array.from({ length: Math.floor(t) + 2 }, (_, k) => ((-1) ** k * (t - k + 1) ** k) / factorial(k)).reduce(
    (sum, term) => sum + term,
    0,
  );

const feedback = (k: string) => `C1 x 0 1 ic=1\nG1 x 0 value={${k}*delay(v(x),1)}`;

describe("a delay", () => {
  test("of a sine drives an RC", async () => {
    const { t, of } = await run(`.options reltol=1e-6
V1 in 0 sin(0 1 1k)
B1 d 0 v={delay(v(in),0.3m)}
R1 d out 1k
C1 out 0 100n
.tran 10u 4m`);
    const [td, a, w] = [0.3e-3, 1e4, 2e3 * Math.PI];
    const sine = (s: number) => (s <= 0 ? 0 : Math.sin(w * s));
    const driven = (s: number) =>
      s <= 0 ? 0 : (a / (a * a + w * w)) * (a * Math.sin(w * s) - w * Math.cos(w * s) + w * Math.exp(-a * s));
    expect(distance(t, of("v(d)"), (s) => sine(s - td))).toBeLessThan(1e-5);
    expect(distance(t, of("v(out)"), (s) => driven(s - td))).toBeLessThan(1e-5);
  });

  test("of a pulse jumps where the pulse does, later; two delays in one expression, within a subcircuit", async () => {
    const { t, of } = await run(`.param near=0.7m
V1 in 0 pulse(0 1 1m 0 0 2m 10m)
.subckt line a b far=1m
.func later(s) {delay(v(a),s)}
B1 b 0 v={later(near)+2*later(far)}
.ends
X1 in d line far=1.9m
Rd d 0 1k
.tran 0.5m 8m`);
    const d = of("v(d)");
    expect(sides(t, d, 1.7e-3)).toEqual([0, 1]);
    expect(sides(t, d, 2.9e-3)).toEqual([1, 3]);
    expect(sides(t, d, 3.7e-3)).toEqual([3, 2]);
    expect(sides(t, d, 4.9e-3)).toEqual([2, 0]);
    expect([...d].every((value) => [0, 1, 2, 3].includes(value))).toBe(true);
  });

  test.each(["ndf", "trap", "gear"])("in a loop follows the method of steps, by %s", async (method) => {
    const { t, of } = await run(`.options reltol=1e-6 method=${method}\n${feedback("1")}\n.tran 0.05 10`);
    expect(distance(t, of("v(x)"), bySteps)).toBeLessThan(1e-5);
  });

  test("in a loop of gain π/2 oscillates for ever", async () => {
    const { t, of } = await run(`.options reltol=1e-6\n${feedback("pi/2")}\n.tran 0.1 60 20`);
    // The residues of the pair of poles at ±iπ/2; all others have died away, by more than e^(−1.6 t).
    const w = Math.PI / 2;
    const steady = (s: number) => (2 * (w * Math.cos(w * s) - Math.sin(w * s))) / (1 + w * w);
    expect(distance(t, of("v(x)"), steady)).toBeLessThan(1e-5);
  });

  test("without a charge in its loop echoes every jump", async () => {
    const { t, of } = await run(`V1 in 0 pulse(0 1 0 0 0 0.3m 1m)
B1 y 0 v={v(in)+0.5*delay(v(y),1m)}
R1 y 0 1k
.tran 0.1m 12m`);
    for (let n = 1; n < 12; n++) {
      const height = 2 - 2 ** -n;
      const [before, after] = sides(t, of("v(y)"), n * 1e-3) as [number, number];
      expect(before).toBeCloseTo(0, 9);
      expect(after).toBeCloseTo(height, 9);
      expect(sides(t, of("v(y)"), n * 1e-3 + 0.3e-3)[0]).toBeCloseTo(height, 9);
    }
  });

  test("of an event that the circuit makes itself comes again too", async () => {
    const { t, of } = await run(`V1 in 0 pwl(0 0 1m 1)
B1 s 0 v={v(in)>0.4 ? 2 : -2}
B2 d 0 v={delay(v(s),0.25m)}
R1 d 0 1k
R2 s 0 1k
.tran 0.1m 1m`);
    const [before, after] = sides(t, of("v(d)"), 0.65e-3) as [number, number];
    expect(before).toBeCloseTo(-2, 6);
    expect(after).toBeCloseTo(2, 6);
  });

  test("of a product of signals, and of time", async () => {
    const { t, of } = await run(`.options reltol=1e-6
V1 a 0 sin(0 1 1k)
B1 d 0 v={delay(v(a)*v(a)*time,1m)}
R1 d 0 1k
.tran 10u 3m`);
    const truth = (s: number) => (s <= 0 ? 0 : Math.sin(2e3 * Math.PI * s) ** 2 * s);
    expect(distance(t, of("v(d)"), (s) => truth(s - 1e-3))).toBeLessThan(3e-8);
  });

  test("by nothing is the quantity itself, and so is every delay where nothing moves", async () => {
    const cards = `V1 a 0 3
R1 a b 1k
D1 b 0 dm
.model dm d
B1 c 0 v={delay(v(b)+1,1m)-v(b)}
B2 d 0 v={delay(v(b),0)-v(b)}
Rc c 0 1k
Rd d 0 1k`;
    for (const analysis of [".op", ".dc V1 1 3 1", ".tran 1m 5m"]) {
      const { of } = await run(`${cards}\n${analysis}`);
      expect(of("v(c)").every((value) => Math.abs(value - 1) < 1e-9)).toBe(true);
      expect(of("v(d)").every((value) => Math.abs(value) < 1e-12)).toBe(true);
    }
  });

  test("knows nothing of the run before", async () => {
    const cards = `${feedback("1")}\n.tran 0.1 3\n.tran 0.1 3`;
    const [first, second] = [await run(cards, 0), await run(cards, 1)];
    expect(second.of("v(x)")).toEqual(first.of("v(x)"));
  });

  test("of a long line of cells is as exact as that of one", async () => {
    const cells = Array.from(
      { length: 20 },
      (_, k) => `B${k} n${k + 1} 0 v={delay(v(n${k}),50u)}\nR${k} n${k + 1} 0 1k`,
    );
    const { t, of } = await run(`.options reltol=1e-6\nV1 n0 0 sin(0 1 1k)\n${cells.join("\n")}\n.tran 20u 3m`);
    const truth = (s: number) => (s <= 0 ? 0 : Math.sin(2e3 * Math.PI * s));
    expect(distance(t, of("v(n20)"), (s) => truth(s - 1e-3))).toBeLessThan(1e-5);
  });
});
