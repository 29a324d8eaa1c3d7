import { describe, expect, test } from "vitest";
import { hp, hpDifferential, linear, sigmoid } from "../src/devices/perceptrons/activations.js";
import { Cells } from "../src/learning/cells.js";
import { newTally, planOf } from "../src/learning/epoch.js";
import { trainIdeal } from "../src/learning/ideal.js";
import { glorotBounds, layersOf } from "../src/learning/layers.js";
import type { Imperfections, Network } from "../src/learning/network.js";
import type { Dataset, Task } from "../src/learning/task.js";
import { walkedEpoch } from "../src/learning/walked.js";
import { writtenEpoch } from "../src/learning/written.js";
import { Random } from "../src/numerics/random.js";
import {
  finish,
  gate,
  gates,
  ideal,
  law,
  layered,
  quadratic,
  singleLayer,
  slpTask,
  task,
} from "./learning-networks.js";

// What a training does with the numbers of a network; what it learns stands in learning-papers.test.ts.

/** A network without layers: each neuron looks at some of the units before it; chains, thresholds, bounds at random. */
function anyNetwork(random: Random, of: Partial<Imperfections> = {}): Network {
  const inputs = Array.from({ length: 1 + random.below(3) }, (_, k) => `x${k}`);
  const constants = random.below(2) === 0 ? [] : [{ name: "one", value: 1 - 2 * random.uniform() }];
  const first = inputs.length + constants.length;
  const weights: Network["weights"][number][] = [];
  const synapses: Network["synapses"][number][] = [];
  const add = () => {
    const ith = 20 + 0.01 * random.below(8);
    const bounded = random.below(2) === 0 || Object.keys(of).length > 0;
    const range = bounded ? { min: -1 - random.uniform(), max: 1 + random.uniform() } : {};
    const imperfections = { ...ideal, ...of };
    const rate = random.below(2) === 0 ? 1 : 0.5 + random.uniform();
    const device = law({ ith, a: 0.01 + 0.05 * random.uniform(), rate, ...range, imperfections });
    const count = weights.length;
    return weights.push({ name: `w${count}`, initial: undefined, trained: random.below(5) > 0, law: device }) - 1;
  };
  const neurons = Array.from({ length: 2 + random.below(4) }, (_, to) => {
    for (let from = 0; from < first + to; from++) {
      if (from > 0 && random.below(3) === 0) continue;
      const gain = random.below(2) === 0 ? 1 : 0.5 + random.uniform();
      synapses.push({ name: `s${from}_${to}`, from, to, weight: add(), gain });
    }
    const kind = (["additive", "gain", undefined] as const)[random.below(3)];
    const activation = [sigmoid, hp(3, 0.01), hpDifferential(2), linear][random.below(4)]!;
    return { name: `n${to}`, activation, bias: kind && { kind, weight: add() } };
  });
  const half = weights.length >> 1;
  const chains = [Array.from({ length: half }, (_, k) => 2 * k), ...(half > 1 ? [[1, 3]] : [])];
  return { inputs, constants, neurons, synapses, weights, outputs: [first + neurons.length - 1, first], chains };
}

/** The network with thresholds that readings reach; if `shared`, the weights of its first neuron are in one memristor. */
function sensitive(network: Network, shared: boolean): Network {
  const inOne = new Set(shared ? network.synapses.flatMap(({ to, weight }) => (to === 0 ? [weight] : [])) : []);
  const weights = network.weights.map((it, k) => ({
    ...it,
    ...(inOne.has(k) && { shared: true }),
    law: { ...it.law, ith: inOne.has(k) ? 0.3 + 0.25 * k : it.law.ith - 19.6, a: 0.2 },
  }));
  return { ...network, weights };
}

function anyData(random: Random, network: Network, oneHot: boolean): Dataset {
  const rows = Array.from({ length: 12 }, (_, k) => [
    ...network.inputs.map(() => 2 * random.uniform() - 1),
    k % 2,
    oneHot ? 1 - (k % 2) : random.below(2),
  ]);
  const targets = ["y", "z"];
  const train = Float64Array.from(rows.flat());
  return { name: "d", inputs: network.inputs, targets, train, test: new Float64Array(0), drawn: 20, shared: false };
}

const kinds: Record<string, Partial<Imperfections>> = {
  ideal: {},
  "with thresholds and gains of their own": { spreadThreshold: 0.001, spreadWeight: 0.1 },
  "of few levels": { levels: 40 },
  noisy: { writeNoise: 0.2, readNoise: 0.01 },
  "stuck, asymmetric and forgetful": { stuckOn: 0.1, stuckOff: 0.1, asymmetry: 0.3, retention: 100 },
};

describe.each(Object.entries(kinds))("devices %s", (name, of) => {
  test("written code gives the bits of walking", () => {
    const random = new Random("written", name);
    let moved = 0;
    for (let k = 0; k < 10; k++) {
      const network = anyNetwork(random, of);
      const data = anyData(random, network, k % 2 === 0);
      const one = task(network, data, { runs: 2, epochs: 6, rate: 0.1, seed: k, biasInit: "glorot" });
      const written = finish(trainIdeal(one, undefined, writtenEpoch));
      const walked = finish(trainIdeal(one, undefined, walkedEpoch));
      expect(written).toEqual(walked);
      moved += written.writes.crossTalk > 0 ? 1 : 0;
    }
    expect(moved).toBeGreaterThan(2); // the cases have something to say
  });

  test("two realisations that are taken side by side have the bits of each by itself", () => {
    const one = slpTask(
      gates.or,
      { runs: 5, epochs: 30 },
      singleLayer({ of: { min: -4, max: 4, imperfections: { ...ideal, ...of } } }),
    );
    const odd = { ...one, stopBelow: 3.5 }; // ends them at different epochs
    expect(writtenEpoch(planOf(one)).two).toBeDefined();
    for (const each of [one, odd])
      expect(finish(trainIdeal(each, undefined, writtenEpoch))).toEqual(
        finish(trainIdeal(each, undefined, walkedEpoch)),
      );
  });

  test("written code gives the bits of walking where edges take time and readings move weights", () => {
    const random = new Random("disturbed", name);
    let disturbed = 0;
    for (let k = 0; k < 6; k++) {
      const network = sensitive(anyNetwork(random, of), k % 3 === 0);
      const timing = { read: 0.2, write: 1, gap: 0, rise: k % 2 === 0 ? 0.3 : 0 };
      const data = anyData(random, network, k % 2 === 0);
      const one = task(network, data, { runs: 2, epochs: 3, rate: 0.1, seed: k, biasInit: "glorot", timing });
      const written = finish(trainIdeal(one, undefined, writtenEpoch));
      expect(written).toEqual(finish(trainIdeal(one, undefined, walkedEpoch)));
      disturbed += written.writes.readChange > 0 ? 1 : 0;
    }
    expect(disturbed).toBeGreaterThan(3);
  });

  test("a training that is stopped and taken up again ends with the same bits", () => {
    const random = new Random("stopped", name);
    for (let k = 0; k < 3; k++) {
      const network = anyNetwork(random, of);
      const one = task(network, anyData(random, network, false), { runs: 2, epochs: 40, seed: k });
      const whole = finish(trainIdeal(one));
      const first = finish(trainIdeal({ ...one, epochs: 1 + random.below(38) }));
      const second = JSON.parse(JSON.stringify(first.checkpoint)) as typeof first.checkpoint;
      expect(finish(trainIdeal(one, second))).toEqual(whole);
    }
  });
});

describe("a training", () => {
  test("stops when it is told to, with whole epochs, and goes on to the same end", () => {
    const one = slpTask(gates.and, { runs: 7, epochs: 1500 });
    const whole = finish(trainIdeal(one));
    const random = new Random("words");
    for (let k = 0; k < 3; k++) {
      const training = trainIdeal(one);
      let step = training.next("go on");
      for (let words = random.below(4); words > 0 && !step.done; words--) step = training.next("go on");
      if (!step.done) {
        expect(step.value).toBeGreaterThan(0);
        expect(step.value).toBeLessThan(1);
        step = training.next("stop");
      }
      if (!step.done) throw new Error("went on");
      expect(step.value.epochs).toBeLessThan(1500);
      expect(step.value.error).toEqual(whole.error.slice(0, step.value.epochs * 7));
      expect(finish(trainIdeal(one, step.value.checkpoint))).toEqual(whole);
    }
  });

  test("does not go on from the checkpoint of another", () => {
    const { checkpoint } = finish(trainIdeal(slpTask(gates.and, { runs: 1, epochs: 1 })));
    expect(() => finish(trainIdeal(slpTask(gates.or, { runs: 1 }), checkpoint))).toThrow(RangeError);
    expect(() => finish(trainIdeal(slpTask(gates.and, { runs: 1, rate: 0.2 }), checkpoint))).toThrow(RangeError);
  });

  test("realisations do not depend on how many there are", () => {
    const few = finish(trainIdeal(slpTask(gates.xor, { runs: 2, epochs: 20 })));
    const many = finish(trainIdeal(slpTask(gates.xor, { runs: 5, epochs: 20 })));
    expect(many.weights.slice(0, 6)).toEqual(few.weights);
  });

  test("a realisation that diverges beside another leaves it alone", () => {
    const network = singleLayer({ activation: quadratic(1), ith: [1e7, 2e7, 3e7], of: { a: 9e6 } });
    const one = slpTask(gates.or, { runs: 20, epochs: 12, rate: 0.15 }, network);
    const written = finish(trainIdeal(one, undefined, writtenEpoch));
    expect(written).toEqual(finish(trainIdeal(one, undefined, walkedEpoch)));
    const lost = [...written.diverged].filter((epoch) => epoch > 0).length;
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(20);
  });

  test("a realisation that diverges is frozen, counted, and has no error from there", () => {
    const one = task(layered([2, 2, 1], quadratic(1), "additive"), gate(gates.or), { epochs: 50 });
    const { error, diverged, runs, epochs } = finish(trainIdeal(one));
    const lost = [...diverged].filter((epoch) => epoch > 0).length;
    expect(lost).toBeGreaterThan(20);
    for (let run = 0; run < runs; run++) {
      const end = diverged[run]! === 0 ? epochs : diverged[run]! - 1;
      for (let epoch = 0; epoch < epochs; epoch++) {
        expect(Number.isNaN(error[epoch * runs + run]!)).toBe(epoch >= end);
      }
    }
  });

  test("`stopBelow` ends each realisation by itself, which then stays as it is", () => {
    const whole = finish(trainIdeal(slpTask(gates.or, { runs: 5, epochs: 300 })));
    const early = finish(trainIdeal(slpTask(gates.or, { runs: 5, epochs: 300, stopBelow: 0.5 })));
    expect(early.epochs).toBeLessThan(300);
    for (let run = 0; run < 5; run++) {
      const errors = Array.from({ length: 300 }, (_, epoch) => whole.error[epoch * 5 + run]!);
      const end = errors.findIndex((error) => error < 0.5);
      for (let epoch = 0; epoch < early.epochs; epoch++) {
        expect(early.error[epoch * 5 + run]).toBe(errors[Math.min(epoch, end)]);
      }
    }
  });

  test("one draw for all, or one for each; no draw shows every row once an epoch", () => {
    const rows = (of: Partial<Dataset>) => {
      const linearOnes = singleLayer({ activation: linear });
      const one = task(linearOnes, gate("0123", of), { runs: 40, epochs: 1, rate: 0, init: "zero" });
      return [...finish(trainIdeal(one)).error];
    };
    expect(new Set(rows({ shared: true })).size).toBe(1);
    expect(new Set(rows({ shared: false })).size).toBeGreaterThan(10);
    expect(new Set(rows({ drawn: undefined }))).toEqual(new Set([(1 + 4 + 9) / 2]));
  });

  test("without `shuffle` the rows come in their order", () => {
    // With η = 1 a linear neuron without bias forgets all but the last sample of an input that is always 1.
    const last = (shuffle: boolean): Task =>
      task(
        singleLayer({ inputs: 1, bias: false, activation: linear, of: { a: Infinity } }),
        { ...gate("01"), train: Float64Array.of(1, 3, 1, 5, 1, 8), drawn: undefined },
        { rate: 1, runs: 30, epochs: 1, shuffle },
      );
    expect(new Set(finish(trainIdeal(last(false))).weights)).toEqual(new Set([8]));
    expect(new Set(finish(trainIdeal(last(true))).weights)).toEqual(new Set([3, 5, 8]));
  });

  test("refuses a synapse that goes back", () => {
    const network = layered([2, 2, 1], sigmoid, undefined);
    const back = { ...network, synapses: network.synapses.map((synapse) => ({ ...synapse, from: 4 })) };
    expect(() => planOf(task(back, gate(gates.or)))).toThrow(/`s0_0` goes back/);
  });
});

describe("starts", () => {
  test("have Glorot's bounds: √2 for two inputs and an output, √1.5 for the hidden layer of 2-2-1", () => {
    expect([...glorotBounds(singleLayer())]).toEqual([Math.SQRT2, Math.SQRT2, Math.SQRT2]);
    const network = layered([2, 2, 1], sigmoid, "additive");
    expect([...layersOf(network)]).toEqual([1, 1, 2]);
    const bounds = glorotBounds(network);
    expect([...bounds.subarray(0, 6)]).toEqual(Array(6).fill(Math.sqrt(1.5)));
    expect([...bounds.subarray(6)]).toEqual([Math.SQRT2, Math.SQRT2, Math.SQRT2]);
  });

  const start = (of: Partial<Task>, network = layered([2, 2, 1], sigmoid, "additive")) =>
    finish(trainIdeal(task(network, gate(gates.or), { epochs: 0, ...of }))).weights;

  test("are uniform between the bounds, biases too if they shall be", () => {
    const bounds = glorotBounds(layered([2, 2, 1], sigmoid, "additive"));
    const parts = [...start({ runs: 2000, biasInit: "glorot" })].map((w, k) => w / bounds[k % 9]!);
    expect(Math.max(...parts.map(Math.abs))).toBeLessThanOrEqual(1);
    const moment = (power: number) => parts.reduce((sum, part) => sum + part ** power, 0) / parts.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1 / 3, 1);
    expect(moment(4)).toBeCloseTo(1 / 5, 1);
  });

  test("are 0, or given, or what is given where something is", () => {
    expect(new Set(start({ init: "zero", biasInit: "zero" }))).toEqual(new Set([0]));
    expect([...start({ runs: 1 })].filter((w) => w === 0)).toHaveLength(3); // the biases
    const network = layered([2, 2, 1], sigmoid, undefined, { min: -1, max: 1 });
    const given = { ...network, weights: network.weights.map((of, k) => (k < 2 ? { ...of, initial: 3 * k } : of)) };
    const weights = start({ init: "given", runs: 1 }, given);
    expect([...weights.subarray(0, 2)]).toEqual([0, 1]);
    expect(weights[2]).not.toBe(0);
    expect([...start({ init: "glorot", runs: 1 }, given).subarray(0, 2)]).not.toEqual([0, 1]);
  });
});

test("an epoch that has nothing to learn moves nothing", () => {
  const network = layered([2, 1], linear, undefined);
  const data = { ...gate("00"), inputs: ["a", "b"], train: Float64Array.of(1, 1, 0), drawn: undefined };
  const plan = planOf(task(network, data));
  const weights = Float64Array.of(0.5, -0.5);
  const tally = newTally(plan);
  writtenEpoch(plan)(weights, Int32Array.of(0, 0, 0), new Cells(network, []), tally);
  expect([...weights]).toEqual([0.5, -0.5]);
  expect(tally).toMatchObject({ error: 0, right: 3, pulses: 0, missed: 0 });
});
