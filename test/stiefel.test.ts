import { describe, expect, test } from "vitest";
import type { Cost } from "../src/learning/stiefel/cost.js";
import { Descent, stepKinds } from "../src/learning/stiefel/descent.js";
import { Hessian } from "../src/learning/stiefel/hessian.js";
import { NodeCost } from "../src/learning/stiefel/node-cost.js";
import { retractionOf, retractions } from "../src/learning/stiefel/retraction.js";
import { stackOf } from "../src/learning/stiefel/stacked.js";
import { stepsOf } from "../src/learning/stiefel/steps.js";
import { TableCost } from "../src/learning/stiefel/table-cost.js";
import { TangentSpace } from "../src/learning/stiefel/tangent.js";
import { type Columns, columnsOf, copied, departure, inner } from "../src/numerics/linear/columns.js";
import { drawHaar } from "../src/numerics/linear/haar.js";
import { Random } from "../src/numerics/random.js";

// Laws of descents on Stiefel manifolds: what holds for each cost, each retraction and each way to step.

const xor = [0, 1, 1, 0];
const square = (truth: readonly number[], kraus: number, outputs = 2) =>
  new TableCost({ outputs, kraus, truth, kind: "square" });

/** Of a channel of 4 → 2 levels by three operators, with positive X of four rows of a table drawn. */
function nodeOf(kind: "square" | "linear"): Cost {
  const random = new Random("observables", 1);
  const X = stackOf(4, 8);
  for (let row = 0; row < 4; row++) {
    const [re, im] = [0, 1].map(() => Float64Array.from({ length: 64 }, () => random.normal() / 8));
    for (let p = 0; p < 64; p++) {
      for (let k = 0; k < 8; k++) {
        const [i, j] = [Math.floor(p / 8) * 8 + k, (p % 8) * 8 + k];
        X.re[row * 64 + p]! += re![i]! * re![j]! + im![i]! * im![j]!;
        X.im[row * 64 + p]! += im![i]! * re![j]! - re![i]! * im![j]!;
      }
    }
  }
  return new NodeCost({ input: 4, output: 2, kraus: 3 }, X, kind);
}

const costs: readonly (readonly [string, Cost])[] = [
  ["XOR, eight Kraus operators", square(xor, 8)],
  ["AND, two", square([0, 0, 0, 1], 2)],
  ["a half adder of four outputs, one Kraus operator", square([0, 1, 1, 2], 1, 4)],
  ["XOR, linear", new TableCost({ outputs: 2, kraus: 8, truth: xor, kind: "linear" })],
  ["a node of a network", nodeOf("square")],
  ["a node of a network, linear", nodeOf("linear")],
];

function startOf({ rows, count }: Cost, seed: number): Columns {
  const S = columnsOf(rows, count);
  drawHaar(S, new Random("stiefel", seed));
  return S;
}

function normalOf({ rows, count }: Cost, seed: number): Columns {
  const A = columnsOf(rows, count);
  const random = new Random("direction", seed);
  for (let k = 0; k < A.re.length; k++) {
    A.re[k] = random.normal();
    A.im[k] = random.normal();
  }
  return A;
}

const difference = (A: Columns, B: Columns): number =>
  Math.hypot(...A.re.map((value, k) => Math.hypot(value - B.re[k]!, A.im[k]! - B.im[k]!)));

describe.each(costs)("%s", (_, cost) => {
  const tangentAt = (S: Columns, seed: number): Columns => {
    const xi = normalOf(cost, seed);
    new TangentSpace(cost.count).project(S, xi, xi);
    return xi;
  };

  test("a tangent satisfies S†ξ + ξ†S = 0, and projecting it again changes nothing", () => {
    const S = startOf(cost, 1);
    const xi = tangentAt(S, 2);
    const again = columnsOf(cost.rows, cost.count);
    new TangentSpace(cost.count).project(S, xi, again);
    expect(difference(xi, again)).toBeLessThan(1e-13);
  });

  test.each(retractions)("%s ends on the manifold and agrees with the tangent to second order", (name) => {
    const S = startOf(cost, 3);
    const xi = tangentAt(S, 4);
    const Y = columnsOf(cost.rows, cost.count);
    const errorAt = (t: number): number => {
      expect(retractionOf(name, cost.rows, cost.count).retract(S, t, xi, Y)).toBe(true);
      expect(departure(Y)).toBeLessThan(1e-14);
      const straight = columnsOf(cost.rows, cost.count);
      straight.re.set(S.re.map((value, k) => value + t * xi.re[k]!));
      straight.im.set(S.im.map((value, k) => value + t * xi.im[k]!));
      return difference(Y, straight);
    };
    expect(Math.log10(errorAt(1e-3) / errorAt(1e-4))).toBeCloseTo(2, 1);
  });

  test.each(retractions)("the gradient obeys Taylor's theorem along %s", (name) => {
    const S = startOf(cost, 5);
    const xi = tangentAt(S, 6);
    const G = columnsOf(cost.rows, cost.count);
    const f = cost.gradient(S, G);
    expect(f).toBeCloseTo(cost.at(S), 12);
    const Y = columnsOf(cost.rows, cost.count);
    const rest = (t: number): number => {
      retractionOf(name, cost.rows, cost.count).retract(S, t, xi, Y);
      return Math.abs(cost.at(Y) - f - t * inner(G, xi));
    };
    expect(Math.log10(rest(1e-3) / rest(1e-4))).toBeCloseTo(2, 1);
  });

  // The polar factor goes along geodesics to second order, so that ⟨Hess f [η], η⟩ is the second derivative along it.
  test("the Hessian is symmetric, and obeys Taylor's theorem along the nearest points", () => {
    const S = startOf(cost, 8);
    const [xi, other] = [tangentAt(S, 9), tangentAt(S, 10)];
    const [G, H, ofOther, Y] = [0, 1, 2, 3].map(() => columnsOf(cost.rows, cost.count)) as [
      ...[Columns, Columns, Columns, Columns],
    ];
    const f = cost.gradient(S, G);
    const hessian = new Hessian(cost.count);
    hessian.begin(S, G);
    hessian.times(cost, xi, H);
    hessian.times(cost, other, ofOther);
    expect(Math.abs(inner(H, other) - inner(xi, ofOther))).toBeLessThan(
      1e-12 * Math.sqrt(inner(H, H) * inner(other, other)),
    );
    const rest = (t: number): number => {
      retractionOf("polar", cost.rows, cost.count).retract(S, t, xi, Y);
      return Math.abs(cost.at(Y) - f - t * inner(G, xi) - (t * t * inner(H, xi)) / 2);
    };
    expect(Math.log10(rest(3e-3) / rest(3e-4))).toBeCloseTo(3, 1);
  });

  test.each(retractions.flatMap((name) => stepKinds.map((step) => [name, step] as const)))(
    "%s, %s: S†S stays 1 and the cost never rises",
    (retraction, step) => {
      const S = startOf(cost, 7);
      const descent = stepsOf(cost.rows, cost.count, { t0: 1, retraction, step });
      const pace = { cost: cost.at(S), step: 0, slope: 0 };
      const along = step === "cg" ? columnsOf(cost.rows, cost.count) : undefined;
      for (let k = 0; k < 60; k++) {
        const before = pace.cost;
        descent.step(cost, S, pace, along);
        expect(pace.cost).toBeLessThanOrEqual(before);
        expect(pace.cost).toBeCloseTo(cost.at(S), 14);
        expect(departure(S)).toBeLessThan(1e-12);
      }
    },
  );
});

// Exact steps of second order: a quartic minimum is met at three times Newton's step, others square what is left.
test.each([
  ["XOR", square(xor, 8), 0, 1e-20],
  ["XOR, linear", new TableCost({ outputs: 2, kraus: 8, truth: xor, kind: "linear" }), 0, 1e-20],
  ["a constant, by too few operators", square([0, 0, 0, 0], 3), 1 / 4, 1e-12],
  ["AND, by too few", square([0, 0, 0, 1], 2), 1 / 3, 1e-12],
] as const)("a trust region comes down within ten steps: %s", (_, cost, least, near) => {
  const left = Array.from({ length: 40 }, (_, seed) => {
    const S = startOf(cost, seed);
    const descent = stepsOf(cost.rows, cost.count, { t0: 1, retraction: "qr", step: "trust" });
    const pace = { cost: cost.at(S), step: 0, slope: 0 };
    for (let k = 0; k < 10; k++) descent.step(cost, S, pace, undefined);
    return pace.cost - least;
  }).sort((a, b) => a - b);
  expect(left[0]).toBeGreaterThan(-1e-15);
  expect(left[36]).toBeLessThan(near); // nine of ten: few find a saddle on their way
});

test("Haar's measure: q of a start is Beta-distributed, so that E f = 4(1/4 + 1/68)", () => {
  const cost = square(xor, 8);
  const values = Array.from({ length: 2000 }, (_, k) => cost.at(startOf(cost, k)));
  const mean = values.reduce((sum, f) => sum + f, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, f) => sum + (f - mean) ** 2, 0) / values.length / values.length);
  expect(Math.abs(mean - 4 * (1 / 4 + 1 / 68))).toBeLessThan(4 * spread);
});

test("columns that nearly depend on each other become orthonormal, equal ones are refused by the start's law", () => {
  const S = startOf(square(xor, 8), 1);
  const Y = columnsOf(16, 4);
  copied(S, Y);
  for (let k = 16; k < 32; k++) {
    Y.re[k] = S.re[k - 16]! + 1e-9 * S.re[k]!;
    Y.im[k] = S.im[k - 16]! + 1e-9 * S.im[k]!;
  }
  expect(retractionOf("qr", 16, 4).retract(Y, 0, S, Y)).toBe(true);
  expect(departure(Y)).toBeLessThan(1e-14);
});

test("ways that never differ in the limit of short steps end alike, whichever retraction brings them back", () => {
  const cost = square(xor, 8);
  // How alike the two columns are that answer 0: nothing that the cost asks for decides it.
  const likeness = (retraction: (typeof retractions)[number]): number[] =>
    Array.from({ length: 200 }, (_, seed) => {
      const S = startOf(cost, seed);
      const descent = new Descent(cost.rows, cost.count, { t0: 0.1, retraction, step: "warm" });
      const pace = { cost: 0, step: 0, slope: 0 };
      for (let k = 0; k < 25; k++) descent.step(cost, S, pace, undefined);
      expect(pace.cost).toBeLessThan(1e-6);
      let [re, im] = [0, 0];
      for (let i = 0; i < 8; i++) {
        re += S.re[i]! * S.re[48 + i]! + S.im[i]! * S.im[48 + i]!;
        im += S.re[i]! * S.im[48 + i]! - S.im[i]! * S.re[48 + i]!;
      }
      return re * re + im * im;
    });
  const [first, ...others] = retractions.map(likeness);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const error = Math.sqrt(mean(first!.map((value) => (value - mean(first!)) ** 2)) / first!.length);
  for (const other of others) expect(Math.abs(mean(other) - mean(first!))).toBeLessThan(3 * Math.SQRT2 * error);
});
