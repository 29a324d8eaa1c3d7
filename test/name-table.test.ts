import { expect, test } from "vitest";
import { NetlistError, simulate } from "../src/index.js";
import { NameTable } from "../src/syntax/name-table.js";

test("a table knows all of its names, few or many, and whom each names first", () => {
  const table = new NameTable();
  const names = Array.from({ length: 30_000 }, (_, k) =>
    k % 3 === 0 ? `x${k}.r1` : k % 3 === 1 ? `m${k}_${k}` : `µ${k}`,
  );
  for (const [k, name] of names.entries()) {
    expect(table.bearer(name)).toBeUndefined();
    expect(table.give(name, k)).toBe(k);
    expect(table.give(names[k >> 1]!, -1)).toBe(k >> 1);
  }
  expect(names.every((name, k) => table.bearer(name) === k)).toBe(true);
  expect(table.bearer("x1.r2")).toBeUndefined();
  expect(new Map(table.entries())).toEqual(new Map(names.map((name, k) => [name, k])));
});

/** Resistors of a loop, and behind them cards in a row, which a kernel reads. */
const ladder = (turns: number, last: string): string => `a loop, and plain cards behind it
V1 a1 0 1
.for i = 1 to ${turns}
R{i} a{i} a{i+1} 1
.endfor
Rb a${turns + 1} b 1
Rc b c 1
${last}
.op
.measure op end find v(c)
.measure op start find v(a${turns + 1})
`;

test("plain cards behind more cards of a loop than are kept as texts share their nodes and their names", async () => {
  const turns = 12_000;
  const { measures } = await simulate(ladder(turns, "Rd c 0 1"), { pictures: false });
  const [end, start] = measures.map(({ value }) => value!);
  expect(end! * (turns + 3)).toBeCloseTo(1, 6);
  expect(start! * (turns + 3)).toBeCloseTo(3, 6);
  const twin = simulate(ladder(turns, "R77 c 0 1"), { pictures: false });
  await expect(twin).rejects.toThrow(NetlistError);
  await expect(twin).rejects.toThrow("`R77` is defined twice");
});
