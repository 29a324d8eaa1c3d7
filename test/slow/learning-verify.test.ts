import { describe, expect, test } from "vitest";
import { linear } from "../../src/devices/perceptrons/activations.js";
import { simulate } from "../../src/index.js";
import { type Trained, trainIdeal } from "../../src/learning/ideal.js";
import type { Imperfections, WeightLaw } from "../../src/learning/network.js";
import type { Task } from "../../src/learning/task.js";
import { finish, gate, gates, ideal, law, layered, rightAt, singleLayer, slpTask, task } from "../learning-networks.js";

// What is known of a write that is read and repeated: w after k tries misses its change c by c·Π(−σ·z), z normal.

const writes = 6000;
const tolerance = 0.02;

/** One weight that is written from 0 to 0.1·1·1 once in each of many realisations: y = w·x, x = 1, target 1. */
function oneWrite(of: Partial<Imperfections>, range: Partial<WeightLaw> = {}, more: Partial<Task> = {}): Trained {
  const device = law({ ...range, imperfections: { ...ideal, ...of } });
  const network = layered([1, 1], linear, undefined, device);
  const data = { ...gate("00"), inputs: ["x"], train: Float64Array.of(1, 1), drawn: undefined };
  const verify = { tolerance, max: 20 };
  return finish(trainIdeal(task(network, data, { init: "zero", runs: writes, epochs: 1, verify, ...more })));
}

/** The part of standard normal numbers beyond ±x, by Simpson's rule. */
function beyond(x: number): number {
  const [end, steps] = [12, 4000];
  const density = (z: number): number => Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2);
  return x >= end ? 0 : simpson(density, x, end, steps);
}

function simpson(f: (x: number) => number, from: number, to: number, steps: number): number {
  const h = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * f(from + k * h);
  return (sum * h) / 3;
}

describe("a write that is verified", () => {
  test("takes one try where nothing falsifies it, and leaves what a plain write leaves", () => {
    const trained = oneWrite({}, {}, { runs: 7 });
    expect(trained.writes).toMatchObject({ pulses: 7, writes: 7, unreached: 0 });
    const training = slpTask(gates.and, { epochs: 20, runs: 5 });
    const [plain, checked] = [
      finish(trainIdeal(training)),
      finish(trainIdeal({ ...training, verify: { tolerance, max: 20 } })),
    ];
    expect(checked.weights).toEqual(plain.weights);
    expect(checked.writes.pulses).toBe(plain.writes.pulses);
    expect(checked.writes.writes).toBe(plain.writes.pulses);
  });

  test("comes within its tolerance in spite of noise, where a plain write misses by the noise", () => {
    const misses = ({ weights }: Trained) => [...weights].filter((w) => Math.abs(w / 0.1 - 1) > tolerance).length;
    const noisy = oneWrite({ writeNoise: 0.2 });
    expect(misses(noisy)).toBe(0);
    expect(noisy.writes.unreached).toBe(0);
    const plain = misses(oneWrite({ writeNoise: 0.2 }, {}, { verify: undefined })) / writes;
    expect(Math.abs(plain - beyond(tolerance / 0.2))).toBeLessThan(4 * Math.sqrt(0.25 / writes));
  });

  test("takes as many tries as products of normal numbers say", () => {
    const noise = 0.05;
    const { pulses, writes: count } = oneWrite({ writeNoise: noise }, {}, { verify: { tolerance, max: 3 } }).writes;
    const second = beyond(tolerance / noise);
    const density = (z: number): number =>
      Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2) * beyond(tolerance / (noise * noise * z));
    const third = simpson(density, tolerance / noise, 12, 2000);
    expect(count).toBe(writes);
    // Tries are 1, 2 or 3: their mean is 1 + P(> 1) + P(> 2), and their variance below 1.
    expect(Math.abs(pulses / count - (1 + second + third))).toBeLessThan(4 / Math.sqrt(writes));
  });

  test("makes up for gains and asymmetry that are not 1", () => {
    const { weights } = oneWrite({ asymmetry: 0.3, writeNoise: 0.05 }, {}, { runs: 500 });
    for (const w of weights) expect(Math.abs(w / 0.1 - 1)).toBeLessThanOrEqual(tolerance);
  });

  test("gives up after `max` pulses, and counts it", () => {
    const wall = oneWrite({}, { max: 0.05 }, { runs: 10, verify: { tolerance, max: 4 } });
    expect(wall.writes).toMatchObject({ pulses: 40, writes: 10, unreached: 10 });
    expect(new Set(wall.weights)).toEqual(new Set([0.05]));
  });

  test("follows the noise of its readings where that is larger than the change", () => {
    const range = { min: -1, max: 1 };
    const deviation = (verify: Task["verify"]) => {
      const { weights } = oneWrite({ readNoise: 0.1 }, range, { verify, runs: 2000 });
      const squares = weights.reduce((sum, w) => sum + w * w, 0);
      return Math.sqrt(squares / weights.length);
    };
    // Plain: 0.1·(1 − reading), of deviation 0.02; the noise of a reading is 0.2.
    expect(deviation(undefined)).toBeLessThan(0.11);
    expect(deviation({ tolerance, max: 20 })).toBeGreaterThan(0.18);
  });

  test("learns with coarse noise of writes what it learns without", () => {
    const network = singleLayer({ of: { a: 0.9, imperfections: { ...ideal, writeNoise: 0.5 } } });
    const trained = finish(
      trainIdeal(slpTask(gates.and, { epochs: 100, runs: 20, verify: { tolerance, max: 20 } }, network)),
    );
    expect(rightAt(trained, 100)).toBe(20);
    expect(trained.writes.pulses).toBeGreaterThan(2 * trained.writes.writes);
  });
});

describe("`verify=` in a netlist", () => {
  const netlist = (model: string, more: string) => `Verified
V1 x1 0 0
V2 x2 0 0
.model s synapse(ith=20 a=0.9 ${model})
.model n neuron(activation=sigmoid ith=20 a=0.9 ${model})
YSYNAPSE s1 x1 in s
YSYNAPSE s2 x2 in s
YNEURON y1 in y n
.dataset d gate=and
.train t rule=delta data=d inputs=(V1,V2) outputs=(y) epochs=30 runs=3 ${more}
.end
`;

  test("is a share or percent, and tells of writes that it could not do", async () => {
    const percent = await simulate(netlist("write_noise=30%", "verify=2% max=20"));
    const share = await simulate(netlist("write_noise=0.3", "verify=0.02"));
    expect(percent.results[0]!.columns).toEqual(share.results[0]!.columns);
    const plain = await simulate(netlist("write_noise=30%", ""));
    expect(percent.results[0]!.statistics.steps).toBeGreaterThan(1.5 * plain.results[0]!.statistics.steps);
    const stuck = await simulate(netlist("wmin=-9 wmax=9 stuck_on=0.9", "verify=2% max=2"));
    expect(stuck.diagnostics.some(({ code }) => code === "unreached-writes")).toBe(true);
  });
});
