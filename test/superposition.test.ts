import { describe, expect, test } from "vitest";
import { Source, simulate } from "../src/index.js";
import { Random } from "../src/numerics/random.js";

// Operating points of many input vectors, each compared with that of a netlist which has this vector alone.

const size = 4;
const random = new Random("static reads");
const vectors = Array.from({ length: 12 }, () => Array.from({ length: size }, () => 2 * random.uniform() - 1));
const states = Array.from({ length: size * size }, () => random.uniform());
const header = Array.from({ length: size }, (_, k) => `v${k + 1}`);
const table = [header, ...vectors].map((row) => row.join(",")).join("\n");

const array = (model: string, more: string) => `a small array
.model m memristor(${model})
${header.map((name, k) => `${name} r${k} 0 {u${k + 1}}\nRs${k} c${k} 0 50`).join("\n")}
${states.map((x0, k) => `YMEMRISTOR m${k} r${k % size} c${Math.floor(k / size)} m x0=${x0}`).join("\n")}
Rl1 c0 c1 30
${more}
.save v(c*) i(m5) i(v2)
`;

const given = (vector: readonly number[]): string => `.param ${vector.map((u, k) => `u${k + 1}=${u}`).join(" ")}\n`;

async function columnsOf(netlist: string) {
  const { results, diagnostics } = await simulate(netlist, { read: (name) => new Source(name, table) });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return results[0]!;
}

describe.each([
  ["linear drift", "kind=linear_drift window=joglekar", ""],
  ["VTEAM, beyond its thresholds", "kind=vteam", ""],
  ["a node that its capacitor holds", "kind=linear_drift", "Ca ch c0 1u ic=0.3\nCb ch 0 1u"],
  ["a sinh law, which does not superpose", "kind=yakopcic", ""],
  ["a diode beside, which does not superpose", "kind=linear_drift", "D1 c0 c2 d\n.model d d"],
  ["a switch that turns, which does not superpose", "kind=linear_drift", "S1 c0 c2 r1 0 s\n.model s sw(vt=0.3 ron=10)"],
])("reads of %s", (name, model, more) => {
  test("are those of each vector alone", async () => {
    const all = await columnsOf(`${array(model, more)}${given(vectors[0]!)}.dc data="reads.csv"\n`);
    const superposed = !name.includes("not superpose");
    if (superposed) expect(all.statistics.factorizations).toBe(1);
    else expect(all.statistics.iterations).toBeGreaterThan(vectors.length);
    for (const [k, vector] of vectors.entries()) {
      const alone = await columnsOf(`${array(model, more)}${given(vector)}.op\n`);
      for (const column of alone.columns) {
        const read = all.columns.find((it) => it.name === column.name)!;
        expect(Math.abs(read.values[k]! - column.values[0]!)).toBeLessThanOrEqual(
          1e-9 * Math.abs(column.values[0]!) + 1e-12,
        );
      }
    }
  });
});

test("a resistor that is swept beside sources is solved for at each point", async () => {
  const { columns } = await columnsOf(
    "a divider\nV1 a 0 1\nR1 a b 1k\nR2 b 0 1k\n.save v(b)\n.dc R2 1k 4k 1k V1 1 2 1\n",
  );
  const found = columns.find(({ name }) => name === "v(b)")!.values;
  const expected = [1, 2].flatMap((v) => [1, 2, 3, 4].map((r) => (v * r) / (1 + r)));
  for (const [k, value] of expected.entries()) expect(found[k]).toBeCloseTo(value, 9);
});
