import { describe, expect, test } from "vitest";
import { type Result, Source, simulate } from "../src/index.js";

// Sweeps of what takes the netlist to be read anew: parameters, temperature, models.

const run = async (deck: string, options = {}) => {
  const { results, diagnostics, measures } = await simulate(`title\n${deck}\n.end\n`, { pictures: false, ...options });
  return { results, diagnostics, measures };
};
const only = async (deck: string): Promise<Result> => (await run(deck)).results[0]!;
const column = ({ columns }: Result, name: string) => [...columns.find((it) => it.name === name)!.values];

const diode = "V1 a 0 0.8\nR1 a b 1k\nD1 b 0 dm\n.model dm d(is=1e-14)";

describe("a sweep of the temperature", () => {
  test("gives what the circuit gives at each of them", async () => {
    const swept = await only(`${diode}\n.dc temp -40 110 50`);
    expect(column(swept, "temp")).toEqual([-40, 10, 60, 110]);
    const alone = await Promise.all(
      [-40, 10, 60, 110].map(async (temp) => column(await only(`${diode}\n.temp ${temp}\n.op`), "v(b)")[0]!),
    );
    for (const [k, v] of column(swept, "v(b)").entries()) expect(v).toBeCloseTo(alone[k]!, 12);
    expect(alone[3]!).toBeLessThan(alone[0]! - 0.1); // −1 to −2 mV/K, as junctions have it
  });

  test("may go round outside and inside of another, rows in the order of the card", async () => {
    const outside = await only(`${diode}\n.dc V1 0 1 0.5 temp list 0 50`);
    const inside = await only(`${diode}\n.dc temp list 0 50 V1 0 1 0.5`);
    expect(outside.columns.slice(0, 2).map(({ name }) => name)).toEqual(["temp", "v1"]);
    expect(column(outside, "temp")).toEqual([0, 0, 0, 50, 50, 50]);
    expect(column(outside, "v1")).toEqual([0, 0.5, 1, 0, 0.5, 1]);
    expect(column(inside, "v1")).toEqual([0, 0, 0.5, 0.5, 1, 1]);
    const [a, b] = [column(outside, "v(b)"), column(inside, "v(b)")];
    for (const [k, row] of [0, 2, 4, 1, 3, 5].entries()) expect(b[row]!).toBeCloseTo(a[k]!, 12);
  });
});

test("a sweep of a parameter reaches wherever it stands: nodes, conditions, values", async () => {
  const { results } = await run(
    ".param r=1k n=2\nV1 a 0 {n}\n.if (r>2k)\nR1 a b {r}\n.else\nR1 a b 500\n.endif\nR2 b 0 1k\n.dc param r 1k 3k 1k n list 1 2\n.op",
  );
  const [swept, after] = results as [Result, Result];
  const r1 = (r: number) => (r > 2000 ? r : 500);
  const expected = [1, 2].flatMap((n) => [1000, 2000, 3000].map((r) => (n * 1000) / (1000 + r1(r))));
  for (const [k, v] of column(swept, "v(b)").entries()) expect(v).toBeCloseTo(expected[k]!, 9);
  expect(column(after, "v(b)")[0]).toBeCloseTo(2 / 1.5, 9); // what stands behind knows of no sweep
});

const transistor = "Vd d 0 3\nVg g 0 1.5\nM1 d g 0 0 nm w=10u l=1u\n.model nm nmos(level=1 vto=0.7 kp=100u)";
const saturated = (vto: number) => 0.5 * 100e-6 * 10 * (1.5 - vto) ** 2; // Shichman and Hodges, without λ

test.each(["nmos nm(vto)", "nm:vto"])("a model's parameter is swept and stepped: %s", async (target) => {
  const swept = await only(`${transistor}\n.dc ${target} 0.4 0.8 0.2`);
  const stepped = await only(`${transistor}\n.op\n.step ${target} 0.4 0.8 0.2`);
  for (const result of [swept, stepped]) {
    expect(column(result, "nm.vto").map((vto) => Number(vto.toFixed(12)))).toEqual([0.4, 0.6, 0.8]);
    for (const [k, i] of column(result, "i(vd)").entries()) expect(-i).toBeCloseTo(saturated([0.4, 0.6, 0.8][k]!), 9); // gmin beside it
  }
});

test("every point of a sweep within a draw sees the same draw", async () => {
  const { results } = await run(
    ".param r={gauss(1k,0.1,1)} v=1\nV1 a 0 {v}\nR1 a 0 {r}\n.dc param v 1 3 1\n.mc 4 seed=3",
  );
  const [runs, i] = [column(results[0]!, "run"), column(results[0]!, "i(v1)")];
  const g = [1, 2, 3, 4].map((run) => i.filter((_, k) => runs[k] === run));
  for (const [first, second, third] of g) {
    expect(second! / first!).toBeCloseTo(2, 9);
    expect(third! / first!).toBeCloseTo(3, 9);
  }
  expect(new Set(g.map(([first]) => first)).size).toBe(4);
});

test("a circuit that is faulty at one value ends the sweep there, and says why", async () => {
  const { results, diagnostics } = await run(
    ".param r=2k\nV1 a 0 1\nR1 a b {r}\nD1 b 0 dm\n.model dm d(is={(r-1500)*1e-17})\n.dc param r 3k 1k -1k",
  );
  expect(column(results[0]!, "r")).toEqual([3000, 2000]);
  expect(results[0]!.ended).toBe("failed");
  expect(diagnostics.some(({ severity, code }) => severity === "error" && code === "parameter-range")).toBe(true);
});

describe("`repeat for` of a piecewise linear source", () => {
  const read = () => new Source("p.csv", "0,0\n1m,1\n2m,0\n");
  test.each([
    ["(0 0 1m 1 2m 0)", ""],
    ['file="p.csv"', " from a file"],
  ])("%s", async (points) => {
    const deck = `V1 a 0 pwl repeat for 3 ${points} endrepeat\nR1 a 0 1\n.tran 50u 8m\n.print tran v(a)`;
    const { results } = await run(deck, { read });
    const [t, v] = [column(results[0]!, "time"), column(results[0]!, "v(a)")];
    const triangle = (at: number) => (at >= 6e-3 ? 0 : 1 - Math.abs((at % 2e-3) / 1e-3 - 1));
    for (const [k, at] of t.entries()) expect(v[k]!).toBeCloseTo(triangle(at), 6);
  });
});
