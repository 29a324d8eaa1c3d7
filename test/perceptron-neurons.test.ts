import { describe, expect, test } from "vitest";
import { hp, hpDifferential } from "../src/devices/perceptrons/activations.js";
import { simulate } from "../src/index.js";

async function measured(text: string): Promise<Readonly<Record<string, number>>> {
  const { measures, diagnostics, results } = await simulate(text, { pictures: false });
  expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
  expect(results.map(({ ended }) => ended)).toEqual(results.map(() => "complete"));
  return Object.fromEntries(measures.map(({ name, value }) => [name, value ?? Number.NaN]));
}

const phi = (activation: ReturnType<typeof hp>, u: number, b: number): number => {
  const out = new Float64Array(3);
  activation.load(u, b, out);
  return out[0]!;
};

describe("a neuron", () => {
  test.each([
    ["sigmoid", (u: number) => 1 / (1 + Math.exp(-u))],
    ["tanh", Math.tanh],
    ["linear", (u: number) => u],
    ["{u*abs(u)}", (u: number) => u * Math.abs(u)],
    ["{sin(u)+0.5}", (u: number) => Math.sin(u) + 0.5],
  ])("of %s takes its current at 0 V and answers at a source", async (name, of) => {
    const { input, out, load } = await measured(`a neuron
.model n neuron(activation=${name} iu=2m vu=3)
I1 0 in 5m
YNEURON n1 in y n b=-0.7
Ry y 0 1k
.op
.measure op input find v(in)
.measure op out find v(y)
.measure op load find i(n1)
`);
    expect(input).toBe(0);
    expect(load).toBeCloseTo(5e-3, 15);
    expect(out).toBeCloseTo(3 * of(5e-3 / 2e-3 - 0.7), 9);
  });

  test("with an input resistance and a bias that the activation reads", async () => {
    const { input, out } = await measured(`another
.model n neuron(activation={b*u**2} rin=50)
I1 0 in 0.1
YNODE n1 in y n b=4
Ry y 0 1k
.op
.measure op input find v(in)
.measure op out find v(y)
`);
    expect(input).toBeCloseTo(5, 12);
    expect(out).toBeCloseTo(4 * 0.01, 12);
  });

  test("has a bias that its port writes by the same law", async () => {
    const { b, y } = await measured(`bias
.model n neuron(activation=linear ith=21 a=0.5)
I1 0 in 1
YNEURON n1 in y n b=0.25 prog=(p,0)
Ry y 0 1k
I2 0 p pulse(0 -21.25 1 0 0 1)
.tran 0.1 3
.measure tran b find n(n1:b) at=3
.measure tran y find v(y) at=3
`);
    expect(b).toBeCloseTo(0, 12);
    expect(y).toBeCloseTo(1, 9);
  });
});

const timed = (model: string, current: string, more: string): string => `a film
.model n neuron(${model})
I1 0 in ${current}
YNEURON n1 in y n ${more}
Ry y 0 1k
.tran 10m 8
`;

describe("the node of a film in time", () => {
  test.each([
    ["activation=hp w=6 r=0.02 tread=2", hp(6, 0.02), 2.5, 0.4],
    ["activation=hp w=6 r=0.02 tread=2", hp(6, 0.02), -3, 0.4],
    ["activation=hp w=2 r=0.02 tread=2", hp(2, 0.02), 3.5, 0],
    ["activation=hp_differential w=4 tread=2 bias=none", hpDifferential(4), -2.5, 0],
    ["activation=hp_differential w=2 tread=2 bias=none", hpDifferential(2), 3, 0],
  ])(
    "%s: silent while it is read, then what the closed form says, then at rest again",
    async (model, activation, u, b) => {
      const bias = model.includes("none") ? "" : `b=${b}`;
      const found = await measured(`${timed(model, `pulse(0 ${u} 1 0 0 4)`, bias)}
.measure tran reading find v(y) at=2
.measure tran held find v(y) at=4
.measure tran after find v(y) at=6
.measure tran back find n(n1:z) at=6
`);
      expect(found["reading"]).toBe(0);
      expect(Math.abs(found["held"]! - phi(activation, u, b))).toBeLessThan(1e-6);
      expect(found["after"]).toBe(0);
      expect(found["back"]).toBeCloseTo(b, 12);
    },
  );

  test("an additive bias is part of what drives the film", async () => {
    const { held } = await measured(`${timed("activation=hp_differential w=4 tread=1", "pulse(0 1 1 0 0 4)", "b=0.5")}
.measure tran held find v(y) at=4
`);
    expect(Math.abs(held! - 1.5 ** 2 / 4)).toBeLessThan(1e-6);
  });

  test("a reset line starts a reading where it falls, and puts the film back where it rises", async () => {
    const found = await measured(`a reset
.model n neuron(activation=hp w=6 r=0.02 tread=1)
I1 0 in pwl(0 1 3.9 1 4.1 2)
Vr rs 0 pulse(1 0 1 0 0 2 4)
YNEURON n1 in y n b=0 reset=rs
Ry y 0 1k
.tran 10m 8
.measure tran first find v(y) at=2.5
.measure tran between find v(y) at=3.5
.measure tran second find v(y) at=6.5
`);
    expect(Math.abs(found["first"]! - phi(hp(6, 0.02), 1, 0))).toBeLessThan(1e-6);
    expect(found["between"]).toBe(0);
    expect(Math.abs(found["second"]! - phi(hp(6, 0.02), 2, 0))).toBeLessThan(1e-6);
  });

  test("a layer that times itself waits for the one before it", async () => {
    const { early, y } = await measured(`two layers
.model n neuron(activation=hp_differential w=4 tread=1 bias=none)
.model s synapse(ith=20 a=0.02)
V1 x 0 pulse(0 1 1 0 0 6)
YSYNAPSE s1 x a s w=2
YNEURON h1 a h n
YSYNAPSE s2 x b s w=-1.5
YNEURON h2 b g n
YSYNAPSE s3 h c s w=3
YSYNAPSE s4 g c s w=-1
YNEURON n1 c y n
Ry y 0 1k
.tran 10m 6
.measure tran early find v(y) at=2.5
.measure tran y find v(y) at=5
`);
    const [h, g] = [2 ** 2 / 4, 1.5 ** 2 / 4];
    expect(early).toBe(0);
    expect(Math.abs(y! - (3 * h - g) ** 2 / 4)).toBeLessThan(1e-5);
  });

  test("a static analysis has the answer at once", async () => {
    const { y } = await measured(`static
.model n neuron(activation=hp w=6 r=0.02)
I1 0 in 2
YNEURON n1 in y n b=0.5
Ry y 0 1k
.op
.measure op y find v(y)
`);
    expect(y).toBeCloseTo(phi(hp(6, 0.02), 2, 0.5), 12);
  });
});

describe("the perceptron of one memristor", () => {
  const deck = (x1: number, pulse: string) => `a perceptron
.model p perceptron(ith=20 spacing=1 a=0.02)
V1 x1 0 ${x1}
V2 x2 0 1
YPERCEPTRON p1 (x1,x2) y p w1=2 w2=-0.5 b=0.25 prog=(p,0)
Ry y 0 1k
I1 0 p ${pulse}
.tran 0.1 3
.measure tran y find v(y) at=0.5
.measure tran w1 find n(p1:w1) at=3
.measure tran w2 find n(p1:w2) at=3
.measure tran b find n(p1:b) at=3
`;

  test("reads Σwx + b, and is written state by state", async () => {
    // What is read passes the memristor as well: the pulse is on top of it.
    const { y, w1, w2, b } = await measured(deck(0, "pulse(0 21.51 1 0 0 1)"));
    expect(y).toBeCloseTo(1 / (1 + Math.exp(0.25)), 9);
    expect([w1, b]).toEqual([2, 0.25]);
    // I = 21.51 + w2 lies in the window of w2 and leads it out at the upper end, where I = 21.02.
    expect(Math.abs(w2! + 0.49)).toBeLessThan(1e-6);
  });

  test("a read current that reaches a window moves a weight", async () => {
    const { w1, w2, b } = await measured(deck(10.255, "0"));
    // I = 20.51 + w2 − 0.5 …: 10.255·2 − 0.5 = 20.01, and w1 grows with I.
    expect(w2).toBe(-0.5);
    expect(b).toBe(0.25);
    expect(w1!).toBeGreaterThan(2);
  });
});

describe("integrator, sampler, learning pulse", () => {
  test("an integrator integrates, and is cleared while its line is high", async () => {
    const { before, during, after } = await measured(`integrator
I1 0 in sin(0 1 1)
Vr rs 0 pulse(0 1 1.25 0 0 0.5)
YINTEGRATOR q in y reset=rs k=2
Ry y 0 1k
.options reltol=1e-7
.tran 10m 3
.measure tran before find v(y) at=1.2
.measure tran during find v(y) at=1.5
.measure tran after find v(y) at=2.5
`);
    const integral = (from: number, to: number): number =>
      (2 * (Math.cos(2 * Math.PI * from) - Math.cos(2 * Math.PI * to))) / (2 * Math.PI);
    expect(Math.abs(before! - integral(0, 1.2))).toBeLessThan(1e-6);
    expect(during).toBe(0);
    expect(Math.abs(after! - integral(1.75, 2.5))).toBeLessThan(1e-6);
  });

  test("a chain of samplers hands on one sample at a time, as it was right before the edge", async () => {
    const found = await measured(`shift register
V1 d 0 pulse(0 1 1 0 0 1 10)
Vc clk 0 pulse(0 1 1 0 0 0.5 1)
YHOLD h1 d a clk x0=0.25
YHOLD h2 a b clk x0=0.5
Ra a 0 1k
Rb b 0 1k
.tran 10m 5
${["a", "b"].flatMap((node) => [0.5, 1.4, 2.4, 3.4].map((t, k) => `.measure tran ${node}${k} find v(${node}) at=${t}`)).join("\n")}
`);
    // Data and clock rise together at 1 s: that edge still sees 0; the edge at 2 s sees 1, though the data fall there.
    expect(["a0", "a1", "a2", "a3"].map((name) => found[name])).toEqual([0.25, 0, 1, 0]);
    expect(["b0", "b1", "b2", "b3"].map((name) => found[name])).toEqual([0.5, 0.25, 0, 1]);
  });

  test("a learning pulse has the height and the width that it says, and writes what was wanted", async () => {
    const found = await measured(`learn
.model s1 synapse(ith=20 a=0.5)
.model s2 synapse(ith=21 a=0.5)
Vx x 0 pwl(0 0.1 1 0.1 2 0.4)
Vt t 0 0.3
Vc clk 0 pulse(0 1 1 0 0 0.5 2)
YSYNAPSE s1 0 u s1 w=0 prog=(p,m)
YSYNAPSE s2 0 u s2 w=0 prog=(m,0)
Ru u 0 1
I1 0 p learn(s={v(t)-v(x)} ith=20 width=0.75 clk=clk)
.tran 10m 6
.measure tran on find i(I1) at=1.7
.measure tran off find i(I1) at=1.8
.measure tran second find i(I1) at=3.5
.measure tran w1 find x(s1) at=6
.measure tran w2 find x(s2) at=6
`);
    expect(found["on"]).toBeCloseTo(20.2, 12);
    expect(found["off"]).toBe(0);
    expect(found["second"]).toBeCloseTo(-20.1, 9);
    expect(found["w1"]).toBeCloseTo(0.75 * (0.2 - 0.1 - 0.1), 9);
    expect(found["w2"]).toBe(0);
  });

  test("a learning pulse with a rise time is a trapezium", async () => {
    const { area, half } = await measured(`trapezium
Vc clk 0 pulse(0 1 1 0 0 3)
I1 0 p learn(s=-0.5 ith=20 width=1 clk=clk rise=0.5)
YINTEGRATOR q p y
Ry y 0 1k
.tran 10m 4
.measure tran area find v(y) at=4
.measure tran half find i(I1) at=1.25
`);
    expect(half).toBeCloseTo(-10.25, 9);
    expect(Math.abs(area! + 20.5 * 1.5)).toBeLessThan(1e-6);
  });

  test("pulses that end as their clock falls write what twenty steps of the rule do", async () => {
    const { w } = await measured(`twenty pulses
.model s synapse(ith=20 a=0.5)
YSYNAPSE s1 0 u s w=0 prog=(p,0)
Ru u 0 1
Vc clk 0 pulse(0 1 0.1 0 0 1 3)
I1 0 p learn(s={0.2*(1-n(s1:w))} ith=20 width=1 clk=clk)
.tran 60 60
.measure tran w find n(s1:w) at=60
`);
    expect(Math.abs(w! - (1 - 0.8 ** 20))).toBeLessThan(1e-10);
  });

  test("nothing is driven where s is 0", async () => {
    const { most } = await measured(`silent
Vc clk 0 pulse(0 1 1 0 0 3)
I1 0 p learn(s={0*v(clk)} ith=20 width=1 clk=clk)
Rp p 0 1
.tran 10m 4
.measure tran most max v(p)
`);
    expect(most).toBe(0);
  });
});
