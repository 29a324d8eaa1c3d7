import { expect, test } from "vitest";
import { judgeMutants } from "../mutations/judge.js";

// Ten thousand in all, in two files so that two cores share them; the quick suite takes the first two hundred.
test("five thousand mutated netlists", { timeout: 900_000 }, async () => {
  const { refused, ran, failed } = await judgeMutants(200, 5000);
  expect(refused + ran + failed).toBe(4800);
});
