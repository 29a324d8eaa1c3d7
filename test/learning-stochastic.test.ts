import { describe, expect, test } from "vitest";
import { type StochasticOptions, trainStochastic } from "../src/learning/stochastic.js";
import type { Task } from "../src/learning/task.js";
import { spreadOf } from "../src/numerics/spread.js";
import { finish, gate, gates, singleLayer, task } from "./learning-networks.js";

const learn = (truth: string, of: Partial<Task> = {}, options?: StochasticOptions) => {
  const one = task(singleLayer(), gate(truth, { drawn: undefined }), {
    rule: "stochastic",
    epochs: 30,
    runs: 1000,
    ...of,
  });
  const found = finish(trainStochastic(one, options));
  const costs = (epoch: number) => found.error.slice((epoch - 1) * found.runs, epoch * found.runs);
  const right = found.correct.slice(-found.runs).filter((part) => part === 1).length;
  return { ...found, costs, right };
};

const literal: StochasticOptions = { target: "literal", level: 0.25 };

describe.each([1, 2, 3, 4])("a stochastic matrix, seed %i", (seed) => {
  test("learns OR within its bars", () => {
    const { costs, right, startError } = learn(gates.or, { seed });
    expect(spreadOf(startError).median).toBeCloseTo(0.064, 2);
    expect(spreadOf(costs(5)).median).toBeLessThan(1e-3);
    expect(spreadOf(costs(15)).median).toBeLessThan(1e-12);
    expect(spreadOf(costs(30)).p95).toBeLessThan(1e-3);
    expect(right).toBeGreaterThanOrEqual(950);
  });

  test("does not learn XOR", () => {
    const { error, costs, right, startError } = learn(gates.xor, { seed });
    expect(Math.min(...error, ...startError)).toBeGreaterThanOrEqual(0.125 - 1e-15);
    expect(spreadOf(costs(30)).median).toBeGreaterThan(0.17);
    expect(spreadOf(costs(30)).median).toBeLessThan(0.22);
    expect(right).toBe(0);
  });

  test("answers OR right where its targets are taken literally, though they cannot be met", () => {
    const { error, right, startError } = learn(gates.or, { seed }, literal);
    expect(right).toBeGreaterThanOrEqual(940);
    expect(Math.min(...error, ...startError)).toBeGreaterThanOrEqual(13 / 128 - 1e-15);
    expect(Math.min(...learn(gates.xor, { seed }, literal).error)).toBeGreaterThanOrEqual(0.15625 - 1e-15);
  });
});

test("OR's solution is w = 0, and the cost there is 11/64 for literal targets", () => {
  const { error, weights, runs } = learn(gates.or, { epochs: 2000, runs: 20 }, literal);
  expect(spreadOf(weights).p95).toBeLessThan(0.02);
  expect(error.at(-runs)).toBeCloseTo(11 / 64, 2);
});

test("weights are probabilities whatever the gate, and AND cannot be met", () => {
  for (let answers = 0; answers < 16; answers++) {
    const { weights } = learn(answers.toString(2).padStart(4, "0"), { runs: 20, epochs: 3000 });
    expect(weights.every((w) => w >= 0 && w <= 1)).toBe(true);
  }
  expect(Math.min(...learn(gates.and).error)).toBeGreaterThanOrEqual(0.125 - 1e-15);
});

test("three inputs learn OR too", () => {
  const { right, runs } = learn("01111111", { runs: 200, epochs: 100 }, { target: "threshold", level: 0.2 });
  expect(right).toBeGreaterThan(0.9 * runs);
});

test("goes on from where it was stopped with the same bits", () => {
  const one = task(singleLayer(), gate(gates.or, { drawn: undefined }), { rule: "stochastic", epochs: 30, runs: 50 });
  const whole = finish(trainStochastic(one));
  const training = trainStochastic(one);
  for (let k = 0; k < 11; k++) training.next("go on");
  const step = training.next("stop");
  if (!step.done) throw new Error("went on");
  expect(step.value.epochs).toBe(11);
  const kept = JSON.parse(JSON.stringify(step.value.checkpoint)) as typeof step.value.checkpoint;
  expect(finish(trainStochastic(one, undefined, kept))).toEqual(whole);
});

describe("a row that leaves inputs out", () => {
  // Basis states in the place of bits: the first input of row 0 and 1, the second of 2 and 3.
  const rows = (truth: string): number[] =>
    [...truth].flatMap((t, k) => [k < 2 ? k : -1, k < 2 ? -1 : k - 2, Number(t)]);
  const data = (truth: string) => ({ ...gate(truth), train: Float64Array.from(rows(truth)), drawn: undefined });
  const ends = (truth: string) => {
    const found = learn(truth, { data: data(truth), epochs: 60, runs: 200 }, { target: "threshold", level: 0.9 });
    return { errors: found.costs(60), right: found.right };
  };

  // Answers to rows 0 and 1 sum to 1, and so do those to 2 and 3.
  test.each(["0101", "0110", "1001", "1010"])("%s is learned", (truth) => {
    const { errors, right } = ends(truth);
    expect([...errors].sort((a, b) => a - b)[100]).toBeLessThan(1e-3);
    expect(right).toBeGreaterThan(190);
  });

  // Two equal answers: both 1 cost 2(0.9 − 0.5)², both 0 cost w² + (1 − w)² = 1/2 at least, over four rows.
  test.each([
    ["0111", 0.08],
    ["0001", 0.125],
    ["1111", 0.16],
    ["0000", 0.25],
  ] as const)("%s costs %d at least", (truth, floor) => {
    const { errors, right } = ends(truth);
    expect(Math.min(...errors)).toBeGreaterThanOrEqual(floor - 1e-12);
    expect(right).toBe(0);
  });
});
