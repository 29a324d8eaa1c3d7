import { describe, expect, test } from "vitest";
import { type Simulation, simulate } from "../src/index.js";

// `.four` and its measures against series in closed form.

const run = (text: string): Promise<Simulation> => simulate(`title\n${text}\n`, { pictures: false });

const columnOf = ({ results }: Simulation, table: string, name: string): Float64Array => {
  const columns = results[0]!.tables?.find((it) => it.name === table)?.columns ?? [];
  const column = columns.find((it) => it.name === name);
  if (column === undefined) throw new Error(`no column ${name} of ${table} among ${columns.map((it) => it.name)}`);
  return column.values;
};

describe(".four", () => {
  test("of a square wave is 4/(πn) for odd n, of a triangle 8/(πn)²", async () => {
    const found = await run(
      "V1 a 0 pulse(-1 1 0 0 0 0.5m 1m)\nV2 b 0 pulse(-1 1 0 0.5m 0.5m 0 1m)\nR1 a 0 1\nR2 b 0 1\n.tran 2u 3m\n.four 1k 15 v(a) v(b)",
    );
    const [square, triangle] = ["mag(v(a))", "mag(v(b))"].map((name) => columnOf(found, "four", name));
    for (let n = 1; n <= 15; n++) {
      expect(Math.abs(square![n]! - (n % 2 ? 4 / (Math.PI * n) : 0))).toBeLessThan(1e-9);
      expect(Math.abs(triangle![n]! - (n % 2 ? 8 / (Math.PI * n) ** 2 : 0))).toBeLessThan(1e-9);
    }
    expect([...columnOf(found, "four", "frequency")].slice(0, 3)).toEqual([0, 1000, 2000]);
  });

  test("takes mean, magnitude and phase of a sum of sines apart, over several periods as over the last", async () => {
    const found = await run(
      "V1 a b sin(0.25 1 1k 0 0 30)\nV2 b c sin(0 0.1 2k 0 0 -60)\nV3 c 0 sin(0 0.05 3k)\nR1 a 0 1\n.options reltol=1e-6\n.tran 1u 4m\n.four 1k v(a)\n.four 1k 3 -1 v(a)\n.measure tran d thd v(a) freq=1k harmonics=3\n.measure tran h harmonic v(a) n=2 freq=1k periods=3",
    );
    for (const table of ["four", "four.2"]) {
      const [magnitude, phase] = ["mag(v(a))", "phase(v(a))"].map((name) => columnOf(found, table, name));
      [0.25, 1, 0.1, 0.05].forEach((size, n) => {
        expect(Math.abs(magnitude![n]! - size)).toBeLessThan(1e-6);
      });
      [30, -60, 0].forEach((angle, k) => {
        expect(Math.abs(phase![k + 1]! - angle)).toBeLessThan(1e-3);
      });
      expect(columnOf(found, `${table}.thd`, "thd(v(a))")[0]!).toBeCloseTo(Math.hypot(0.1, 0.05), 6);
    }
    expect(found.measures[0]!.value).toBeCloseTo(Math.hypot(0.1, 0.05), 6);
    expect(found.measures[1]!.value).toBeCloseTo(0.1, 6);
  });

  test("of a run that is shorter than a period finds nothing, and says so", async () => {
    const { results, diagnostics } = await run("V1 a 0 sin(0 1 1k)\nR1 a 0 1\n.tran 1u 0.9m\n.four 1k v(a)");
    expect(results[0]!.tables).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["no-whole-period"]);
  });
});
