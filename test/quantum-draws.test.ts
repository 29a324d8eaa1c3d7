import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

// Blocks that draw: each run of `.mc` has numbers of its own, told in the table of runs.

const netlist = (lines: string): string => `t
.quantum q
qubit a
qubit b
${lines}
.endquantum
.qtran 0.5 0.5
.measure qtran p find pop(a,e) at=0.5
.measure qtran r find pop(b,e) at=0.5
.mc 4 seed=4
.end
`;

async function runs(lines: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const { runs, diagnostics } = await simulate(netlist(lines), { pictures: false });
  expect(diagnostics).toEqual([]);
  return new Map(runs!.columns.map(({ name, values }) => [name, [...values]]));
}

describe("what a block draws", () => {
  // From |e⟩, exp(−ig·sx·t) leaves cos²gt of it.
  test("is drawn anew in each run, for each line by itself", async () => {
    const found = await runs("hamiltonian {aunif(1,0.5)*sx(a)}\nhamiltonian {aunif(1,0.5)*sx(b)}");
    const [first, second] = [found.get("q.hamiltonian")!, found.get("q.hamiltonian#2")!];
    expect(new Set([...first, ...second]).size).toBe(8);
    const left = (g: number, start: number) => start + (1 - 2 * start) * Math.sin(g / 2) ** 2;
    const start = (await runs("hamiltonian {0*sx(a)}")).get("p")![0]!;
    for (const k of [0, 1, 2, 3]) {
      expect(Math.abs(first[k]! - 1)).toBeLessThan(0.5);
      expect(found.get("p")![k]).toBeCloseTo(left(first[k]!, start), 9);
      expect(found.get("r")![k]).toBeCloseTo(left(second[k]!, start), 9);
    }
  });

  test("follows names where lines have them, not their order", async () => {
    const couple = (name: string) => `couple ${name} a b xx g={agauss(1,0.1,1)}`;
    const [one, other] = [`${couple("u1")}\n${couple("u2")}`, `${couple("u2")}\n${couple("u1")}`];
    const [found, turned] = [await runs(one), await runs(other)];
    for (const name of ["q.u1", "q.u2"]) expect(found.get(name)).toEqual(turned.get(name));
    expect(found.get("q.u1")).not.toEqual(found.get("q.u2"));
  });

  test("stands in gates, states and memristors as well", async () => {
    const lines =
      "gate ry a {agauss(1,0.2,1)}\nmemristor M1 b rate={unif(1,0.5)} omega=1\nencode b angle=({unif(1,0.1)})";
    const found = await runs(lines);
    for (const name of ["q.gate", "q.m1", "q.encode"]) expect(new Set(found.get(name)).size, name).toBe(4);
    const start = (await runs("hamiltonian {0*sx(a)}")).get("p")![0]!;
    for (const [k, angle] of found.get("q.gate")!.entries())
      expect(found.get("p")![k]).toBeCloseTo(start + (1 - 2 * start) * Math.sin(angle / 2) ** 2, 12);
  });
});
