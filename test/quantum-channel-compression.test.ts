import { describe, expect, test } from "vitest";
import { matrixOf } from "../src/numerics/linear/complex-matrix.js";
import { Random } from "../src/numerics/random.js";
import {
  type Channel,
  channelOf,
  channelOfMatrices,
  haarChannel,
  identityChannel,
  preservationError,
  throughKraus,
} from "../src/quantum/channel.js";
import { sketched, tracePreserving, truncated } from "../src/quantum/channel-compression.js";
import { channelDistance } from "../src/quantum/channel-distance.js";
import { channelKinds, standardChannel } from "../src/quantum/channel-kinds.js";
import { choiMatrix, krausRank, krausWeights, minimalForm } from "../src/quantum/choi.js";
import { gateMatrix } from "../src/quantum/gates.js";

const random = new Random("test compression");
const haar = (input: number, output: number, count: number) => haarChannel(input, output, count, random);
const one = identityChannel(2);

function corrected(channel: Channel): Channel {
  const made = tracePreserving(channel);
  if (made === undefined) throw new Error("a state is lost");
  return made;
}

describe("the distance of channels", () => {
  test.each([0, 0.3, 2, Math.PI])("of a rotation by %f and of none is 2 sin(θ/2)", (angle) => {
    const distance = channelDistance(channelOfMatrices([gateMatrix("rz", angle)]), one);
    expect(distance.found).toBeCloseTo(2 * Math.sin(angle / 2), 10);
    expect(distance.diamond[0]).toBeCloseTo(distance.found, 10);
    expect(distance.diamond[1]).toBeCloseTo(distance.found, 10);
  });

  // A pure state keeps 1 − p/2 of itself; half of a pair that is entangled is seen to be flipped with 3p/4.
  test("of depolarizing and of nothing is p, and 3p/2 to an entangled pair", () => {
    const distance = channelDistance(standardChannel("depolarizing", 0.4), one);
    expect(distance.found).toBeCloseTo(0.4, 12);
    expect(distance.diamond[0]).toBeCloseTo(0.6, 12);
    expect(distance.diamond[1]).toBeCloseTo(0.6, 12);
  });

  test("of two flips with p and q is 2|p − q|", () => {
    const distance = channelDistance(standardChannel("bitflip", 0.5), standardChannel("bitflip", 0.1));
    expect(distance.found).toBeCloseTo(0.8, 12);
    expect(distance.diamond[1]).toBeCloseTo(0.8, 12);
  });

  // ‖N(ψ) − ψ‖₁ of |1⟩ is 2p; a superposition does not exceed it as long as p ≥ 0 is damping of one qubit.
  test("of damping and of nothing is 2p", () => {
    expect(channelDistance(standardChannel("damping", 0.3), one).found).toBeCloseTo(0.6, 10);
  });

  test("is symmetric, and no more than 2; bounds hold each other", () => {
    for (let k = 0; k < 3; k++) {
      const [a, b] = [haar(4, 3, 2), haar(4, 3, 7)];
      const [there, back] = [channelDistance(a, b), channelDistance(b, a)];
      expect(there.found).toBeCloseTo(back.found, 8);
      expect(there.found).toBeLessThanOrEqual(there.diamond[0]);
      expect(there.diamond[0]).toBeLessThanOrEqual(there.diamond[1]);
      expect(there.found).toBeLessThanOrEqual(2);
    }
  });
});

describe("made to preserve traces", () => {
  test("a channel that does stays as it is", () => {
    const channel = haar(4, 2, 8);
    const again = corrected(channel);
    again.re.forEach((x, k) => {
      expect(Math.hypot(x - channel.re[k]!, again.im[k]! - channel.im[k]!)).toBeLessThan(1e-14);
    });
  });

  test("one that does not is made to, to rounding", () => {
    const { re, im, ...rest } = haar(5, 3, 4);
    const raw = { ...rest, re: re.map((x, k) => x * (1 + (k % 7) / 7)), im };
    expect(preservationError(raw).error).toBeGreaterThan(0.1);
    expect(preservationError(corrected(raw)).error).toBeLessThan(1e-14);
  });

  test("there is none where a state is lost", () => {
    expect(
      tracePreserving(
        channelOf([
          [
            [1, 0],
            [0, 0],
          ],
        ]),
      ),
    ).toBeUndefined();
  });
});

describe("compression", () => {
  test("to the whole rank changes nothing", () => {
    const channel = haar(4, 2, 8);
    const whole = corrected(truncated(channel, 8));
    expect(channelDistance(channel, whole).diamond[1]).toBeLessThan(1e-12);
  });

  test("by truncation keeps the greatest eigenvalues of the Choi matrix", () => {
    const channel = haar(4, 4, 16);
    const weights = krausWeights(minimalForm(channel));
    expect([...krausWeights(truncated(channel, 5))]).toEqual([...weights.slice(0, 5)]);
    expect(weights.reduce((sum, x) => sum + x, 0)).toBeCloseTo(4, 12);
  });

  test("by truncation is better the more is kept, and better than by random sums", () => {
    const channel = haar(4, 2, 8);
    const distances = [2, 4, 6, 8].map((n) => channelDistance(channel, corrected(truncated(channel, n))).found);
    expect(distances).toEqual(distances.toSorted((a, b) => b - a));
    for (const n of [2, 4]) {
      const random8 = Array.from(
        { length: 5 },
        () => channelDistance(channel, corrected(sketched(channel, n, random))).found,
      );
      const mean = random8.reduce((a, b) => a + b) / 5;
      expect(channelDistance(channel, corrected(truncated(channel, n))).found).toBeLessThan(mean);
    }
  });

  test("by random sums is the channel in the mean", () => {
    const channel = haar(2, 2, 4);
    const J = choiMatrix(channel);
    const sum = new Float64Array(J.re.length);
    const count = 2000;
    for (let k = 0; k < count; k++)
      choiMatrix(sketched(channel, 1, random)).re.forEach((x, at) => {
        sum[at]! += x;
      });
    // The entries of one draw scatter by about 1.
    sum.forEach((x, at) => {
      expect(Math.abs(x / count - J.re[at]!)).toBeLessThan(5 / Math.sqrt(count));
    });
  });

  // physics: half the distance is (0.55 ± 0.1)√(d/n), d the larger dimension, from n = d on.
  test("by random sums is off by √(d/n)", () => {
    const channel = haar(8, 8, 64);
    const sizes = [16, 256];
    const eps = sizes.map((n) => channelDistance(channel, corrected(sketched(channel, n, random))).found / 2);
    eps.forEach((value, k) => {
      expect(value * Math.sqrt(sizes[k]! / 8)).toBeGreaterThan(0.35);
      expect(value * Math.sqrt(sizes[k]! / 8)).toBeLessThan(0.8);
    });
    const slope = Math.log(eps[1]! / eps[0]!) / Math.log(16);
    expect(Math.abs(slope + 0.5)).toBeLessThan(0.1);
  });
});

test.each(channelKinds)("%s begins as nothing and preserves traces", (kind) => {
  expect(channelDistance(standardChannel(kind, 0), one).diamond[1]).toBeLessThan(1e-14);
  expect(preservationError(standardChannel(kind, 0.37)).error).toBeLessThan(1e-15);
  expect(krausRank(standardChannel(kind, 0))).toBe(1);
});

test("damping ends in |0⟩", () => {
  const kept = throughKraus(
    standardChannel("damping", 1),
    matrixOf([
      [0.3, 0.2],
      [0.2, 0.7],
    ]),
  );
  expect([...kept.re]).toEqual([1, 0, 0, 0]);
});
