import { describe, expect, test } from "vitest";
import { elaborate } from "../../src/circuit/elaborate.js";
import type { TrainCard } from "../../src/circuit/training/cards.js";
import { type NetlistError, simulate } from "../../src/index.js";
import { circuitHardware } from "../../src/learning/circuit-hardware.js";
import type { EpochPlan } from "../../src/learning/epoch.js";
import { trainIdeal } from "../../src/learning/ideal.js";
import { networkOf } from "../../src/learning/network-of.js";
import { prepared } from "../../src/learning/prepared-data.js";
import { walkedEpoch } from "../../src/learning/walked.js";
import { parseNetlist } from "../../src/syntax/parse.js";
import { Complaints } from "../../src/text/diagnostic.js";
import { Source } from "../../src/text/source.js";
import { finish, task } from "../learning-networks.js";

// Pulses that are integrated in the circuit, against the closed form where both must agree, and against laws of their
// own where the circuit does what the closed form does not know.

type Pulses = "ideal" | "circuit";

const single =
  (elements: string, more = "", model = "") =>
  (pulses: Pulses) =>
    `a single layer
V1 x1 0 0
V2 x2 0 0
.model s synapse(a=0.02 ${model})
.model n neuron(activation=sigmoid ith=22 a=0.02)
${elements}
.dataset d gate=and inputs=(x1,x2) targets=(y)
.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0.1 epochs=20 runs=2 bias_init=glorot pulses=${pulses} ${more}
`;

const chain = `YSYNAPSE s1 x1 in s ith=20 prog=(p,m1)
YSYNAPSE s2 x2 in s ith=21 prog=(m1,m2)
YNEURON y1 in y n prog=(m2,0)`;
const apart = `YSYNAPSE s1 x1 in s ith=20
YSYNAPSE s2 x2 in s ith=21
YNEURON y1 in y n`;

const multilayer = (activation: string, range: number, rate: number) => (pulses: Pulses) =>
  `two layers
V1 x1 0 0
V2 x2 0 0
.model s synapse(a=10 wmin=${-range} wmax=${range})
.model n neuron(activation=${activation} w=${range} a=10 wmin=${-range} wmax=${range})
.for j = 1 to 2
  .for i = 1 to 2
    YSYNAPSE s{j}_{i} x{i} h{j}in s
  .endfor
  YNEURON h{j} h{j}in h{j} n
  YSYNAPSE o{j} h{j} yin s
.endfor
YNEURON y yin y n
.dataset d gate=xor
.train t rule=backprop data=d inputs=(V1,V2) outputs=(y) rate=${rate} epochs=20 runs=1 pulses=${pulses}
`;

const perceptron =
  (more = "") =>
  (pulses: Pulses) =>
    `one memristor
V1 x1 0 0
V2 x2 0 0
.model m perceptron(ith=20 spacing=1 a=0.02)
YPERCEPTRON p1 (x1,x2) y m ${more}
.dataset d gate=or
.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0.1 epochs=20 runs=2 pulses=${pulses}
`;

const run = (text: string) => simulate(text, { pictures: false });

async function trained(text: string) {
  const { results, diagnostics } = await run(text);
  const [result] = results;
  const [, ...weights] = result!.tables![0]!.columns;
  return { result: result!, diagnostics, weights: weights.map(({ values }) => values) };
}

/** The largest difference of a weight between the two engines, and what the circuit's training came to. */
async function compared(deck: (pulses: Pulses) => string) {
  const [ideal, circuit] = [await trained(deck("ideal")), await trained(deck("circuit"))];
  const differences = ideal.weights.flatMap((values, k) => [...values].map((w, j) => w - circuit.weights[k]![j]!));
  return { ideal, circuit, difference: Math.max(...differences.map(Math.abs)) };
}

describe("pulses in the circuit agree with the closed form over twenty epochs", () => {
  test.each([
    ["three thresholds in a chain", single(chain)],
    ["a chain with a driver of its own", single(`${chain}\nIp 0 p learn(s={v(y)} ith=20 width=1 clk=x1)`)],
    ["ports of the training's", single(apart)],
    [
      "a bias from a constant source",
      single(
        `${apart} bias=none`.replace(
          "YNEURON y1 in y n bias=none",
          "YSYNAPSE s3 one in s ith=22\nYNEURON y1 in y k\n.model k neuron(activation=sigmoid bias=none)\nVone one 0 1",
        ),
      ),
    ],
    ["one memristor with all states", perceptron()],
    ["one memristor with a port", perceptron("prog=(p,0)\nRp p 0 1k")],
    ["two layers of differential films", multilayer("hp_differential", 4, 0.01)],
    ["two layers of films", multilayer("hp", 6, 0.1)],
    ["weights that reach their walls", single(apart, "", "wmin=-0.5 wmax=0.5")],
    ["windows that overlap", single(chain.replace("ith=21", "ith=20.01"))],
    [
      "scattered thresholds and noisy writes",
      single(apart, "", "spread_ith=0.02% spread_g=5% asym=0.1 write_noise=10%"),
    ],
  ])("%s", async (_, deck) => {
    const { ideal, circuit, difference } = await compared(deck);
    expect(difference).toBeLessThan(1e-10);
    expect(circuit.result.statistics.pulses).toBe(ideal.result.statistics.pulses);
    expect(circuit.result.statistics.method).toMatch(/in the circuit$/);
    expect(circuit.result.statistics.iterations).toBeGreaterThan(circuit.result.statistics.pulses!);
  });
});

describe("pulses that take time to rise and to fall agree too", () => {
  const slow = (deck: (pulses: Pulses) => string, rise: number) => (pulses: Pulses) =>
    deck(pulses)
      .replace("epochs=20", "epochs=2")
      .replace(/gate=\w+/, "$& samples=4")
      .replace(" pulses=", ` timing=(write=2 rise=${rise}) pulses=`);

  test.each([
    ["three thresholds in a chain", single(chain), 0.1],
    ["edges longer than the pulse", single(chain), 50],
    ["wide windows", single(chain.replace("in s ith=20", "in s ith=20 a=0.7")), 0.1],
    ["ports of the training's", single(apart), 0.3],
    ["one memristor with all states", perceptron(), 0.1],
    ["one memristor with a port", perceptron("prog=(p,0)\nRp p 0 1k"), 1],
    ["two layers of films", multilayer("hp", 6, 0.1), 0.5],
    ["weights that reach their walls", single(chain, "", "wmin=-0.5 wmax=0.5"), 30],
    ["windows that are crossed in part", single(chain.replace("ith=21", "ith=20.012")), 20],
    ["windows that pulses miss", single(chain.replace(/ith=/g, "a=0.004 ith=")), 10],
    [
      "scattered thresholds and noisy writes",
      single(chain, "", "spread_ith=0.02% spread_g=5% asym=0.1 write_noise=10%"),
      5,
    ],
    ["imperfect weights at their walls", single(chain, "", "wmin=-0.5 wmax=0.5 asym=0.2 write_noise=10%"), 30],
    ["coarse levels and stuck cells", single(chain, "", "wmin=-2 wmax=2 levels=1000 stuck_on=20% asym=0.2"), 40],
  ])("%s", async (_, deck, rise) => {
    const { ideal, circuit, difference } = await compared(slow(deck, rise));
    expect(difference).toBeLessThan(1e-10);
    const notes = ({ diagnostics }: typeof ideal) => diagnostics.filter(({ severity }) => severity === "note");
    expect(notes(circuit).map(({ code }) => code)).toEqual(notes(ideal).map(({ code }) => code));
    expect(circuit.result.statistics.pulses).toBe(ideal.result.statistics.pulses);
  });
});

const rows = (text: string) =>
  text.split("/").reduce((lines, row) => `${lines}\n+ ${row.trim()}`, "inputs=(x1,x2) targets=(y)");

const reading =
  (elements: string, data: string, { more = "", synapse = "", neuron = "" } = {}) =>
  (pulses: Pulses) =>
    `readings that reach thresholds
V1 x1 0 0
V2 x2 0 0
.model s synapse(ith=0.9 a=0.3 ${synapse})
.model n neuron(activation=sigmoid ith=22 a=0.02 ${neuron})
.model m perceptron(ith=0.9 spacing=0.4 a=0.3 ${synapse})
${elements}
.dataset d ${rows(data)}
.train t rule=backprop data=d inputs=(V1,V2) outputs=(y) rate=0.1 epochs=6 runs=2 bias_init=glorot
+ timing=(read=0.5) pulses=${pulses} ${more}
`;

describe("readings that move weights do so alike in both engines", () => {
  const data = "1 0.95 1 / -1 0.2 0 / 1.1 -1.15 1 / -1.3 0.8 0 / 0.3 -0.91 1";
  const layers = `YSYNAPSE s1 x1 h s
YSYNAPSE s2 x2 h s
YNEURON h h hy n
YSYNAPSE o hy in s ith=0.4 w=1
YNEURON y1 in y n`;

  test.each([
    ["synapses", reading(apart.replace(/ ith=2\d/g, ""), data)],
    ["synapses at walls", reading(apart.replace(/ ith=2\d/g, ""), data, { synapse: "wmin=-0.3 wmax=0.3" })],
    [
      "synapses that differ",
      reading(apart.replace(/ ith=2\d/g, ""), data, {
        synapse: "spread_ith=5% wmin=-4 wmax=4 write_noise=20% asym=0.2 spread_g=10% read_noise=1%",
      }),
    ],
    ["stuck synapses", reading(apart.replace(/ ith=2\d/g, ""), data, { synapse: "wmin=-1 wmax=1 stuck_on=50%" })],
    ["one memristor", reading("YPERCEPTRON p (x1,x2) y m", data)],
    ["one memristor with walls", reading("YPERCEPTRON p (x1,x2) y m", data, { synapse: "wmin=-0.9 wmax=0.9" })],
    ["one memristor that feels it strongly", reading("YPERCEPTRON p (x1,x2) y m", data, { synapse: "rate=3" })],
    [
      "one memristor behind a neuron",
      reading(`YSYNAPSE s1 x1 h s\nYNEURON h h hy n\nYPERCEPTRON p (hy,x2) y m`, data, { neuron: "vu=2" }),
    ],
    ["a synapse behind a neuron whose weights move", reading(layers, data)],
  ])("%s", async (_, deck) => {
    const { ideal, circuit, difference } = await compared(deck);
    expect(difference).toBeLessThan(1e-10);
    const notes = ({ diagnostics }: typeof ideal) => diagnostics.filter(({ severity }) => severity === "note");
    expect(notes(circuit)).toEqual(notes(ideal).map((note) => ({ ...note, span: expect.anything() })));
    expect(notes(ideal).map(({ code }) => code)).toContain("read-disturb");
  });
});

/** dy/dt = rate(y) over one second, by many small steps of the classical Runge-Kutta method. */
function integrated(rate: (y: number) => number, start: number): number {
  const [steps, h] = [2000, 1 / 2000];
  let y = start;
  for (let k = 0; k < steps; k++) {
    const a = rate(y);
    const b = rate(y + (h / 2) * a);
    const c = rate(y + (h / 2) * b);
    y += (h / 6) * (a + 2 * b + 2 * c + rate(y + h * c));
  }
  return y;
}

/** Gives weights, in the order of the network, single pulses; what they are afterwards. */
function bench(text: string) {
  const source = new Source("bench", text);
  const complaints = new Complaints();
  const { circuit } = elaborate(parseNetlist(source, { main: true }, complaints), { source, found: complaints.all });
  const card = circuit.analyses.find((it): it is TrainCard => it.kind === "train")!;
  const placed = networkOf(circuit, card);
  const one = task(placed.network, prepared(card.data, card.rule, 1), { rule: card.rule, rate: card.rate, runs: 1 });
  const engine = (plan: EpochPlan) => walkedEpoch(plan, circuitHardware(plan, circuit, card, placed));
  const pulses = (index: number, s: number, start: readonly number[]): readonly number[] => {
    const weights = Float64Array.from(start);
    trainIdeal({ ...one, epochs: 1 }, undefined, (plan) => {
      const hardware = circuitHardware(plan, circuit, card, placed);
      return (_, __, cells, tally) => {
        hardware.begin(cells);
        hardware.pulse(index, s, weights, cells, tally);
      };
    }).next();
    return [...weights];
  };
  return { pulses, engine, task: one };
}

describe("the circuit does by itself what the closed form does not know", () => {
  test("a resistor beside a chain takes a part of the pulse", () => {
    const { pulses } = bench(single(`${chain}\nR1 p 0 1k`)("circuit"));
    const start = [1.5, 0.5, 1];
    const [w1, w2, b] = pulses(0, 0.1, [...start]) as [number, number, number];
    // 20.1 A into 1 kΩ beside 3 Ω: 20.04 A pass the chain, which is above the window of 20 to 20.02 A.
    expect([w1, w2, b]).toEqual(start);
    const s = 0.07;
    const share = (w: number) => ((20 + s) * 1000) / (1000 + w + 1.5) - 20;
    const [moved, ...others] = pulses(0, s, [...start]);
    expect(share(1.5)).toBeGreaterThan(0);
    expect(share(1.5)).toBeLessThan(0.02);
    expect(moved).toBeCloseTo(integrated(share, 1.5), 11);
    expect(others).toEqual(start.slice(1));
  });

  test("a pulse divides between ports in parallel, and the division follows the weights", () => {
    const parallel = `YSYNAPSE s1 x1 in s ith=20 prog=(p,0)
YSYNAPSE s2 x2 in s ith=10 prog=(p,0)
YNEURON y1 in y n`;
    const { pulses } = bench(single(parallel)("circuit"));
    const [w1, w2] = pulses(0, 0.01, [1, 1, 0]) as [number, number];
    expect(w1).toBe(1); // 10.005 A are below its threshold
    expect(w2).toBeCloseTo(
      integrated((w) => 20.01 / (1 + w) - 10, 1),
      10,
    );
    expect(w2).toBeGreaterThan(1.0002);
  });

  test("the edge of a window and a wall are located within a pulse", () => {
    // As w grows, the resistor takes more and more, until the current falls below the threshold.
    const { pulses } = bench(single(`${chain}\nR1 p 0 10`, "", "rate=1000 wmax=50")("circuit"));
    const s = 3;
    const [w] = pulses(0, s, [0.02, 0, 1.47]) as [number];
    expect(w).toBeCloseTo((10 * s) / 20 - 1.47, 9); // where (20 + s)·10/(10 + w + 1.47) = 20
    const { pulses: walled } = bench(single(apart, "", "wmax=0.5")("circuit"));
    expect(walled(0, 0.015, [0.49, 0, 0])[0]).toBe(0.5);
  });

  test("reading moves a state whose window the read current meets", async () => {
    const deck = (pulses: Pulses) => `a read current in a window
V1 x1 0 0
.model m perceptron(ith=2 spacing=10 a=0.02)
YPERCEPTRON p1 x1 y m w1=2.005 b=0
.dataset d inputs=(x1) targets=(y)
+ 1 1
.train t rule=delta data=d inputs=(V1) outputs=(y) rate=0 epochs=1 init=given pulses=${pulses}
`;
    const { ideal, circuit } = await compared(deck);
    expect(ideal.weights[0]![0]).toBeCloseTo(2 + 0.005 * Math.E, 13);
    // d(w − 2)/dt = w·1 − 2 for the second that a reading takes
    expect(circuit.weights[0]![0]).toBeCloseTo(2 + 0.005 * Math.E, 10);
  });

  test("a current that is pushed to and fro at the edge of a window is refused by both", async () => {
    const deck = (pulses: Pulses) =>
      reading(
        "YPERCEPTRON p (x1,x2) y m spacing=0.1 w1=1.17 w2=0",
        "1 -1 1",
      )(pulses).replace("rate=0.1", "rate=0 init=given");
    for (const pulses of ["ideal", "circuit"] as const) {
      const found = (await run(deck(pulses)).catch((error: NetlistError) => error)) as NetlistError;
      expect(found.diagnostics.map(({ code, message }) => `${code}: ${message}`).join()).toMatch(
        /training-failed: .*too many events/,
      );
    }
  });

  test("an input that stays on while others are written adds its read current", async () => {
    const deck = (pulses: Pulses) => `a constant input on a chain
V1 x1 0 0
Vone one 0 1
.model s synapse(a=0.02)
.model n neuron(activation=sigmoid bias=none)
YSYNAPSE s1 x1 in s ith=20 w=0.1 prog=(p,m)
YSYNAPSE s2 one in s ith=21.01 w=0.2 prog=(m,0)
YNEURON y1 in y n
.dataset d inputs=(x1) targets=(y)
+ 0 0
.train t rule=delta data=d inputs=(V1) outputs=(y) rate=0.1 epochs=1 init=given pulses=${pulses}
`;
    const { ideal, circuit } = await compared(deck);
    const V = 1 / (1 + Math.exp(-0.2));
    const s = 0.1 * V * V * (1 - V);
    expect(ideal.weights[1]![0]).toBeCloseTo(0.2 - s, 12);
    // −(21.01 + s) A through both; with 1 A of reading that is −(20.01 + s) A in s2, and s1 does not move either.
    expect(circuit.weights.map(([w]) => w)).toEqual([0.1, 0.2]);
    expect(circuit.diagnostics.map(({ code }) => code)).toContain("missed-window");
  });

  test("a hidden neuron that answers 0 with ½ drives the synapses behind it while they are written", async () => {
    const deck = (pulses: Pulses) => `a hidden sigmoid before a chain
V1 x1 0 0
.model s synapse(a=0.02)
.model n neuron(activation=sigmoid)
YSYNAPSE s1 x1 hin s ith=20
YNEURON h hin h n
YSYNAPSE o1 h yin s ith=20 prog=(p,m)
YNEURON y yin y n ith=21 prog=(m,0)
.dataset d inputs=(x1) targets=(y)
+ 1 1
.train t rule=backprop data=d inputs=(V1) outputs=(y) rate=0.01 epochs=1 pulses=${pulses}
`;
    const { ideal, circuit } = await compared(deck);
    const start = (await trained(deck("ideal").replace("rate=0.01", "rate=0"))).weights;
    const names = ideal.result.tables![0]!.columns.slice(1).map(({ name }) => name);
    const o1 = names.indexOf("o1");
    expect(ideal.weights[o1]![0]).not.toBe(start[o1]![0]);
    expect(circuit.weights[o1]![0]).toBe(start[o1]![0]); // its own pulse comes with half an ampere too many
    for (const other of ["s1", "h:b", "y:b"].map((name) => names.indexOf(name)))
      expect(circuit.weights[other]![0]).toBeCloseTo(ideal.weights[other]![0]!, 11);
  });
});

test("a training in the circuit that is taken up again ends with the same bits", () => {
  const { engine, task: one } = bench(single(chain)("circuit"));
  const whole = finish(trainIdeal({ ...one, epochs: 4, pulses: "circuit", runs: 2 }, undefined, engine));
  const half = finish(trainIdeal({ ...one, epochs: 2, pulses: "circuit", runs: 2 }, undefined, engine));
  const kept = JSON.parse(JSON.stringify(half.checkpoint));
  const rest = finish(trainIdeal({ ...one, epochs: 4, pulses: "circuit", runs: 2 }, kept, engine));
  expect(rest.weights).toEqual(whole.weights);
  expect(rest.error).toEqual(whole.error);
  expect(() => finish(trainIdeal({ ...one, epochs: 4, pulses: "ideal", runs: 2 }, kept, engine))).toThrow(RangeError);
});

describe("what cannot be integrated is refused", () => {
  const refusal = async (deck: (pulses: Pulses) => string) => {
    const found = (await run(deck("circuit")).catch((error: NetlistError) => error)) as NetlistError;
    return found.diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n");
  };

  test.each([
    ["a capacitor at a port", single(`${chain}\nC1 p 0 1n`), /^cannot-integrate: `c1` stores a charge/],
    [
      "ports in a ring",
      single(`${chain.replace("m2,0", "m2,p")}\nRg p 0 1k`),
      /^no-driver: The write ports of `s1`, `s2`, `y1` hang together/,
    ],
    ["a frequency", single(apart.replace(/ ith=2\d/g, ""), "", ""), /^wrong-network: `s1` answers to a frequency/],
    [
      "scatter of the states of one memristor",
      (pulses: Pulses) => perceptron()(pulses).replace("spacing=1", "spacing=1 spread_ith=1%"),
      /cannot-integrate: `p1:w1` has a scattered threshold/,
    ],
  ] as const)("%s", async (name, deck, message) => {
    const text = (pulses: Pulses) =>
      name === "a frequency"
        ? deck(pulses).replace("synapse(a=0.02 ", "synapse(select=frequency freq=1 ")
        : deck(pulses);
    expect(await refusal(text)).toMatch(message);
  });

  test("a rule without pulses", async () => {
    const deck = `probabilities
.model s synapse()
.model n neuron(activation=linear bias=none)
.for k = 0 to 1
V{k} x{k} 0 0
YSYNAPSE s{k} x{k} u s
.endfor
YNEURON y u y n
.dataset d inputs=(a) truth=10 encode=onehot
.train t rule=stochastic data=d inputs=(V0,V1) outputs=(y) pulses=circuit
`;
    expect(await refusal(() => deck)).toMatch(/no-effect: `pulses=` has no meaning for `rule=stochastic`/);
  });
});

test("memristors beside the one that is written at the edge of their window are named, and what was done before is kept", async () => {
  const { results, diagnostics, begun } = await simulate(`A range of ten to one
.model s synapse(kind=pair gunit=100u gmin=20u gmax=200u ith=20m a=1m rate=1e4)
.model n neuron(activation=sigmoid iu=100u bias=none)
V1 r1 0 0
V2 r2 0 0
V3 r3 0 1
YCROSSBAR xb rows=r[1:3] cols=c[1:1] model=s
YNEURON n1 (c1p,c1m) y n
.dataset d gate=nand
.op
.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=1e-5 epochs=60 runs=3 timing=(read=1u write=1) pulses=circuit
.op
.end
`);
  expect(results.map(({ analysis }) => analysis)).toEqual(["op"]);
  expect(begun).toBe(2);
  const [failed] = diagnostics;
  expect(failed?.code).toBe("training-failed");
  expect(failed?.message).toMatch(/too many events of `xb.m\d_1`, at an edge of its window or a wall/);
  expect(failed?.help).toMatch(/gmin.*gmax/);
});
