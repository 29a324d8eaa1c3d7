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
