import { expect, test } from "vitest";
import { simulate } from "../src/index.js";

// VTEAM across sin 2πt, threshold 0.3 V, exponent 1: dx/dt = 100 (sin 2πt / 0.3 − 1) beyond the threshold, whatever x is.

const [threshold, rate, start] = [0.3, 100, 0.3];
const begins = Math.asin(threshold) / (2 * Math.PI);
const state = (t: number): number =>
  start +
  rate * ((Math.cos(2 * Math.PI * begins) - Math.cos(2 * Math.PI * t)) / (2 * Math.PI * threshold) - (t - begins));

/** When the state is at its wall. */
function arrival(): number {
  let [early, late] = [begins, 0.25];
  for (let k = 0; k < 60; k++) {
    const t = (early + late) / 2;
    if (state(t) < 1) early = t;
    else late = t;
  }
  return late;
}

const run = async (stop: number, step: number) =>
  (
    await simulate(`a film that runs into its wall
.model film memristor(kind=vteam ron=100 roff=16k voff=${threshold} von=-${threshold} koff=300n kon=-300n alphaoff=1 alphaon=1)
V1 in 0 sin(0 1 1)
YMEMRISTOR m1 in 0 film x0=${start}
.save x(m1)
.tran ${step} ${stop}
.options method=ndf
.end`)
  ).results[0]!;

test("a state that runs into its wall is followed there by a few long steps, not by ever shorter ones", async () => {
  const wall = arrival();
  const step = wall / 20;
  const [before, after] = [await run(0.98 * wall, step), await run(1.0001 * wall, step)];
  const taken = ({ statistics: { steps, rejected } }: typeof before): number => steps + rejected;
  expect(taken(after) - taken(before)).toBeLessThan(15);
});

test("and is there when it has to be", async () => {
  const wall = arrival();
  const { columns } = await run(1.2 * wall, wall / 1e4);
  const [time, x] = [columns[0]!.values, columns[1]!.values];
  const worst = time.reduce(
    (most, t, k) => Math.max(most, Math.abs(x[k]! - (t < begins ? start : Math.min(1, state(t))))),
    0,
  );
  expect(worst).toBeLessThan(1e-5);
});
