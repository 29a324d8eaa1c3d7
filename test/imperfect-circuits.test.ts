import { describe, expect, test } from "vitest";
import { NetlistError, simulate } from "../src/index.js";

// Devices as they come from the factory, in circuits: each law alone, against its statistics or its closed form.

async function run(text: string) {
  const { results, measures } = await simulate(`t\n${text}`, { pictures: false });
  const columns = (analysis: string) => results.find((it) => it.analysis === analysis)?.columns ?? [];
  return {
    /** The last value of a column. */
    at: (name: string, analysis = "op") =>
      columns(analysis)
        .find((it) => it.name === name)
        ?.values.at(-1) ?? NaN,
    all: (name: string, analysis = "tran") => [...(columns(analysis).find((it) => it.name === name)?.values ?? [])],
    measure: (name: string) => measures.find((it) => it.name === name)?.value ?? NaN,
  };
}

const counted = (count: number, of: (k: number) => string) =>
  Array.from({ length: count }, (_, k) => of(k + 1)).join("\n");

const moments = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: Math.sqrt(variance) };
};

const count = 400;
/** Four standard errors of a mean, and of a standard deviation. */
const slack = 4 / Math.sqrt(count);
const numbers = Array.from({ length: count }, (_, k) => k + 1);

const film = "ron=1k roff=100k uv=1f x0=0.5";
const cells = (of: string, more = "") => `
.model m memristor(kind=linear_drift ${film} ${of})
V1 a 0 1
${counted(count, (k) => `YMEMRISTOR m${k} a 0 m ${more}`)}
.op
.print op i(m*) x(m*)`;
/** What the film of these cells conducts at x, S. */
const conductance = (x: number) => 1 / (1e3 * x + 100e3 * (1 - x));

describe("memristors of one model", () => {
  test("conduct by their spread", async () => {
    const { at } = await run(cells("spread_g=5%"));
    const shares = numbers.map((k) => at(`i(m${k})`) / conductance(0.5));
    const { mean, deviation } = moments(shares);
    expect(Math.abs(mean - 1)).toBeLessThan(0.05 * slack);
    expect(Math.abs(deviation / 0.05 - 1)).toBeLessThan(slack);
  });

  test("are stuck at either end as often as is said", async () => {
    const { at } = await run(cells("stuck_on=10% stuck_off=25%"));
    for (const [x, part] of [
      [1, 0.1],
      [0, 0.25],
      [0.5, 0.65],
    ] as const) {
      const found = numbers.filter((k) => at(`x(m${k})`) === x);
      expect(Math.abs(found.length / count - part)).toBeLessThan(4 * Math.sqrt((part * (1 - part)) / count));
      for (const k of found) expect(at(`i(m${k})`)).toBeCloseTo(conductance(x), 15);
    }
  });

  test("start at the nearest of their levels", async () => {
    const { at } = await run(`
.model m memristor(kind=linear_drift ${film} levels=5)
V1 a 0 1
${counted(9, (k) => `YMEMRISTOR m${k} a 0 m x0=${k / 10 + 0.01}`)}
.op
.print op x(m*)`);
    const starts = Array.from({ length: 9 }, (_, k) => at(`x(m${k + 1})`));
    expect(starts).toEqual([0, 0.25, 0.25, 0.5, 0.5, 0.5, 0.75, 0.75, 1]);
  });

  test("are what seed and name say, whatever the order of the cards and whatever else there is", async () => {
    const head = (seed: number) => `.options seed=${seed}
.model m memristor(kind=linear_drift ${film} spread_g=20% stuck_on=5%)
V1 a 0 1
.op
.print op i(m*)
`;
    const card = (k: number) => `YMEMRISTOR m${k} a 0 m`;
    const [some, again, backwards, fewer, other] = await Promise.all([
      run(head(1) + [1, 2, 3, 4].map(card).join("\n")),
      run(head(1) + [1, 2, 3, 4].map(card).join("\n")),
      run(head(1) + [4, 3, 2, 1].map(card).join("\n")),
      run(head(1) + [3].map(card).join("\n")),
      run(head(2) + [1, 2, 3, 4].map(card).join("\n")),
    ]);
    for (const k of [1, 2, 3, 4]) {
      const name = `i(m${k})`;
      expect(again.at(name)).toBe(some.at(name));
      expect(backwards.at(name)).toBe(some.at(name));
      expect(other.at(name)).not.toBe(some.at(name));
    }
    expect(fewer.at("i(m3)")).toBe(some.at("i(m3)"));
    expect(some.at("i(m1)")).not.toBe(some.at("i(m2)"));
  });

  test("differ in a crossbar and in subcircuits as well, a card's setting before its model's", async () => {
    const { at } = await run(`
.model m memristor(kind=linear_drift ${film} spread_g=20%)
V1 r1 0 1
V2 c1 0 0
YCROSSBAR xb rows=r[1:1] cols=c[1:2] model=m
V3 c2 0 0
.subckt half a
YMEMRISTOR m1 a 0 m
.ends
X1 r1 half
X2 r1 half
YMEMRISTOR me r1 0 m spread_g=0
.op
.print op i(xb.m1_1) i(xb.m1_2) i(x1.m1) i(x2.m1) i(me)`);
    const currents = ["xb.m1_1", "xb.m1_2", "x1.m1", "x2.m1"].map((name) => at(`i(${name})`));
    expect(new Set(currents).size).toBe(4);
    expect(at("i(me)")).toBeCloseTo(conductance(0.5), 15);
  });

  test("stay pinched and passive, and stuck ones where they are", async () => {
    const { all } = await run(`
.options seed=5
.model m memristor(kind=linear_drift ron=100 roff=16k window=biolek p=2 spread_g=20% stuck_on=20% stuck_off=20% asym=20%
+ retention=10m)
V1 a 0 sin(0 1 100)
${counted(20, (k) => `YMEMRISTOR m${k} a 0 m x0=0.4`)}
.tran 0.1m 30m
.print tran v(a) i(m*) x(m*)`);
    const v = all("v(a)");
    let stuck = 0;
    for (let k = 1; k <= 20; k++) {
      const [i, x] = [all(`i(m${k})`), all(`x(m${k})`)];
      for (const [row, volts] of v.entries()) {
        expect(i[row]! * volts).toBeGreaterThanOrEqual(0);
        if (volts === 0) expect(i[row]! + 0).toBe(0);
      }
      if (x[0] === 0.4) expect(new Set(x).size).toBeGreaterThan(100);
      else {
        stuck++;
        expect(new Set(x).size).toBe(1);
        expect([0, 1]).toContain(x[0]);
      }
    }
    expect(stuck).toBeGreaterThan(2);
  });
});

describe("how states move", () => {
  test("a film forgets exponentially, and is moved unevenly by charge", async () => {
    // A pulse of 1 C up and one of 1 C down again move x by k·q(1 + asym) and −k·q(1 − asym), k = uv·ron/d².
    const { at, all } = await run(`
.model f memristor(kind=linear_drift ${film} retention=2)
.model u memristor(kind=linear_drift ron=1k roff=100k uv=1f x0=0.5 asym=25%)
YMEMRISTOR m1 a 0 f
Ra a 0 1k
YMEMRISTOR m2 b 0 u
I2 0 b pwl(0 0 1u 10u 1 10u 1.000001 -10u 2 -10u 2.000001 0)
Rb b 0 1T
.tran 10m 3
.print tran x(m1) x(m2)`);
    const time = all("time");
    for (const [row, x] of all("x(m1)").entries()) expect(x).toBeCloseTo(0.5 * Math.exp(-time[row]! / 2), 5);
    const k = (1e-15 * 1e3) / 1e-16;
    expect(at("x(m2)", "tran")).toBeCloseTo(0.5 + k * 10e-6 * 0.25 * 2, 5);
  });

  test("weights of synapses, pairs, biases and perceptrons fall to 0, or to the wall next to it", async () => {
    const { at } = await run(`
.model s  synapse(ith=20 a=0.5 retention=4)
.model sw synapse(ith=20 a=0.5 wmin=0.5 wmax=3 retention=4)
.model st synapse(select=frequency freq=1 retention=4)
.model p  synapse(kind=pair gunit=1m gmin=10u gmax=2m retention=4)
.model n  neuron(activation=linear ith=20 a=0.5 retention=4)
.model q  perceptron(ith=20 a=0.02 retention=4)
V1 x 0 0
YSYNAPSE s1 x u s w=2
YSYNAPSE s2 x u sw w=2
YSYNAPSE s3 x u st w=2
YSYNAPSE s4 x (cp,cm) p gp=1m gm=500u
YNEURON n1 u y n b=3
YNEURON n2 (cp,cm) z n b=3 prog=(g,0)
Rg g 0 1
YPERCEPTRON p1 (x) o q w1=2 b=-1
.tran 10m 3
.print tran x(s1) x(s2) x(s3) n(s4:gp) n(s4:gm) n(n1:b) n(n2:b) n(p1:w1) n(p1:b) n(p1:eta)`);
    const left = Math.exp(-3 / 4);
    const ends = {
      "x(s1)": 2 * left,
      "x(s2)": 0.5 + 1.5 * left,
      "x(s3)": 2 * left,
      "n(s4:gp)": 10e-6 + 990e-6 * left,
      "n(s4:gm)": 10e-6 + 490e-6 * left,
      "n(n1:b)": 3 * left,
      "n(n2:b)": 3 * left,
      "n(p1:w1)": 2 * left,
      "n(p1:b)": -left,
      "n(p1:eta)": 0.1,
    };
    for (const [name, end] of Object.entries(ends)) expect(at(name, "tran") / end, name).toBeCloseTo(1, 4);
  });

  test("a pulse moves each synapse by what it is above that one's own threshold, times its own gain", async () => {
    const { at } = await run(`
.model s synapse(ith=20 a=2 spread_ith=1% wmin=-9 wmax=9)
.model g synapse(ith=20 a=2 spread_g=10% wmin=-9 wmax=9 asym=20%)
I1 0 p 21
Rp p 0 1T
${counted(count, (k) => `YSYNAPSE s${k} 0 u s prog=(${k === 1 ? "p" : `p${k}`},p${k + 1})`)}
${counted(20, (k) => `YSYNAPSE g${k} 0 u g w=1 prog=(p${count + k},${k === 20 ? "0" : `p${count + k + 1}`})`)}
Ru u 0 1
.tran 0.1 1
.print tran x(s*) x(g*)`);
    const thresholds = numbers.map((k) => 21 - at(`x(s${k})`, "tran"));
    const { mean, deviation } = moments(thresholds);
    expect(Math.abs(mean - 20)).toBeLessThan(0.2 * slack);
    expect(Math.abs(deviation / 0.2 - 1)).toBeLessThan(slack);
    // 1 + 1.2·1, as each reads it.
    const { all } = await run(`
.model g synapse(ith=20 a=2 spread_g=10% wmin=-9 wmax=9 asym=20%)
V1 x 0 1
${counted(20, (k) => `YSYNAPSE g${k} x u${k} g w=1\nR${k} u${k} 0 1`)}
.op
.print op v(u*)`);
    for (let k = 1; k <= 20; k++) expect(at(`x(g${k})`, "tran") / all(`v(u${k})`, "op")[0]!).toBeCloseTo(2.2, 5);
  });
});

describe("a circuit behind a training", () => {
  const net = (more: string) => `
.model s synapse(ith=20 a=0.5 wmin=-10 wmax=10 spread_g=20% spread_ith=0.1% stuck_off=10% levels=100)
.model n neuron(activation=sigmoid ith=20 a=0.5 wmin=-10 wmax=10 spread_g=20%)
V1 x1 0 1
V2 x2 0 1
YSYNAPSE s1 x1 u s w=4.1
YSYNAPSE s2 x2 u s w=4.2
YNEURON n1 u y n b=-6
.dataset d gate=and
${more}
.op
.print op v(y) x(s1) x(s2) n(n1:b)`;

  test("computes with the devices that were trained: each sample as the test found it", async () => {
    const { measure, all } = await run(`${net(
      ".train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0.2 epochs=200 runs=8 keep=best\n.test t",
    )}
.measure test e find t.error
.dc V1 0 1 1 V2 0 1 1
.print dc v(y)`);
    const answers = all("v(y)", "dc");
    const error = [0, 0, 0, 1].reduce((sum, target, k) => sum + 0.5 * (target - answers[k]!) ** 2, 0);
    expect(error).toBeGreaterThan(0);
    expect(Math.abs(measure("e") / error - 1)).toBeLessThan(1e-6);
  });

  test("is the one before it where the first run is kept, and another where the second is", async () => {
    const nothing = (keep: string) =>
      `.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=1e-30 epochs=1 runs=2 init=given bias_init=zero keep=${keep}`;
    const [before, first, second] = await Promise.all([
      run(net("")),
      run(net(nothing("run:1"))),
      run(net(nothing("run:2"))),
    ]);
    for (const name of ["x(s1)", "x(s2)", "n(n1:b)", "v(y)"]) {
      expect(first.at(name)).toBe(before.at(name));
      expect(second.at(name)).not.toBe(before.at(name));
    }
  });

  test("is the same whether pulses are closed forms or integrated", async () => {
    const train = (pulses: string) =>
      `.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0.2 epochs=3 runs=1 pulses=${pulses}`;
    const text = (pulses: string) => net(train(pulses)).replace("levels=100", "asym=10% retention=1000");
    const [closed, integrated] = await Promise.all([run(text("ideal")), run(text("circuit"))]);
    for (const name of ["x(s1)", "x(s2)", "n(n1:b)"]) {
      expect(Math.abs(integrated.at(name) / closed.at(name) - 1)).toBeLessThan(1e-6);
    }
  });

  test("of a rule that writes without pulses has stuck cells that stay stuck, and says what did not act", async () => {
    const { results, diagnostics } = await simulate(
      `t
.model s synapse(wmin=-10 wmax=10 stuck_on=100% write_noise=10%)
.model n neuron(activation=linear bias=none)
V1 x1 0 1
YSYNAPSE s1 x1 u s
YNEURON n1 u y n
.dataset d inputs=(a) targets=(b)
+ 1 2
.train t rule=ridge data=d inputs=(V1) outputs=(y)
.op
.print op v(y)`,
      { pictures: false },
    );
    expect(results.at(-1)?.columns.at(-1)?.values[0]).toBe(10);
    expect(diagnostics.map(({ code }) => code)).toContain("no-effect");
  });
});

test("imperfections that need walls are refused without them", async () => {
  const deck = "t\n.model s synapse(stuck_on=10%)\nV1 x 0 1\nYSYNAPSE s1 x u s\nRu u 0 1\n.op\n";
  await expect(simulate(deck)).rejects.toThrow(NetlistError);
});
