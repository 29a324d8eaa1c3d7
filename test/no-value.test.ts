import { expect, test } from "vitest";
import { simulate } from "../src/index.js";

// A law without a value at the operating point: the card is named, and what it reads.
test.each([
  ["ln(v(a)-2)", "`v(a)` = 1 V"],
  ["1/(v(a)-1)", "`v(a)` = 1 V"],
  ["sqrt(v(a)-2)*v(c)", "`v(a)` = 1 V, `v(c)` = 2 V"],
])("%s", async (law, where) => {
  const deck = `t\nV1 a 0 1\nV2 c 0 2\nB2 2 0 v={${law}}\nR2 2 0 1k\nR3 c 0 1k\n.op\n`;
  const { diagnostics } = await simulate(deck, { pictures: false });
  const found = diagnostics.map(({ code, message }) => ({ code, message }));
  expect(found).toEqual([
    { code: "not-finite", message: `There is no operating point: \`b2\` has no finite value at ${where}.` },
  ]);
});

// The same in a run, where what the law reads comes to such a place.
test.each([
  ["1/(v(a)-1)", "`v(a)` = 1 V"],
  ["1/(v(a)-v(c))", "`v(a)` = 1 V, `v(c)` = 1 V"],
  ["1/(v(c)-0.75)", "`v(c)` = 750 mV"],
])("%s in a run", async (law, where) => {
  const deck = `t
V1 a 0 pwl(0 0 1m 2)
V2 c 0 pwl(0 0.5 1m 1.5)
Ra a 0 1k
Rc c 0 1k
B2 2 0 v={${law}}
R3 2 0 1k
.tran 10u 1m
`;
  const { diagnostics } = await simulate(deck, { pictures: false });
  const time = law.includes("0.75") ? "250 µs" : "500 µs";
  expect(diagnostics.map(({ code, message }) => ({ code, message }))).toEqual([
    { code: "not-finite", message: `No step can be made at t = ${time}: \`b2\` has no finite value at ${where}.` },
  ]);
});

test("of an LC circuit whose rate has no value at the start, there is nothing", async () => {
  const { results, diagnostics } = await simulate(
    ["no start", ".quantum q", "lc L1 rate={0.1/sin(mu)} q=2", ".endquantum", ".qtran 0.1 1", ".print i(L1)"].join(
      "\n",
    ),
  );
  expect(results[0]).toMatchObject({ ended: "failed", columns: [{ name: "time" }, { name: "i(q.l1)" }] });
  expect(results[0]!.columns[1]!.values).toHaveLength(0);
  expect(diagnostics.map(({ message }) => message)).toEqual(["The rate of `q.l1` has no finite value at t = 0."]);
});
