import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { deck, inFolderOfItsOwn, pinched, rowsOf } from "../command-line.js";

inFolderOfItsOwn();

// Channels that learn, from the command line, for the default seed and three others: a thousand starts of each gate, what too few
// operators come to, and the lessons, whose asserts are bars of composition and compression as well.

const lessons = resolve(import.meta.dirname, "../../netlists/learning");
const gates = Array.from({ length: 16 }, (_, k) => k.toString(2).padStart(4, "0"));

/** Costs of all realisations of a training, at the end. */
const endsOf = (name: string): number[] =>
  rowsOf(`out/deck.train.${name}.weights.csv`)
    .slice(1)
    .map((row) => Number(row.split(",")[1]));

/** A row an iteration: its median and its 95th percentile. */
function historyOf(name: string): { readonly median: readonly number[]; readonly high: readonly number[] } {
  const [head, ...rows] = rowsOf(`out/deck.train.${name}.csv`).map((row) => row.split(","));
  const column = (title: string): number[] => rows.map((row) => Number(row[head!.indexOf(title)]));
  return { median: column("error.median"), high: column("error.p95") };
}

const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));

describe.each([1, 2, 3, 4])("seed %i", (seed) => {
  const run = async (cards: readonly string[]): Promise<void> => {
    const file = deck("deck.cir", ["t", ...cards, ".end", ""].join("\n"));
    const { code, err } = await pinched(["run", file, "-o", "out", "--seed", String(seed), "--no-plots", "--quiet"]);
    expect(err).toBe("");
    expect(code).toBe(0);
  };

  test("each gate is learned from a thousand starts", async () => {
    await run([
      ".channel c in=4 out=2 kraus=8",
      ...gates.map((truth) => `.train t${truth} rule=stiefel channel=c truth=${truth} iterations=20 runs=1000`),
      ".train slow rule=stiefel channel=c truth=0110 iterations=15 runs=1000 t0=0.1",
    ]);
    for (const truth of gates) {
      const { median } = historyOf(`t${truth}`);
      for (let k = 1; k < median.length; k++) expect(median[k]).toBeLessThanOrEqual(median[k - 1]!);
      const ends = endsOf(`t${truth}`);
      expect(ends.length).toBe(1000);
      expect(most(ends)).toBeLessThan(1e-3);
    }
    const xor = historyOf("t0110");
    expect(xor.median[0]).toBeGreaterThan(1);
    expect(xor.median[0]).toBeLessThan(1.12);
    expect(xor.median[20]).toBeLessThan(2e-4);
    expect(xor.high[20]).toBeLessThan(3e-4);
    const slow = historyOf("slow");
    expect(slow.median[15]).toBeGreaterThan(0.02);
    expect(slow.median[15]).toBeLessThan(0.04);
  });

  test("with too few operators none comes below its floor, with enough each comes down", async () => {
    const settings = "iterations=200 runs=200 unreachable=yes";
    await run([
      ".channel two   in=4 out=2 kraus=2",
      ".channel three in=4 out=2 kraus=3",
      ".channel four  in=4 out=2 kraus=4",
      `.train and2   rule=stiefel channel=two   truth=0001 ${settings}`,
      `.train const3 rule=stiefel channel=three truth=0000 ${settings}`,
      `.train xor2   rule=stiefel channel=two   truth=0110 ${settings}`,
      `.train and3   rule=stiefel channel=three truth=0001 ${settings}`,
      `.train const4 rule=stiefel channel=four  truth=0000 ${settings}`,
    ]);
    expect(least(endsOf("and2"))).toBeGreaterThan(1 / 3 - 1e-9);
    expect(least(endsOf("const3"))).toBeGreaterThan(1 / 4 - 1e-9);
    for (const name of ["xor2", "and3", "const4"]) expect(most(endsOf(name))).toBeLessThan(1e-3);
  });

  // By the squares some starts stay where the answer is 1/2 whatever is asked.
  test("balanced trees for parity of eight bits learn from every start by the linear cost", async () => {
    await run([
      ...[1, 2, 3, 4, 5, 6, 7].map((k) => `.channel c${k} in=4 out=2 kraus=2`),
      ".channel n = c7(c5(c1(x1,x2),c2(x3,x4)),c6(c3(x5,x6),c4(x7,x8)))",
      ".train t rule=stiefel channel=n gate=parity cost=linear iterations=12 runs=20",
    ]);
    expect(most(endsOf("t"))).toBeLessThan(256e-3);
  });

  test.each([
    "channel-learns-xor",
    "channel-sixteen-gates",
    "ways-down",
    "kraus-form",
    "composition-and-compression",
    "rank-of-layers",
    "parity-by-a-tree",
  ])("%s holds what it asserts", async (name) => {
    const words = ["run", `${lessons}/${name}.cir`, "-o", "out", "--seed", String(seed), "--no-plots", "--quiet"];
    const { code, err } = await pinched(words);
    expect(err).toBe("");
    expect(code).toBe(0);
  });
});
