import { expect, test } from "vitest";
import { simulate } from "../src/index.js";
import { Random } from "../src/numerics/random.js";

// A law that jumps on a condition: the place of the jump has a closed form.
const draws = new Random("comparators");
const next = (): number => draws.uniform();
const cases = Array.from({ length: 24 }, () => ({
  threshold: 0.1 + 0.85 * next(),
  step: 10 ** (-6 + 2 * next()),
}));

test.each(cases)("v(1)>$threshold with an output step of $step s", async ({ threshold, step }) => {
  const deck = `a comparator
V1 1 0 sin(0 1 1k)
R1 1 0 1k
B3 3 0 v={v(1)>${threshold} ? 1 : 0}
R3 3 0 1k
.tran ${step} 1m
.measure tran rise when v(3)=0.5 rise=1
.measure tran fall when v(3)=0.5 fall=1
`;
  const { measures, diagnostics } = await simulate(deck, { pictures: false });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const rise = Math.asin(threshold) / (2 * Math.PI * 1e3);
  expect(Math.abs(measures[0]!.value! - rise)).toBeLessThan(20e-9);
  expect(Math.abs(measures[1]!.value! - (0.5e-3 - rise))).toBeLessThan(20e-9);
});

test.each([0.3, 0.4, 0.41, 0.5])("at %s of a ramp, with the corner of another source near", async (threshold) => {
  const deck = `a comparator
V1 1 0 pwl(0 0 1m 1)
B3 3 0 v={v(1)>${threshold} ? 2 : -2}
R3 3 0 1k
V2 q 0 pwl(0 0 0.25m 1 0.5m 0)
R1 q 1 1k
.tran 0.1m 1m
.measure tran rise when v(3)=0 rise=1
.measure tran low find v(3) at=${threshold - 0.01}m
.measure tran high find v(3) at=${threshold + 0.01}m
`;
  const { measures, diagnostics } = await simulate(deck, { pictures: false });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(Math.abs(measures[0]!.value! - threshold * 1e-3)).toBeLessThan(20e-9);
  expect(measures[1]!.value!).toBeCloseTo(-2, 6);
  expect(measures[2]!.value!).toBeCloseTo(2, 6);
});
