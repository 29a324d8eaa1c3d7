import { describe, expect, test } from "vitest";
import { linear } from "../src/devices/perceptrons/activations.js";
import { Cells } from "../src/learning/cells.js";
import { trainIdeal } from "../src/learning/ideal.js";
import type { Imperfections, Network, WeightLaw } from "../src/learning/network.js";
import type { Task } from "../src/learning/task.js";
import { finish, gate, gates, ideal, law, layered, rightAt, singleLayer, slpTask, task } from "./learning-networks.js";

// Each imperfection alone, against its statistics or its closed form.

const moments = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: Math.sqrt(variance) };
};

const devices = 4000;

/** Many devices with one imperfection, each with a name of its own. */
function many(of: Partial<Imperfections>, range: Partial<WeightLaw> = { min: -1, max: 3 }): Network {
  const device = law({ ...range, imperfections: { ...ideal, ...of } });
  const weights = Array.from({ length: devices }, (_, k) => ({
    name: `w${k}`,
    initial: 0.5,
    trained: true,
    law: device,
  }));
  return { ...layered([1, 1], linear, undefined), weights };
}

const cells = (of: Partial<Imperfections>, run = 0) => new Cells(many(of), ["test", run]);
const each = (of: (k: number) => number) => Array.from({ length: devices }, (_, k) => of(k));

/** 4 standard errors of a mean, and of a standard deviation. */
const slack = 4 / Math.sqrt(devices);

describe("what is drawn once a device", () => {
  test("thresholds scatter by their spread", () => {
    const { mean, deviation } = moments([...cells({ spreadThreshold: 0.05 }).ith]);
    expect(Math.abs(mean / 20 - 1)).toBeLessThan(0.05 * slack);
    expect(Math.abs(deviation / (0.05 * 20) - 1)).toBeLessThan(slack);
  });

  test("gains scatter by their spread, and multiply what is read", () => {
    const drawn = cells({ spreadWeight: 0.1 });
    const { mean, deviation } = moments(each((k) => drawn.read(k, 2)));
    expect(Math.abs(mean / 2 - 1)).toBeLessThan(0.1 * slack);
    expect(Math.abs(deviation / 0.2 - 1)).toBeLessThan(slack);
    expect(drawn.read(7, 2)).toBe(drawn.read(7, 2));
  });

  test("as many are stuck at either end as is said, and stay there", () => {
    const drawn = cells({ stuckOn: 0.1, stuckOff: 0.25 });
    const starts = each((k) => drawn.start(k, 0.5));
    const share = (value: number) => starts.filter((w) => w === value).length / devices;
    for (const [value, part] of [
      [3, 0.1],
      [-1, 0.25],
      [0.5, 0.65],
    ] as const) {
      expect(Math.abs(share(value) - part)).toBeLessThan(4 * Math.sqrt((part * (1 - part)) / devices));
    }
    for (const [k, w] of starts.entries()) expect(drawn.moved(k, w, 0.01)).toBe(w === 0.5 ? 0.51 : w);
  });

  test("the draw depends on the realisation and the device's name, and on nothing else", () => {
    const of = { spreadThreshold: 0.05, spreadWeight: 0.1 };
    expect(cells(of).ith).toEqual(cells(of).ith);
    expect(cells(of, 1).ith[0]).not.toBe(cells(of).ith[0]);
    const fewer = many(of);
    const second = new Cells({ ...fewer, weights: fewer.weights.slice(1) }, ["test", 0]);
    expect(second.ith[0]).toBe(cells(of).ith[1]);
  });
});

describe("what is drawn each time", () => {
  test("a read adds noise relative to the range", () => {
    const drawn = cells({ readNoise: 0.02 });
    const { mean, deviation } = moments(each(() => drawn.read(0, 1)));
    expect(Math.abs(mean - 1)).toBeLessThan(0.08 * slack);
    expect(Math.abs(deviation / 0.08 - 1)).toBeLessThan(slack);
  });

  test("a write scatters relative to its change", () => {
    const drawn = cells({ writeNoise: 0.3 });
    const { mean, deviation } = moments(each(() => drawn.moved(0, 1, 0.1) - 1));
    expect(Math.abs(mean - 0.1)).toBeLessThan(0.03 * slack);
    expect(Math.abs(deviation / 0.03 - 1)).toBeLessThan(slack);
    expect(drawn.moved(0, 1, 0)).toBe(1);
  });
});

describe("what devices do", () => {
  test("with levels a weight is at one of them, the nearest", () => {
    const drawn = cells({ levels: 5 }); // −1, 0, 1, 2, 3
    expect(drawn.start(0, 0.4)).toBe(0);
    expect(drawn.moved(0, 0, 0.6)).toBe(1);
    expect(drawn.moved(0, 1, 0.4)).toBe(1);
    expect(drawn.moved(0, 3, 1)).toBe(3);
    const levels = { min: -8, max: 8, imperfections: { ...ideal, levels: 33 } };
    const { weights } = finish(
      trainIdeal(slpTask(gates.or, { epochs: 5, rate: 8 }, singleLayer({ of: { ...levels, a: 0.9 } }))),
    );
    expect(weights.every((w) => Number.isInteger(2 * w) && Math.abs(w) <= 8)).toBe(true);
    expect(new Set(weights).size).toBeGreaterThan(5);
  });

  test("asymmetry makes steps upwards larger and downwards smaller", () => {
    const drawn = cells({ asymmetry: 0.25 });
    expect(drawn.moved(0, 1, 0.1)).toBeCloseTo(1.125, 15);
    expect(drawn.moved(0, 1, -0.1)).toBeCloseTo(0.925, 15);
  });

  test("without retention a weight falls to its rest with its time constant", () => {
    const of = (range: Partial<WeightLaw>): Task => {
      const imperfections = { ...ideal, retention: 50 };
      const network = singleLayer({
        inputs: 1,
        bias: false,
        activation: linear,
        of: { imperfections, a: 1, ...range },
      });
      const weights = network.weights.map((it) => ({ ...it, initial: 4 }));
      const data = { ...gate("00"), inputs: ["x"], train: new Float64Array(20), drawn: undefined };
      return task({ ...network, weights }, data, {
        init: "given",
        runs: 1,
        epochs: 3,
        timing: { read: 2, write: 3, gap: 0.5, rise: 0 },
      });
    };
    // 3 epochs of 10 samples of 2 + 0.5 + 3 + 0.5 s.
    const left = Math.exp(-(30 * 6) / 50);
    expect(finish(trainIdeal(of({}))).weights[0]).toBeCloseTo(4 * left, 13);
    expect(finish(trainIdeal(of({ min: 1, max: 9 }))).weights[0]).toBeCloseTo(1 + 3 * left, 13);
  });

  test("a pulse of `write` seconds moves a weight by rate·write·s, and not beyond its range", () => {
    const network = singleLayer({ inputs: 1, bias: false, activation: linear, of: { a: 1, rate: 0.5, max: 0.7 } });
    const data = { ...gate("00"), inputs: ["x"], train: Float64Array.of(1, 1), drawn: undefined };
    const one = task(network, data, {
      init: "zero",
      runs: 1,
      epochs: 1,
      rate: 0.2,
      timing: { read: 1, write: 3, gap: 0, rise: 0 },
    });
    expect(finish(trainIdeal(one)).weights[0]).toBeCloseTo(0.2 * 0.5 * 3, 15);
    expect(finish(trainIdeal({ ...one, epochs: 50 })).weights[0]).toBe(0.7);
  });
});

describe("learning suffers", () => {
  const right = (of: Partial<Imperfections>, range: Partial<WeightLaw> = { min: -12, max: 12 }) => {
    const network = singleLayer({ of: { a: 0.9, ...range, imperfections: { ...ideal, ...of } } });
    return rightAt(finish(trainIdeal(slpTask(gates.and, { epochs: 100 }, network))), 100);
  };

  test("not from spread of what is read, from noise of writes, or from asymmetry: the loop corrects them", () => {
    expect(right({})).toBe(100);
    expect(right({ spreadWeight: 0.2 })).toBeGreaterThanOrEqual(98);
    expect(right({ writeNoise: 0.5 })).toBe(100);
    expect(right({ asymmetry: 0.3 })).toBeGreaterThanOrEqual(98);
  });

  test("from coarse levels, stuck cells, loss and thresholds that scatter beyond the window", () => {
    expect(right({ levels: 50 })).toBeLessThan(70); // a step of 0.5 is far above a pulse of 0.015
    expect(right({ stuckOn: 0.3 })).toBeLessThan(90);
    expect(right({ retention: 100 })).toBeLessThan(90);
    expect(right({ spreadThreshold: 0.1 })).toBeLessThan(70);
  });
});
