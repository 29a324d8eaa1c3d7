import { describe, expect, test } from "vitest";
import { hp, hpDifferential } from "../../src/devices/perceptrons/activations.js";
import { answering } from "../../src/learning/evaluation.js";
import { trainIdeal } from "../../src/learning/ideal.js";
import type { History, Task } from "../../src/learning/task.js";
import { Random } from "../../src/numerics/random.js";
import { spreadOf } from "../../src/numerics/spread.js";
import { errorsAt, finish, gate, gates, layered, rightAt, slpTask, task } from "../learning-networks.js";

// The learning curves of both kinds of perceptron over 1000 epochs and 100 realisations, for the default seed and others.

const train = (one: Task): History => finish(trainIdeal(one));
const mean = (of: History, epoch: number) => spreadOf(errorsAt(of, epoch)).mean;
const below = (of: History, bar: number) => errorsAt(of, 1000).filter((error) => error < bar).length;

const differentialTask = (truth: string, of: Partial<Task> = {}) =>
  task(layered([2, 2, 1], hpDifferential(4), "additive", { min: -4, max: 4 }), gate(truth), {
    rate: truth === gates.xor ? 0.01 : 0.1,
    ...of,
  });

const filmTask = (truth: string, W: number, of: Partial<Task> = {}) =>
  task(layered([2, 2, 1], hp(W, 0.01), "gain", { min: -W, max: W }), gate(truth), {
    rate: truth === gates.xor ? 0.01 : 0.1,
    ...of,
  });

describe.each([1, 2, 3, 4])("seed %i", (seed) => {
  test("a single layer learns OR and AND", () => {
    const or = train(slpTask(gates.or, { seed }));
    expect(mean(or, 200)).toBeGreaterThan(0.13);
    expect(mean(or, 200)).toBeLessThan(0.17);
    expect(mean(or, 200) / mean(or, 1)).toBeLessThan(0.03);
    expect(mean(or, 1000)).toBeLessThan(0.03);
    const and = train(slpTask(gates.and, { seed }));
    expect(mean(and, 200)).toBeGreaterThan(0.25);
    expect(mean(and, 200)).toBeLessThan(0.35);
    expect(mean(and, 200) / mean(and, 1)).toBeLessThan(0.05);
    expect(mean(and, 1000)).toBeLessThan(0.06);
    for (const found of [or, and]) {
      for (let epoch = 100; epoch <= 1000; epoch++) expect(rightAt(found, epoch)).toBe(100);
    }
  });

  test("a single layer does not learn XOR", () => {
    const drawn = train(slpTask(gates.xor, { seed }));
    expect(mean(drawn, 1000)).toBeGreaterThan(10);
    expect(mean(drawn, 1000)).toBeLessThan(12.6);
    expect(rightAt(drawn, 1000)).toBe(0);
    const rows = gate(gates.xor).train;
    const balanced = { ...gate(gates.xor), train: Float64Array.from({ length: 300 }, (_, k) => rows[k % 12]!) };
    const even = train({ ...slpTask(gates.xor, { seed }), data: { ...balanced, drawn: undefined } });
    expect(mean(even, 1000)).toBeGreaterThan(12.4);
    expect(mean(even, 1000)).toBeLessThan(12.8);
    expect(rightAt(even, 1000)).toBe(0);
  });

  test.each([
    ["or", 1e-4],
    ["and", 5e-4],
    ["xor", 5e-3],
  ] as const)("differential nodes learn %s", (name, bar) => {
    const found = train(differentialTask(gates[name], { seed }));
    expect(below(found, 0.01)).toBeGreaterThanOrEqual(98);
    expect(mean(found, 1000)).toBeLessThan(bar);
    if (name !== "xor") expect(mean(found, 200)).toBeLessThan(name === "or" ? 0.146 : 0.288);
  });

  test.each(["or", "and"] as const)("plain HP nodes of W = 6 learn %s", (name) => {
    const found = train(filmTask(gates[name], 6, { seed }));
    expect(below(found, 0.01)).toBeGreaterThanOrEqual(98);
    expect(spreadOf(errorsAt(found, 50)).median).toBeLessThan(name === "or" ? 0.717 : 1.328);
    expect(found.diverged.every((epoch) => epoch === 0)).toBe(true);
  });

  test("plain HP nodes learn XOR, the wider ones surely", () => {
    const found = train(filmTask(gates.xor, 6, { seed }));
    expect(below(found, 0.1)).toBeGreaterThanOrEqual(93);
    expect(rightAt(found, 1000)).toBeGreaterThanOrEqual(98);
    expect(mean(found, 1000)).toBeLessThan(0.05);
    expect(below(train(filmTask(gates.xor, 10, { seed })), 0.01)).toBeGreaterThanOrEqual(97);
  });
});

const all = Array.from({ length: 16 }, (_, k) => k.toString(2).padStart(4, "0"));

describe("all sixteen gates of two inputs", () => {
  test("a single layer learns the fourteen that a line separates, and neither XOR nor XNOR", () => {
    const learned = all.filter((truth) => rightAt(train(slpTask(truth, { runs: 20 })), 1000) === 20);
    expect(all.filter((truth) => !learned.includes(truth))).toEqual(["0110", "1001"]);
    for (const truth of ["0110", "1001"]) expect(rightAt(train(slpTask(truth, { runs: 20 })), 1000)).toBe(0);
  });

  test("two layers learn all of them where biases are additive", () => {
    for (const truth of all) {
      const found = train(differentialTask(truth, { runs: 20, rate: 0.02 }));
      expect([truth, rightAt(found, 1000)]).toEqual([truth, 20]);
    }
  });

  // φ(0; b) = 0 whatever the gain: all is dark where both inputs are.
  test("where biases are gains, those that answer 1 to (0, 0) stay wrong there", () => {
    for (const truth of all) {
      const found = train(filmTask(truth, 10, { runs: 20, rate: 0.01 }));
      if (truth.startsWith("1")) expect([truth, rightAt(found, 1000)]).toEqual([truth, 0]);
      else expect(rightAt(found, 1000)).toBeGreaterThanOrEqual(18); // some starts take longer than that
    }
  });
});

describe("backpropagation written out for 2-2-1", () => {
  /** The last error of each of 20 realisations; `delta` is what stands for the output's difference. */
  function learn(truth: string, delta: (T: number, V: number) => number): number[] {
    return Array.from({ length: 20 }, (_, run) => {
      const random = new Random("2-2-1", run);
      const w = Array.from({ length: 9 }, (_, k) =>
        k % 3 === 2 ? 0 : (2 * random.uniform() - 1) * Math.sqrt(k < 6 ? 1.5 : 2),
      );
      const samples = Int32Array.from({ length: 100 }, () => random.below(4));
      let error = 0;
      for (let epoch = 0; epoch < 1000 && error < 1e6; epoch++) {
        error = 0;
        random.shuffle(samples);
        for (const row of samples) {
          const [x, T] = [[row >> 1, row & 1, 1], Number(truth[row])];
          const u = [0, 3].map((at) => x.reduce((sum, xi, i) => sum + xi * w[at + i]!, 0));
          const v = [...u.map((ui) => (ui * ui) / 4), 1];
          const out = v.reduce((sum, vi, i) => sum + vi * w[6 + i]!, 0);
          const V = (out * out) / 4;
          error += 0.5 * (T - V) ** 2;
          const d = delta(T, V) * (out / 2);
          const hidden = u.map((ui, i) => (d * w[6 + i]! * ui) / 2);
          for (const [i, vi] of v.entries()) w[6 + i]! += 0.02 * d * vi;
          for (const [h, dh] of hidden.entries()) for (const [i, xi] of x.entries()) w[3 * h + i]! += 0.02 * dh * xi;
        }
      }
      return error < 1e6 ? error : Infinity;
    });
  }

  test.each(Object.values(gates))("learns %s with T − V, and not with T alone as one equation prints it", (truth) => {
    expect(learn(truth, (T, V) => T - V).filter((error) => error < 0.5).length).toBeGreaterThanOrEqual(18);
    expect(learn(truth, (T) => T).filter((error) => error < 0.5)).toHaveLength(0);
  });
});

describe("what a hidden layer can fit: sin 4πx on [0, 1] with a linear readout", () => {
  /** Root mean square of what is left after the best combination of the hidden neurons' values. */
  function misfit(seed: number, width: number, range: number): number {
    const random = new Random("hidden", seed);
    const network = layered([2, width], hpDifferential(range), undefined);
    const weights = Float64Array.from(network.weights, () => 4 * (2 * random.uniform() - 1));
    const answer = answering(network, weights);
    const x = Array.from({ length: 400 }, (_, k) => (k + 0.5) / 400);
    const features = x.map((at) => [...answer([at, 1])]);
    let rest = x.map((at) => Math.sin(4 * Math.PI * at));
    const basis: number[][] = [];
    for (let k = 0; k < width; k++) {
      let column = features.map((row) => row[k]!);
      const size = Math.sqrt(dot(column, column));
      for (const twice of [...basis, ...basis]) column = without(column, twice);
      const left = Math.sqrt(dot(column, column));
      if (left < 1e-9 * size) continue; // it says nothing new
      basis.push(column.map((value) => value / left));
      rest = without(rest, basis.at(-1)!);
    }
    return Math.sqrt(dot(rest, rest) / x.length);
  }
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + value * b[k]!, 0);
  const without = (a: readonly number[], unit: readonly number[]) => {
    const part = dot(a, unit);
    return a.map((value, k) => value - part * unit[k]!);
  };

  test.each([1, 2, 3, 4, 5])("nodes with bounds come as near as is wished, seed %i", (seed) => {
    expect(misfit(seed, 80, 1)).toBeLessThan(0.03);
    expect(misfit(seed, 80, 1)).toBeLessThan(misfit(seed, 20, 1) / 2);
  });

  // One layer of squares of any width spans the parabolas alone (M. Leshno et al., Neural Networks 6, 861, 1993).
  test("squares without bounds do not, whatever the width", () => {
    for (const width of [5, 20, 80]) expect(misfit(1, width, 1e6)).toBeCloseTo(0.651, 3);
  });
});
