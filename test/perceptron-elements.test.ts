import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

/** The measures of a deck, by name, after having seen that nothing went wrong. */
async function measured(text: string): Promise<Readonly<Record<string, number>>> {
  const { measures, diagnostics, results } = await simulate(text, { pictures: false });
  expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
  expect(results.map(({ ended }) => ended)).toEqual(results.map(() => "complete"));
  return Object.fromEntries(measures.map(({ name, value }) => [name, value ?? Number.NaN]));
}

const finds = (stop: number, quantities: Readonly<Record<string, string>>): string =>
  Object.entries(quantities)
    .map(([name, signal]) => `.measure tran ${name} find ${signal} at=${stop}`)
    .join("\n");

/** Three ideal synapses in series, thresholds 20, 21, 22 A, between p1 and ground. */
const chain = (a: number): string => `.model s1 synapse(ith=20 a=${a})
.model s2 synapse(ith=21 a=${a})
.model s3 synapse(ith=22 a=${a})
Vx x 0 0
YSYNAPSE s1 x u s1 w=0.5 prog=(p1,p2)
YSYNAPSE s2 x u s2 w=-0.3 prog=(p2,p3)
YSYNAPSE s3 x u s3 w=1.1 prog=(p3,0)
Rx u 0 1
`;

describe("the threshold-gated law", () => {
  test.each([
    [20.01, 0.01, 0, 0],
    [-20.015, -0.015, 0, 0],
    [21.01, 0, 0.01, 0],
    [-22.002, 0, 0, -0.002],
    [20.03, 0, 0, 0],
    [19.999, 0, 0, 0],
  ])("a pulse of %f A that jumps moves the weight whose window it is in, and no other", async (height, d1, d2, d3) => {
    const { w1, w2, w3 } = await measured(`one pulse
${chain(0.02)}
I1 0 p1 pulse(0 ${height} 1 0 0 1)
.tran 0.1 3
${finds(3, { w1: "n(s1:w)", w2: "n(s2:w)", w3: "n(s3:w)" })}
`);
    expect(Math.abs(w1! - 0.5 - d1)).toBeLessThan(1e-12);
    expect(Math.abs(w2! + 0.3 - d2)).toBeLessThan(1e-12);
    expect(Math.abs(w3! - 1.1 - d3)).toBeLessThan(1e-12);
  });

  test("ramps integrate a²·tr/I over every window that they cross, and s + s²·tr/I in their own", async () => {
    const [a, rise, height] = [0.5, 0.01, 22.01];
    const { w1, w2, w3 } = await measured(`ramps
${chain(a)}
I1 0 p1 pulse(0 ${height} 1 ${rise} ${rise} 1)
.options reltol=1e-7
.tran 0.1 3
${finds(3, { w1: "n(s1:w)", w2: "n(s2:w)", w3: "n(s3:w)" })}
`);
    const crossed = (a * a * rise) / height;
    const s = height - 22;
    expect(crossed).toBeCloseTo(1.13585e-4, 9);
    expect(Math.abs(w1! - 0.5 - crossed)).toBeLessThan(1e-9);
    expect(Math.abs(w2! + 0.3 - crossed)).toBeLessThan(1e-9);
    expect(Math.abs(w3! - 1.1 - s - (s * s * rise) / height)).toBeLessThan(1e-9);
  });

  test("a slow sine writes what its time in the window says", async () => {
    // ∫ (I − ith) dt over both sides of the half wave between ith and ith + a.
    const [peak, ith, a, f] = [21, 20, 0.5, 1];
    const integral = (level: number): number => {
      const t = Math.asin(level / peak) / (2 * Math.PI * f);
      return -(peak / (2 * Math.PI * f)) * Math.cos(2 * Math.PI * f * t) - ith * t;
    };
    const { w } = await measured(`a sine through the window
.model s synapse(ith=${ith} a=${a})
YSYNAPSE s1 0 u s w=0 prog=(p,0)
Ru u 0 1
I1 0 p sin(0 ${peak} ${f})
.tran 1m 0.5
.options reltol=1e-7
.measure tran w find n(s1:w) at=0.5
`);
    expect(Math.abs(w! / (2 * (integral(ith + a) - integral(ith))) - 1)).toBeLessThan(1e-6);
  });

  test("walls stop a weight", async () => {
    const { w } = await measured(`a wall
.model s synapse(ith=20 a=1 wmin=-1 wmax=0.3)
YSYNAPSE s1 0 u s w=0 prog=(p,0)
Ru u 0 1
I1 0 p pulse(0 20.5 0 0 0 1 2 2)
.tran 0.1 4
.measure tran w find n(s1:w) at=4
`);
    expect(w).toBe(0.3);
  });

  test("reading disturbs from the threshold on, and not below it", async () => {
    const deck = (volts: number): string => `read disturb
.model s synapse(ith=20 a=1)
V1 x 0 pulse(0 ${volts} 1 0 0 1)
YSYNAPSE s1 x u s w=0.5
Ru u 0 1
.tran 0.1 3
.measure tran w find x(s1) at=3
.measure tran v find v(u) at=1.5
`;
    const low = await measured(deck(19.9));
    expect(low["w"]).toBe(0.5);
    expect(low["v"]).toBeCloseTo(0.5 * 19.9, 9);
    expect((await measured(deck(20.25)))["w"]).toBeCloseTo(0.75, 10);
  });
});

describe("selection by frequency", () => {
  // ∫ 2·cos(2πft)·s·cos(2πgt) dt over a burst of length τ.
  const moved = (s: number, f: number, g: number, tau: number): number => {
    const part = (w: number): number => (w === 0 ? tau : Math.sin(w * tau) / w);
    return s * (part(2 * Math.PI * (f - g)) + part(2 * Math.PI * (f + g)));
  };

  test.each([10, 10.5, 11, 10.25, 12.3])("a burst at 10 Hz for a second, a weight at %f Hz", async (freq) => {
    const { w } = await measured(`a burst
.model s synapse(select=frequency freq=${freq})
YSYNAPSE s1 0 u s w=0 prog=(p,0)
Ru u 0 1
B1 0 p i={time<1 ? 0.1*cos(2*pi*10*time) : 0}
.options reltol=1e-6
.tran 10m 2
.measure tran w find n(s1:w) at=2
`);
    expect(Math.abs(w! - moved(0.1, freq, 10, 1))).toBeLessThan(1e-6);
  });
});

describe("Kirchhoff's laws", () => {
  test("an ideal synapse takes no current at pre, keeps that of its port, and gives gout·w·gm·v(pre)", async () => {
    const { sensed, given, into, out, port } = await measured(`currents
.model s synapse(ith=20 a=1 gm=2 gout=3)
V1 x 0 0.7
YSYNAPSE s1 x u s w=-0.4 prog=(p,q)
Vu u 0 0
I1 0 a 5
Va a p 0
Vq q 0 0
.op
.measure op sensed find i(V1)
.measure op given find i(Vu)
.measure op into find i(Va)
.measure op out find i(Vq)
.measure op port find v(p,q)
`);
    expect(sensed).toBe(0);
    expect(given).toBeCloseTo(3 * -0.4 * 2 * 0.7, 12);
    expect(into).toBeCloseTo(5, 12);
    expect(out).toBeCloseTo(5, 12);
    expect(port).toBeCloseTo(-0.4 * (5 + 2 * 0.7), 12);
  });

  test("a pair divides the row's current between its columns, as its conductances say", async () => {
    const { row, plus, minus, w } = await measured(`a pair
.model s synapse(kind=pair gunit=1m gmin=10u gmax=2m)
V1 r 0 0.5
YSYNAPSE s1 r (cp,cm) s w=0.3
Vp cp 0 0
Vm cm 0 0.1
.op
.measure op row find i(V1)
.measure op plus find i(Vp)
.measure op minus find i(Vm)
.measure op w find n(s1:w)
`);
    const middle = (10e-6 + 2e-3) / 2;
    expect(w).toBeCloseTo(0.3, 12);
    expect(plus).toBeCloseTo(0.5 * (middle + 0.15e-3), 12);
    expect(minus).toBeCloseTo(0.4 * (middle - 0.15e-3), 12);
    expect(row! + plus! + minus!).toBeCloseTo(0, 15);
  });

  test("a pair is written through row and column: one memristor of it at a time", async () => {
    // I = g·v with g = 1.155 mS and 0.855 mS; at 1 V only the first is beyond 1 mA.
    const { gp, gm } = await measured(`write a pair
.model s synapse(kind=pair gunit=1m gmin=10u gmax=2m ith=1m a=1m)
V1 r 0 pulse(0 1 0.1 0 0 0.5)
YSYNAPSE s1 r (0,0) s w=0.3
.options reltol=1e-8
.tran 0.1 1
.measure tran gp find n(s1:gp) at=1
.measure tran gm find n(s1:gm) at=1
`);
    const before = (10e-6 + 2e-3) / 2 + 0.15e-3;
    // dg/dt = 1m·(g·1 V − 1 mA)/A
    const after = 1e-3 + (before - 1e-3) * Math.exp(1e-3 * 0.5);
    expect(Math.abs(gp! / after - 1)).toBeLessThan(1e-9);
    expect(gm).toBeCloseTo((10e-6 + 2e-3) / 2 - 0.15e-3, 14);
  });
});

test("perceptrons of one model have as many inputs as their cards say, whichever stands first", async () => {
  const { two, three, pair } = await measured(`one model
.model p perceptron(activation=sigmoid w1=0.25)
V1 a 0 1
YPERCEPTRON p2 (a,a) two p w2=-2
YPERCEPTRON p3 (a,a,a) three p w2=-2 w3=0.5
YPERCEPTRON q2 (a,a) pair p w1=1 w2=-2
.op
.measure op two find v(two)
.measure op three find v(three)
.measure op pair find v(pair)
`);
  const sigmoid = (u: number): number => 1 / (1 + Math.exp(-u));
  expect(two).toBeCloseTo(sigmoid(0.25 - 2), 12);
  expect(three).toBeCloseTo(sigmoid(0.25 - 2 + 0.5), 12);
  expect(pair).toBeCloseTo(sigmoid(1 - 2), 12);
});
