import { describe, expect, test } from "vitest";
import { NetlistError, simulate } from "../src/index.js";

/** Two inputs and a constant on three rows, a neuron at the two columns; `lines` stands between them. */
const perceptron = (lines: string, cards: string, more = "") => `Pairs
V1 x1 0 1
V2 x2 0 1
V3 one 0 1
.model s synapse(kind=pair gunit=100u gmin=1u gmax=1m ith=20m a=1m rate=1e4 ${more})
.model n neuron(activation=sigmoid iu=100u bias=none)
${lines}
${cards}
.end
`;

const direct = `YSYNAPSE s1 x1 (cp,cm) s
YSYNAPSE s2 x2 (cp,cm) s
YSYNAPSE s3 one (cp,cm) s
YNEURON y1 (cp,cm) y n`;

/** Each row and each column with r ohms a segment, the column's end at the neuron. */
const resisting = (r: number): string => `Rr1 x1 r1 ${r}
Rr2 x2 r2 ${r}
Rr3 one r3 ${r}
YSYNAPSE s1 r1 (p1,m1) s
YSYNAPSE s2 r2 (p2,m2) s
YSYNAPSE s3 r3 (p3,m3) s
Rp1 p1 p2 ${r}
Rp2 p2 p3 ${r}
Rp3 p3 cp ${r}
Rm1 m1 m2 ${r}
Rm2 m2 m3 ${r}
Rm3 m3 cm ${r}
YNEURON y1 (cp,cm) y n`;

const train = (gate: string, more = "") =>
  `.dataset d gate=${gate}\n.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=1e-5 epochs=100 runs=5 ${more}`;

const problems = async (text: string): Promise<readonly string[]> => {
  try {
    await simulate(text, { pictures: false });
    return [];
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
};

describe("a network of pairs", () => {
  test("learns a gate, and the circuit it leaves answers as the training's test says", async () => {
    for (const lines of [direct, resisting(50)]) {
      const { results, measures } = await simulate(
        perceptron(lines, `${train("and")}\n.op\n.measure op y find v(y)\n.measure train right find t.correct`),
        { pictures: false },
      );
      expect(measures.find(({ name }) => name === "right")!.value).toBe(1);
      expect(measures.find(({ name }) => name === "y")!.value).toBeGreaterThan(0.5);
      const names = results[0]!.tables![0]!.columns.map(({ name }) => name);
      expect(names).toEqual(["run", "s1:gp", "s1:gm", "s2:gp", "s2:gm", "s3:gp", "s3:gm"]);
    }
  });

  test("reads through its lines what the circuit itself gives", async () => {
    // One sample (1, 1) with target 1 and rate 0: the error is ½(1 − y)², y being what the operating point says.
    for (const lines of [direct, resisting(0.1), resisting(300)]) {
      const cards = `.dataset d inputs=(a,b) targets=(y)
+ 1 1 1
.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0 epochs=1 init=glorot seed=5
.op
.measure train error find t.error.mean
.measure op y find v(y)`;
      const { measures } = await simulate(perceptron(lines, cards), { pictures: false });
      const [error, y] = ["error", "y"].map((name) => measures.find((it) => it.name === name)!.value!);
      expect(error).toBeCloseTo(0.5 * (1 - y!) ** 2, 12);
    }
  });

  test("is weakened by lines, in closed form for one pair", async () => {
    // Row resistance r feeds both memristors: v = 1/(1 + r(gp + gm)), columns at 0 V.
    const r = 200;
    const cards = `.dataset d inputs=(a,b) targets=(y)
+ 1 0 0
.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0 epochs=1 init=given
.measure train error find t.error.mean`;
    const one = `Rr1 x1 r1 ${r}
YSYNAPSE s1 r1 (cp,cm) s w=1.5
YSYNAPSE s2 x2 (cp,cm) s w=0.3
YNEURON y1 (cp,cm) y n`;
    const { measures } = await simulate(perceptron(one, cards), { pictures: false });
    const both = 1e-6 + 1e-3; // gp + gm
    const y = 1 / (1 + Math.exp(-1.5 / (1 + r * both)));
    expect(measures[0]!.value).toBeCloseTo(0.5 * y * y, 12);
  });

  test("is drawn with one connection for a pair, of its weight", async () => {
    const cards = `.dataset d inputs=(a,b) targets=(y)
+ 1 0 0
.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0 epochs=1 init=given
.plot network t`;
    const swapped = direct.replace("YNEURON y1 (cp,cm)", "YNEURON y1 (cm,cp)").replace("(cp,cm) s", "(cp,cm) s w=1.5");
    const { pictures } = await simulate(perceptron(swapped, cards));
    const [picture] = pictures;
    if (picture?.kind !== "network") throw new Error("No network was drawn.");
    const weights = picture.connections.map(({ weight }) => weight);
    expect(weights).toHaveLength(3);
    expect(weights[0]).toBeCloseTo(-1.5, 12);
  });

  test("stands in a crossbar, whose lines cost it accuracy of its weights and not its lesson", async () => {
    const crossbar = (rline: string) => `YCROSSBAR xb rows=r[1:3] cols=c[1:2] model=s ${rline}
Rd1 x1 r1 1m
Rd2 x2 r2 1m
Rd3 one r3 1m
YNEURON y1 (c1p,c1m) y n
YNEURON y2 (c2p,c2m) z n`;
    const cards = `.dataset d inputs=(a,b) targets=(y,z)
+ 0 0 0 0
+ 0 1 0 1
+ 1 0 0 1
+ 1 1 1 1
.train t rule=delta data=d inputs=(V1,V2) outputs=(y,z) rate=1e-5 epochs=1000 runs=3
.op
.measure train right find t.correct
.measure op y find v(y)
.measure op z find v(z)`;
    for (const rline of ["", "rline=100"]) {
      const { measures, results } = await simulate(perceptron(crossbar(rline), cards), { pictures: false });
      const [right, y, z] = ["right", "y", "z"].map((name) => measures.find((it) => it.name === name)!.value!);
      expect(right).toBe(1);
      expect(Math.min(y!, z!)).toBeGreaterThan(0.5);
      expect(results[0]!.tables![0]!.columns).toHaveLength(1 + 12);
    }
  });

  test("stands beside another array, with a driver of its own, as if that were not there", async () => {
    const other = resisting(50)
      .replaceAll(/\b([xrpmcs])(\d|p\b|m\b)/g, "$1o$2")
      .replaceAll(/^R(\w+)/gm, "Ro$1")
      .replace("one ", "uno ")
      .replace("y1 ", "yo1 ")
      .replace(" y n", " yo n");
    const cards = `${train("and")}\n.measure train e find t.error.mean`;
    const errorOf = async (lines: string) =>
      (await simulate(perceptron(lines, cards), { pictures: false })).measures[0]!.value;
    const beside = `${resisting(50)}\n${other}\nVuno uno 0 2\nVo1 xo1 0 1\nVo2 xo2 0 1`;
    expect(await errorOf(beside)).toBe(await errorOf(resisting(50)));
  });

  test("needs lines that end, and nothing but resistors on them", async () => {
    expect(await problems(perceptron(`${direct}\nC1 cp 0 1n`, train("and")))).toContain("foreign-device");
    expect(await problems(perceptron(`${resisting(10)}\nC1 p2 0 1n`, train("and")))).toContain("foreign-device");
    expect(await problems(perceptron(`${resisting(10)}\nR9 p2 m2 10`, train("and")))).toContain("forked-line");
    expect(await problems(perceptron(`${direct}\nR9 one cp 10k`, train("and")))).toContain("foreign-device");
  });
});
