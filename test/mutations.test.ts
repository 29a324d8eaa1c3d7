import { expect, test } from "vitest";
import { judgeMutants } from "./mutations/judge.js";

// The slow suite goes on from here to ten thousand.
test("a mutated netlist is refused with a place, or runs; nothing crashes, hangs or gives NaN", {
  timeout: 120_000,
}, async () => {
  const { refused, ran } = await judgeMutants(0, 200);
  expect(refused).toBeGreaterThan(50);
  expect(ran).toBeGreaterThan(25);
});
