import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

// What reading does to weights, in closed form, against the solutions of the devices' differential equation.

/** The weights of a training that only reads, once, for 0.4 s, by name; and what it says. */
async function read(cards: string, row: string, more = "") {
  const { results, diagnostics } = await simulate(
    `readings only
V1 x1 0 0
V2 x2 0 0
.model n neuron(activation=tanh ith=50 a=0.5)
${cards}
.dataset d inputs=(x1,x2) targets=(y)
+ ${row}
.train t rule=backprop data=d inputs=(V1,V2) outputs=(y) rate=0 epochs=1 init=given timing=(read=0.4) ${more}
.measure train most find t.disturb
`,
    { pictures: false },
  );
  const weights = results[0]!.tables![0]!.columns.map(({ name, values }) => [name, values[0]!] as const);
  return { w: Object.fromEntries(weights) as Weights, codes: diagnostics.map(({ code }) => code) };
}

type Weights = Readonly<Record<string, number>>;
const exp = Math.exp;

describe("a reading", () => {
  test("moves a synapse by rate·(|I| - ith)·t, with the sign of what it reads", async () => {
    const cards = `.model s synapse(ith=1 a=0.5 rate=3 gm=2)
YSYNAPSE s1 x1 u s w=0.7
YSYNAPSE s2 x2 u s w=0.7
YNEURON y u y n b=0.1`;
    const up = await read(cards, "0.6 -0.7 0");
    expect(up.w["s1"]).toBeCloseTo(0.7 + 3 * 0.2 * 0.4, 14);
    expect(up.w["s2"]).toBeCloseTo(0.7 - 3 * 0.4 * 0.4, 14);
    expect(up.w["y:b"]).toBe(0.1);
    expect(up.codes).toEqual(["read-over-threshold", "read-disturb"]);
    const beyond = await read(cards, "0.76 0.5 0"); // above the window, and at the threshold
    expect([beyond.w["s1"], beyond.w["s2"]]).toEqual([0.7, 0.7]);
    expect(beyond.codes).toEqual(["read-over-threshold"]);
  });

  test("stops at a wall, and not at what an imperfect device makes of it", async () => {
    const cards = (more: string) => `.model s synapse(ith=1 a=0.5 wmin=-1 wmax=1 ${more})
YSYNAPSE s1 x1 u s w=0.9
YSYNAPSE s2 x2 u s w=0
YNEURON y u y n b=0`;
    expect((await read(cards(""), "1.4 0 0")).w["s1"]).toBe(1);
    expect((await read(cards("asym=50%"), "-1.4 0 0")).w["s1"]).toBeCloseTo(0.9 - 0.5 * 0.4 * 0.4, 14);
    expect((await read(cards("levels=5"), "0 1.2 0")).w["s2"]).toBe(0);
    expect((await read(cards("stuck_on=100%"), "-1.4 0 0")).w["s1"]).toBe(1);
  });

  test("of one memristor drives all states that its current meets, and the current follows them", async () => {
    const cards = (w: string) => `.model m perceptron(ith=1 spacing=0.2 a=0.3)\nYPERCEPTRON p (x1,x2) y m ${w} b=0`;
    // I = w1 + 0.5·w2 = 1.1 in the first window alone, up to 1.2; then d(w1)/dt = I − 1, d(w2)/dt = I − 1.2.
    const early = Math.log(0.2 / 0.1);
    const late = await read(cards("w1=0.9 w2=0.4"), "1 0.5 0", "");
    expect(early).toBeGreaterThan(0.4);
    expect(late.w["p:w1"]).toBeCloseTo(0.9 + 0.1 * (exp(0.4) - 1), 12);
    expect(late.w["p:w2"]).toBe(0.4);
    const both = await read(cards("w1=1.05 w2=0.4"), "1 0.5 0", "");
    // From 1.25 on dI/dt = (I − 1) + 0.5·(I − 1.2) = 1.5·(I − 16/15), until I = 1.3.
    const [still, above] = [16 / 15, 1.25 - 16 / 15];
    const out = Math.log((1.3 - still) / above) / 1.5;
    const integral = (ith: number, t: number) => (still - ith) * t + (above / 1.5) * (exp(1.5 * t) - 1);
    // Beyond, the first state rests, and the second goes on: dI/dt = 0.5·(I − 1.2).
    const rest = 0.4 - out;
    expect(both.w["p:w1"]).toBeCloseTo(1.05 + integral(1, out), 12);
    expect(both.w["p:w2"]).toBeCloseTo(0.4 + integral(1.2, out) + (0.1 / 0.5) * (exp(0.5 * rest) - 1), 12);
  });

  test("of a pair grows with the conductance that it moves, and less so behind a line", async () => {
    const cards = (line: number) => `.model s synapse(kind=pair gunit=0.1 gmin=0.01 gmax=1 ith=0.1 a=0.4 rate=2)
Rl x1 r ${line}
YSYNAPSE s1 r (cp,cm) s gp=0.3 gm=0.05
YSYNAPSE s2 x2 (cp,cm) s gp=0.3 gm=0.05
YNEURON y (cp,cm) y k
.model k neuron(activation=tanh bias=none iu=1)`;
    // dg/dt = gunit·rate·(I − ith), I = V·g/(1 + R·g) of all that is at the row.
    const follow = (R: number) => {
      let g = 0.3;
      const rate = (at: number) => 0.2 * (at / (1 + R * (at + 0.05)) - 0.1);
      const [steps, h] = [1000, 0.4 / 1000];
      for (let k = 0; k < steps; k++) {
        const a = rate(g);
        const b = rate(g + (h / 2) * a);
        const c = rate(g + (h / 2) * b);
        g += (h / 6) * (a + 2 * b + 2 * c + rate(g + h * c));
      }
      return g / 0.1;
    };
    const none = await read(cards(0.000001), "1 0 0");
    expect(none.w["s1:gp"]).toBeCloseTo((0.1 + 0.2 * exp(0.2 * 0.4)) / 0.1, 6);
    const lined = await read(cards(1), "1 0 0");
    expect(lined.w["s1:gp"]).toBeCloseTo(follow(1), 11);
    expect(lined.w["s1:gm"]).toBeCloseTo(0.5, 14);
    const down = await read(cards(1), "-1 0 0");
    expect(down.w["s1:gp"]).toBeLessThan(3);
  });
});

test("a test, and what verifies a write, read without moving anything", async () => {
  const cards = `.model s synapse(ith=1 a=0.5)
YSYNAPSE s1 x1 u s w=0.7
YSYNAPSE s2 x2 u s w=0.7
YNEURON y u y n b=0.1`;
  const once = await read(cards, "1.2 0 1");
  expect(await read(cards, "1.2 0 1", "\n.test t")).toEqual(once);
  expect((await read(cards, "1.2 0 1", "verify=1%")).w["s1"]).toBe(once.w["s1"]);
});

test("edges that take time are warned of before they do harm, and told of behind", async () => {
  const cards = `.model s synapse(a=0.5 wmin=-1 wmax=1)
YSYNAPSE s1 x1 u s ith=20 prog=(p,m)
YSYNAPSE s2 x2 u s ith=21 prog=(m,0)
YNEURON y u y n`;
  const trained = async (rise: number) => {
    const row = "1 1 1\n+ 0 1 0";
    const { w, codes } = await read(
      cards,
      row,
      `\n.train slow rule=backprop data=d inputs=(V1,V2) outputs=(y)
+ epochs=3 bias_init=glorot timing=(rise=${rise})`,
    );
    return { w, codes };
  };
  expect((await trained(0)).codes).toEqual([]);
  expect((await trained(1e-3)).codes).toEqual(["cross-talk"]);
  expect((await trained(2)).codes).toEqual(["slow-edges", "cross-talk"]);
});
