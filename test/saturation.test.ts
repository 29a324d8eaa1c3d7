import { expect, test } from "vitest";
import { simulate } from "../src/index.js";
import { crossbar, differenceOf, rangeOf } from "./crossbars.js";

// Crossbars that are driven into both walls and back: what a step may overshoot there must neither be a state out of its
// range nor a negative conductance from which the run goes astray.

const film = "kind=linear_drift ron=100 roff=16k d=10n uv=10f";

/** Each row by another amplitude and every second one the other way, so that cells saturate early or late, on or off. */
const drive = (row: number): string => `sin(0 ${row % 2 === 0 ? 6 + row : -6 - row} 1)`;

test.each([
  ["a window that closes at both walls", `${film} window=joglekar p=1`],
  ["the same, steep", `${film} window=joglekar p=7`],
  ["a window that looks at the direction", `${film} window=biolek p=2`],
  ["no window, walls alone", film],
])("a crossbar is driven into both walls and back: %s", async (_, model) => {
  const deck = { size: 3, model, drive, run: "20m 1" };
  const simulations = await Promise.all(
    [undefined, "reltol=1e-5"].map((options) => simulate(crossbar({ ...deck, ...(options && { options }) }))),
  );
  const [found, tight] = [simulations[0]!, simulations[1]!];
  const { ended, columns } = found.results[0]!;
  expect(found.diagnostics.filter(({ severity }) => severity !== "note")).toEqual([]);
  expect(ended).toBe("complete");
  const [least, most] = rangeOf(columns, "x(");
  expect(least).toBeGreaterThanOrEqual(0);
  expect(most).toBeLessThanOrEqual(1);
  // They do get there.
  expect(least).toBeLessThan(0.02);
  expect(most).toBeGreaterThan(0.98);
  // What `reltol` promises, of itself and of the run it is compared with.
  expect(differenceOf(columns, tight.results[0]!.columns, "v(")).toBeLessThan(1.1e-4);
});
