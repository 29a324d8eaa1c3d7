import { expect, test } from "vitest";
import { judgeMutants } from "../mutations/judge.js";

test("five thousand more mutated netlists", { timeout: 900_000 }, async () => {
  const { refused, ran, failed } = await judgeMutants(5000, 10_000);
  expect(refused + ran + failed).toBe(5000);
});
