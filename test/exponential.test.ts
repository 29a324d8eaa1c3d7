import fc from "fast-check";
import { expect, test } from "vitest";
import { decay } from "../src/devices/perceptrons/exponential.js";

const digits = 420n;

/** exp(−a) times 2^420 by its series, in whole numbers, for a that is exact in 2^-200. */
function exact(a: number): bigint {
  const scaled = BigInt(a * 2 ** 52) << (digits - 52n);
  const halvings = 20n;
  let term = 1n << digits;
  let sum = term;
  for (let k = 1n; term !== 0n; k++) {
    term = -((term * (scaled >> halvings)) >> digits) / k;
    sum += term;
  }
  for (let k = 0n; k < halvings; k++) sum = (sum * sum) >> digits;
  return sum;
}

test("exp(−a) is right to the last digit", () => {
  const number = fc.integer({ min: 0, max: 2 ** 31 }).map((k) => k / 2 ** 26);
  fc.assert(
    fc.property(number, (a) => {
      const truth = exact(a);
      const found = scaledUp(decay(a));
      const unit = truth >> 52n;
      expect(truth - found <= unit && found - truth <= unit).toBe(true);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

/** A number times 2^420; exact, for its last digit is above 2^-420. */
function scaledUp(value: number): bigint {
  return BigInt(value * 2 ** 110) << (digits - 110n);
}

test("exp(−a) ends as numbers end", () => {
  expect([0, Number.MIN_VALUE, Number.POSITIVE_INFINITY, 746].map(decay)).toEqual([1, 1, 0, 0]);
  expect(decay(Number.NaN)).toBeNaN();
  expect(decay(740) / Math.exp(-740)).toBeCloseTo(1, 2);
});
