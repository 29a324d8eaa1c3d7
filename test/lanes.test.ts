import { describe, expect, test } from "vitest";
import { elaborate } from "../src/circuit/elaborate.js";
import { runsOfBatch } from "../src/ensemble/lanes.js";
import { simulateSome } from "../src/ensemble/run.js";
import { type Simulation, simulate } from "../src/index.js";
import { NetworkLearner } from "../src/learning/learner.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

// Runs that differ in values alone are lanes of one transient: each as it is when it is solved by itself, to an error far
// below the tolerance. A method that is named (`method=odex`) is one for each run.

const reltol = 1e-4;

const run = (text: string): Promise<Simulation> => simulate(`title\n${text}\n`, { pictures: false });
const alone = (text: string): Promise<Simulation> => run(`${text}\n.options method=odex`);

const memristor = ".model m memristor(kind=linear_drift window=joglekar p=2 ron={gauss(100,0.2,1)} roff=16k uv=10f)";

/** By how much the columns of two simulations differ at most, each in its largest value; infinite where rows differ. */
function difference(a: Simulation, b: Simulation): number {
  let most = 0;
  for (const [k, { columns }] of a.results.entries()) {
    for (const [j, { values }] of columns.entries()) {
      const others = b.results[k]!.columns[j]!.values;
      if (others.length !== values.length) return Infinity;
      const size = others.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
      values.forEach((value, row) => {
        most = Math.max(most, Math.abs(value - others[row]!) / size);
      });
    }
  }
  return most;
}

const circuits: Readonly<Record<string, string>> = {
  "a memristor across a source that is shared": `V1 in 0 SIN(0 1.2 1)
YMEMRISTOR m1 in 0 m x0={aunif(0.2,0.1)}
${memristor}
.save i(m1) x(m1)
.tran 20m 1
.mc 9`,
  "a memristor behind a resistor, all its signals": `V1 in 0 SIN(0 {gauss(1.2,0.1,1)} 1)
R1 in a {gauss(1k,0.3,1)}
YMEMRISTOR m1 a 0 m x0=0.3
C1 a 0 100u
${memristor}
.tran 20m 1 0.2
.mc 9`,
  "capacitors under pulses, both sides of their corners, at two values of a resistor": `V1 in 0 PULSE(0 1 1m 0 1u 2m 5m)
R1 in a {r}
C1 a b {unif(1u,0.2)} ic=0.2
R2 b 0 1k
C2 b 0 2u
.tran 0.1m 8m
.step param r list 1k 2k
.mc 9`,
};

describe("runs as lanes of one transient", () => {
  for (const [name, text] of Object.entries(circuits)) {
    test(`are as each alone: ${name}`, async () => {
      const [lanes, each] = [await run(text), await alone(text)];
      expect(lanes.results[0]!.statistics.method).toBe("dop853 in lanes");
      expect(each.results[0]!.statistics.method).toBe("odex");
      expect(difference(lanes, each)).toBeLessThan(reltol / 100);
      expect(lanes.results[0]!.runs).toEqual(each.results[0]!.runs);
      expect(lanes.runs!.columns[0]).toEqual(each.runs!.columns[0]);
    });
  }

  test("have the charge that the closed form says, each with the values that it drew", async () => {
    const simulation = await run(`I1 0 a SIN(0 1m 1k)
R1 a 0 {r}
C1 a 0 {c}
.param r=gauss(1k,0.2,1) c=unif(1u,0.3)
.tran 10u 2m
.measure tran va find v(a) at=1.7m
.mc 16`);
    const table = new Map(simulation.runs!.columns.map(({ name, values }) => [name, values]));
    const w = 2 * Math.PI * 1e3;
    table.get("va")!.forEach((va, k) => {
      const [r, tau] = [table.get("r")![k]!, table.get("r")![k]! * table.get("c")![k]!];
      const oscillation = (t: number) => Math.sin(w * t) - w * tau * Math.cos(w * t);
      const t = 1.7e-3;
      const exact = ((1e-3 * r) / (1 + (w * tau) ** 2)) * (oscillation(t) - oscillation(0) * Math.exp(-t / tau));
      expect(Math.abs(va - exact)).toBeLessThan(1e-6 * 1e-3 * r);
    });
  });

  test("that fail, or have something to tell, keep no other from being right", async () => {
    const text = `V1 in 0 SIN(0 1 1)
R1 in a {r}
C1 a 0 1m
.tran 10m 1
.step param r list 1 2 3 4 0 6 7 8 9 1e-9 11`;
    const simulation = await run(text);
    const table = new Map(simulation.results[0]!.columns.map(({ name, values }) => [name, values]));
    const failed = simulation.diagnostics.filter(({ severity }) => severity === "error");
    expect(failed).toHaveLength(1);
    expect(failed[0]!.notes!.at(-1)!.message).toContain("run 5");
    expect([...new Set(table.get("run"))]).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10, 11]);
    const w = 2 * Math.PI;
    table.get("time")!.forEach((t, row) => {
      const tau = 1e-3 * table.get("r")![row]!;
      const exact = (Math.sin(w * t) - w * tau * Math.cos(w * t) + w * tau * Math.exp(-t / tau)) / (1 + (w * tau) ** 2);
      expect(Math.abs(table.get("v(a)")![row]! - exact)).toBeLessThan(1e-5);
    });
  });

  test("of which devices meet walls are each solved alone, bit for bit", async () => {
    const text = `V1 in 0 SIN(0 2 1)
YMEMRISTOR m1 in 0 m x0=0.3
.model m memristor(kind=linear_drift window=none ron={gauss(100,0.2,1)} roff=16k uv=10f)
.tran 10m 1
.mc 9 seed=3`;
    const drawn = await run(text);
    const ron = drawn.runs!.columns.find(({ name }) => name.includes("ron"))!.values;
    const { columns, runs } = drawn.results[0]!;
    const one = await run(text.replace(/\{.*\}/, String(ron[4])).replace(/\n\.mc.*/, ""));
    const { from, to } = runs!.spans[4]!;
    const current = columns.find(({ name }) => name === "i(v1)")!;
    const own = one.results[0]!.columns.find(({ name }) => name === "i(v1)")!;
    expect(current.values.slice(from, to)).toEqual(own.values);
  });

  test("have the digits of their batch, whichever of them are made, in whatever order", () => {
    const source = new Source(
      "deck",
      `title\n${circuits["a memristor across a source that is shared"]!.replace(".mc 9", `.mc ${runsOfBatch + 10}`)}\n`,
    );
    const netlist = parseNetlist(source, { main: true }, new Complaints());
    const nominal = elaborate(netlist, { source }).circuit;
    const made = (numbers: readonly number[]) => {
      const running = simulateSome(nominal, numbers, (point) => elaborate(netlist, { source, run: point }), {
        pictures: false,
        learner: () => new NetworkLearner(),
      });
      for (let step = running.next("go on"); ; step = running.next("go on")) if (step.done) return step.value;
    };
    const all = made(Array.from({ length: runsOfBatch + 10 }, (_, k) => k + 1));
    for (const one of made([runsOfBatch + 3, 7, 2]))
      expect(one.simulation!.results[0]!.columns).toEqual(all[one.number - 1]!.simulation!.results[0]!.columns);
  });
});
