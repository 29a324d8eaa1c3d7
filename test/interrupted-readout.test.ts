import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { simulate } from "../src/index.js";

// A readout that is stopped before it is fitted has no outputs: no row of it may stand there without a number.
test("a readout that is interrupted keeps the features of the rows it saw, in each run of a step", async () => {
  const text = readFileSync(new URL("../netlists/learning/oscillator-reservoir.cir", import.meta.url), "utf8");
  const stop = new AbortController();
  let pauses = 0;
  const pause = (): undefined => {
    if (++pauses > 5) stop.abort(); // within the second run
  };
  const { results } = await simulate(text, { signal: stop.signal, pause, pictures: false });
  const [phase] = results;
  expect(phase?.ended).toBe("interrupted");
  expect(phase!.columns.map(({ values }) => values.length)).toEqual(phase!.columns.map(() => 50));
  const features = phase!.tables!.find(({ name }) => name === "features")!.columns;
  expect(features[0]!.values.length).toBeGreaterThan(50); // the fifty sines of the first run, and some of the second
  expect(features[0]!.values.length).toBeLessThan(100);
  for (const { name, values } of [...phase!.columns, ...features])
    expect(
      values.findIndex((value) => !Number.isFinite(value)),
      name,
    ).toBe(-1);
});
