import { afterEach, expect, test, vi } from "vitest";
import { simulate } from "../src/index.js";
import { orderOf } from "../src/numerics/linear/analysed.js";
import type { LinearSolver } from "../src/numerics/linear/linear-solver.js";
import { sparseLu } from "../src/numerics/linear/sparse-lu.js";
import { symmetric } from "../src/numerics/linear/symmetric.js";
import type { Pattern } from "../src/numerics/system.js";

// What the runs of a netlist have in common is found once: counted, since seconds say little.

afterEach(() => {
  vi.restoreAllMocks();
});

/** A line of n nodes, each joined with the next. */
const line = (size: number): Pattern => {
  const row: number[] = [];
  const columnStart = [0];
  for (let j = 0; j < size; j++) {
    row.push(...[j - 1, j, j + 1].filter((i) => i >= 0 && i < size));
    columnStart.push(row.length);
  }
  return { size, columnStart: Int32Array.from(columnStart), row: Int32Array.from(row) };
};

/** A solver that numbers what it analyses. */
const counting = () => {
  let analysed = 0;
  const solver = { analyze: () => ++analysed } as unknown as LinearSolver<number, unknown>;
  return (pattern: Pattern): number => orderOf(solver, pattern);
};

test("a solver analyses a pattern once, also if it comes again as another object", () => {
  const order = counting();
  const first = line(9);
  expect([order(first), order(first), order(line(9)), order(line(8)), order(line(9))]).toEqual([1, 1, 1, 2, 1]);
  const other = line(9);
  other.row[3] = 0; // of the same size, with as many entries
  expect(order(other)).toBe(3);
});

test("of many patterns it remembers the last ones, and of large ones the last alone", () => {
  const order = counting();
  for (let size = 2; size < 30; size++) order(line(size));
  expect([order(line(29)), order(line(28)), order(line(2))]).toEqual([28, 27, 29]);
  const large = line(200_000);
  expect([order(large), order(line(28))]).toEqual([30, 31]);
  expect(order(line(200_000))).toBe(32); // the small one had gone in front of it
});

/** A ladder of memristors; of 21 nodes for the sparse solver, of 101 for the symmetric one. */
const ladder = (nodes: number, cards: string) =>
  `t\nV1 n0 0 sin(0 1 10)\n.for k = 1 to ${nodes}\nR{k} n{k-1} n{k} {gauss(1k,0.1,1)}\nYMEMRISTOR m{k} n{k} 0 hp\n.endfor
.model hp memristor(kind=linear_drift x0=0.3)\n.tran 1m 1m\n.save v(n1)\n${cards}\n`;

test.each([
  ["sparse", 21, sparseLu],
  ["symmetric", 101, symmetric],
] as const)("runs of .mc share one analysis of their matrix: %s", async (_, nodes, solver) => {
  const analyses = vi.spyOn(solver as { analyze: (pattern: Pattern) => unknown }, "analyze");
  await simulate(ladder(nodes, ".mc 1"), { pictures: false });
  const alone = analyses.mock.calls.length;
  expect(alone).toBeGreaterThan(0);
  await simulate(ladder(nodes, ".mc 2"), { pictures: false });
  expect(analyses.mock.calls.length).toBe(alone);
});

test("runs share the code of formulas that do not change, and of the loops over what they make", async () => {
  const deck = "t\nV1 a 0 sin(0 1 10)\nR1 a b {gauss(1k,0.1,1)}\nB1 b 0 i={1u*sinh(3*v(b))+tanh(v(a)-v(b))/1k}\nC1 b 0 1u\n.tran 1m 2m\n.mc "; // biome-ignore format: one deck
  const written = vi.spyOn(globalThis, "Function");
  const made = async (runs: number): Promise<number> => {
    written.mockClear();
    await simulate(`${deck}${runs}\n`, { pictures: false });
    return written.mock.calls.length;
  };
  await made(1); // loops of devices that all netlists share are written when the first one is made
  const one = await made(1);
  expect(one).toBeGreaterThan(0);
  expect(await made(4)).toBe(one);
});
