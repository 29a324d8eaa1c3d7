import { expect, test } from "vitest";
import { linear } from "../src/devices/perceptrons/activations.js";
import { answersOf, classOf } from "../src/learning/answers.js";
import { judge } from "../src/learning/evaluation.js";
import { keptRun } from "../src/learning/keep.js";
import { historyColumns } from "../src/learning/statistics.js";
import type { Dataset, History } from "../src/learning/task.js";
import { quantile, spreadOf } from "../src/numerics/spread.js";
import { gate, layered } from "./learning-networks.js";

const writes = {
  pulses: 0,
  writes: 0,
  unreached: 0,
  missed: 0,
  largestPulse: 0,
  crossTalk: 0,
  readChange: 0,
  readOverThreshold: 0,
};

/** Two epochs of five realisations, the second of which diverges in epoch 1, the last in epoch 2. */
const history: History = {
  epochs: 2,
  stopped: false,
  runs: 5,
  error: Float64Array.of(8, NaN, 6, 4, 2, 3, NaN, 2, 1, NaN),
  correct: Float64Array.of(0.5, NaN, 0.25, 1, 0.25, 1, NaN, 0.5, 0, NaN),
  diverged: Int32Array.of(0, 1, 0, 0, 2),
  weights: new Float64Array(5),
  writes,
};

test("a history's columns leave out what has diverged, and count it", () => {
  const columns = Object.fromEntries(historyColumns(history).map(({ name, values }) => [name, [...values]]));
  expect(columns["epoch"]).toEqual([1, 2]);
  expect(columns["error.mean"]).toEqual([5, 2]);
  expect(columns["error.median"]).toEqual([5, 2]);
  expect(columns["error.p05"]![0]).toBeCloseTo(2 + 0.15 * 2, 14);
  expect(columns["error.p95"]![0]).toBeCloseTo(6 + 0.85 * 2, 14);
  expect(columns["correct"]).toEqual([0.5, 0.5]);
  expect(columns["diverged"]).toEqual([1, 2]);
});

test("where all have diverged there are no numbers, and not zeros", () => {
  expect(spreadOf(Float64Array.of(NaN, NaN))).toEqual({ mean: NaN, median: NaN, p05: NaN, p95: NaN });
  expect(quantile(Float64Array.of(7), 0.95)).toBe(7);
});

test("a circuit keeps the best, the middle or the last realisation that did not diverge", () => {
  expect(keptRun(history, "best")).toBe(3);
  expect(keptRun(history, "median")).toBe(2);
  expect(keptRun(history, "last")).toBe(3);
  expect(keptRun(history, { run: 1 })).toBe(0);
});

const iris = (targets: readonly number[][]): Dataset => ({
  ...gate("0"),
  inputs: ["x"],
  targets: ["a", "b", "c"].slice(0, targets[0]!.length),
  train: Float64Array.from(targets.flatMap((row, k) => [k, ...row])),
});

test("one-hot targets ask for the largest output, others for a side of the middle", () => {
  const hot = answersOf(
    iris([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]),
  );
  expect(hot.kind).toBe("largest");
  expect(classOf(hot, Float64Array.of(-3, -1, -2))).toBe(1);
  const bits = answersOf(
    iris([
      [1, 0, 0],
      [0, 1, 1],
    ]),
  );
  expect(bits).toEqual({ kind: "levels", level: 0.5 });
  expect(classOf(bits, Float64Array.of(0.6, 0.4, 0.9))).toBe(5);
  expect(answersOf(iris([[-1], [1]]))).toEqual({ kind: "levels", level: 0 });
  expect(answersOf(iris([[1], [1]])).level).toBe(0.5);
  expect(answersOf(iris([[0], [0]])).level).toBe(0.5);
  expect(answersOf(iris([[-1], [-1]])).level).toBe(0);
});

test("a confusion matrix has a row for the truth and a column for the answer", () => {
  // y = (x, 1 − x, 0.5 x): class 0 above a half, class 1 below.
  const network = { ...layered([1, 3], linear, "additive"), outputs: [1, 2, 3] };
  const weights = Float64Array.of(1, 0, -1, 1, 0.5, 0);
  const rows = Float64Array.of(0.9, 1, 0, 0, 0.1, 0, 1, 0, 0.8, 0, 1, 0, 0.7, 0, 0, 1);
  const data = { ...iris([[1, 0, 0]]), train: rows };
  const { samples, right, confusion, error } = judge(network, weights, data, rows);
  expect(samples).toBe(4);
  expect(right).toBe(2);
  expect([...confusion]).toEqual([1, 0, 0, 1, 1, 0, 1, 0, 0]);
  const outputs = [0.9, 0.1, 0.8, 0.7].map((x) => [x, 1 - x, x / 2]);
  const targets = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const sum = outputs.flat().reduce((total, y, k) => total + 0.5 * (targets.flat()[k]! - y) ** 2, 0);
  expect(error).toBeCloseTo(sum, 14);
});
