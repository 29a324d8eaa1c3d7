import { expect, test } from "vitest";
import { judgeMutants } from "../mutations/judge.js";

test("ten thousand mutated netlists", { timeout: 900_000 }, async () => {
  const { refused, ran, failed } = await judgeMutants(200, 10_000);
  expect(refused + ran + failed).toBe(9800);
});
