import { describe, expect, test } from "vitest";
import { elaborate } from "../src/circuit/elaborate.js";
import type { TrainCard } from "../src/circuit/training/cards.js";
import { NetlistError, simulate } from "../src/index.js";
import { circuitHardware } from "../src/learning/circuit-hardware.js";
import { newTally } from "../src/learning/epoch.js";
import { trainIdeal } from "../src/learning/ideal.js";
import { networkOf } from "../src/learning/network-of.js";
import { prepared } from "../src/learning/prepared-data.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";
import { task } from "./learning-networks.js";

// Pairs that are written in their array: by the closed form where that must hold, and by Kirchhoff's laws where it does not.

type Pulses = "ideal" | "circuit";

const gunit = 5e-6;
const ith = 250e-6;

const deck = (elements: string, cards: string, model = "gmin=100u gmax=130u") => `Pairs in an array
V1 x1 0 0
V2 x2 0 0
V3 one 0 1
.model s synapse(kind=pair gunit=5u ith=250u a=80u rate=1e4 ${model})
.model n neuron(activation=sigmoid iu=5u bias=none)
${elements}
${cards}
.end
`;

const train = (pulses: Pulses, more = "") =>
  `.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=4e-4 epochs=20 runs=1 timing=(read=1u write=10m) pulses=${pulses} ${more}`;

const column = `YSYNAPSE s1 x1 (cp,cm) s
YSYNAPSE s2 x2 (cp,cm) s
YSYNAPSE s3 one (cp,cm) s
YNEURON y1 (cp,cm) y n`;

const crossbar = `YCROSSBAR xb rows=r[1:3] cols=c[1:2] model=s
Vone r3 0 1
YNEURON y1 (c1p,c1m) y n
YNEURON y2 (c2p,c2m) z n`;

/** Gives memristors of the network single pulses; weights in units of gunit, in the order of the network. */
function bench(text: string) {
  const source = new Source("bench", text);
  const complaints = new Complaints();
  const { circuit } = elaborate(parseNetlist(source, { main: true }, complaints), { source, found: complaints.all });
  const card = circuit.analyses.find((it): it is TrainCard => it.kind === "train")!;
  const placed = networkOf(circuit, card);
  const one = task(placed.network, prepared(card.data, card.rule, 1), {
    rule: card.rule,
    rate: card.rate,
    runs: 1,
    epochs: 1,
    timing: card.timing,
  });
  const names = placed.network.weights.map(({ name }) => name);
  return (name: string, s: number, start: Readonly<Record<string, number>>) => {
    const weights = Float64Array.from(names, (it) => start[it]! / gunit);
    let counts = { missed: 0, crossTalk: 0 };
    trainIdeal(one, undefined, (plan) => {
      const hardware = circuitHardware(plan, circuit, card, placed);
      return (_, __, cells) => {
        const tally = newTally(plan);
        hardware.begin(cells);
        hardware.pulse(names.indexOf(name), s, weights, cells, tally);
        counts = { missed: tally.missed, crossTalk: tally.crossTalk };
      };
    }).next();
    return { g: Object.fromEntries(names.map((it, k) => [it, weights[k]! * gunit])), ...counts };
  };
}

/** dy/dt = rate(y) over 10 ms, by many small steps of the classical Runge-Kutta method. */
function integrated(rate: (y: readonly number[]) => readonly number[], start: readonly number[]): readonly number[] {
  const [steps, h] = [100, 10e-3 / 100];
  let y = start;
  const moved = (by: number, k: readonly number[]) => y.map((it, j) => it + by * k[j]!);
  for (let step = 0; step < steps; step++) {
    const a = rate(y);
    const b = rate(moved(h / 2, a));
    const c = rate(moved(h / 2, b));
    const d = rate(moved(h, c));
    y = y.map((it, j) => it + (h / 6) * (a[j]! + 2 * b[j]! + 2 * c[j]! + d[j]!));
  }
  return y;
}

/** dg/dt of a memristor that carries a current. */
const drift = (current: number): number => {
  const beyond = Math.abs(current) - ith;
  return beyond >= 0 && beyond < 80e-6 ? gunit * 1e4 * Math.sign(current) * beyond : 0;
};

const weightsOf = async (text: string) => {
  const { results, diagnostics, measures } = await simulate(text, { pictures: false });
  const [, ...weights] = results[0]!.tables![0]!.columns;
  const pulses = results[0]!.statistics.pulses;
  return { weights: weights.flatMap(({ values }) => [...values]), pulses, diagnostics, measures };
};

describe("an array without resistance of lines", () => {
  const two = `.dataset d inputs=(a,b) targets=(y,z)
+ 0 0 0 1
+ 0 1 0 1
+ 1 0 0 1
+ 1 1 1 0`;
  test.each([
    ["of one column", column, (pulses: Pulses) => `.dataset d gate=and samples=30\n${train(pulses)}`],
    [
      "of two columns, as a crossbar",
      crossbar,
      (pulses: Pulses) =>
        `${two}\n${train(pulses).replace("inputs=(V1,V2) outputs=(y)", "inputs=(r1,r2) outputs=(y,z)")}`,
    ],
    ["with loss", column, (pulses: Pulses) => `.dataset d gate=or samples=20\n${train(pulses)}`, "retention=1k"],
  ])("%s: weights are those of the closed form", async (_, elements, cards, model = "") => {
    const text = (pulses: Pulses) =>
      deck(elements, cards(pulses), `gmin=100u gmax=130u ${model}`).replace(
        elements === crossbar ? /V\d .*\n/g : "",
        "",
      );
    const [ideal, circuit] = [await weightsOf(text("ideal")), await weightsOf(text("circuit"))];
    // No conductance is twice another one: nothing but the selected memristor comes to its threshold.
    const differences = ideal.weights.map((w, k) => Math.abs(w - circuit.weights[k]!));
    expect(Math.max(...differences)).toBeLessThan(1e-10);
    expect(circuit.pulses).toBe(ideal.pulses);
    expect(circuit.pulses).toBeGreaterThan(300);
    expect(circuit.diagnostics).toEqual([]);
  });

  test("the others of a row carry half the voltage, and move if they have twice the conductance", () => {
    const pulse = bench(deck(column, `.dataset d gate=and\n${train("circuit")}`, "gmin=50u gmax=250u"));
    const start = { "s1:gp": 100e-6, "s1:gm": 204e-6, "s2:gp": 90e-6, "s2:gm": 210e-6, "s3:gp": 60e-6, "s3:gm": 60e-6 };
    const s = 20e-6;
    for (const sign of [1, -1]) {
      const { g, crossTalk, missed } = pulse("s1:gp", sign * s, start);
      const current = sign * (ith + s);
      const [plus, minus, opposite] = integrated(
        ([gp, gm, other]) => [
          drift(current),
          drift((current * gm!) / (2 * gp!)),
          drift((-current * other!) / (2 * gp!)),
        ],
        [100e-6, 204e-6, 210e-6],
      );
      expect(missed).toBe(0);
      expect(g["s1:gp"]).toBeCloseTo(plus!, 15);
      expect(g["s1:gm"]).toBeCloseTo(minus!, 15);
      expect(g["s2:gm"]).toBeCloseTo(opposite!, 15);
      expect(Math.abs(minus! - 204e-6)).toBeGreaterThan(1e-9);
      expect(sign * (opposite! - 210e-6)).toBeLessThan(-1e-9); // it is driven from the column to the row
      expect(crossTalk).toBeCloseTo(Math.max(Math.abs(minus! - 204e-6), Math.abs(opposite! - 210e-6)) / gunit, 9);
      for (const still of ["s2:gp", "s3:gp", "s3:gm"] as const) expect(g[still]).toBeCloseTo(start[still], 18);
    }
  });
});

describe("an array with resistance of lines", () => {
  test("a column's resistance lifts it, so that the others of the column take current of the selected one", () => {
    const r = 1000;
    const lined = `YSYNAPSE s1 x1 (p,cm) s
YSYNAPSE s2 x2 (p,cm) s
YSYNAPSE s3 one (p,cm) s
Rc p cp ${r}
YNEURON y1 (cp,cm) y n`;
    const pulse = bench(deck(lined, `.dataset d gate=and\n${train("circuit")}`));
    const g = 110e-6;
    const start = Object.fromEntries(
      ["s1", "s2", "s3"].flatMap((it) => [
        [`${it}:gp`, g],
        [`${it}:gm`, g],
      ]),
    );
    const s = 10e-6;
    // The end of the column carries I, at 0 V: the column lies at rI, and the other two take −g·rI each.
    const current = (ith + s) * (1 + 2 * g * r);
    expect(current - ith).toBeGreaterThan(6 * s);
    const found = pulse("s1:gp", s, start);
    expect(found.g["s1:gp"]! - g).toBeCloseTo(10e-3 * drift(current), 15);
    expect(found.crossTalk).toBe(0);
  });

  test("a row's resistance weakens what the others of the row see", () => {
    const r = 500;
    const lined = `Rr x1 r1 ${r}
YSYNAPSE s1 r1 (cp,cm) s
YSYNAPSE s2 x2 (cp,cm) s
YNEURON y1 (cp,cm) y n`;
    const pulse = bench(deck(lined, `.dataset d gate=and\n${train("circuit")}`, "gmin=50u gmax=300u"));
    const start = { "s1:gp": 100e-6, "s1:gm": 230e-6, "s2:gp": 60e-6, "s2:gm": 60e-6 };
    const s = 40e-6;
    const I = ith + s;
    // V = v + r(I + i), i = gm(v − V/2), v = I/gp
    const half = (gp: number, gm: number): number => (gm * (I / gp - r * I)) / (2 + gm * r);
    const [plus, minus] = integrated(([gp, gm]) => [drift(I), drift(half(gp!, gm!))], [100e-6, 230e-6]);
    const { g } = pulse("s1:gp", s, start);
    expect(half(100e-6, 230e-6)).toBeGreaterThan(ith);
    expect(g["s1:gp"]).toBeCloseTo(plus!, 15);
    expect(g["s1:gm"]).toBeCloseTo(minus!, 15);
  });

  test("every pulse in an array obeys Kirchhoff's law at every node", () => {
    // Three rows and two columns with r in each segment; node k of row i is the memristor's end there.
    const r = 120;
    const rows = ["x1", "x2", "one"];
    const segments = rows.flatMap((driver, i) => [
      `Ra${i} ${driver} a${i} ${r}`,
      `YSYNAPSE s${i + 1} a${i} (p${i},m${i}) s`,
      ...["p", "m"].map((c) => `R${c}${i} ${c}${i} ${i === 2 ? `c${c}` : `${c}${i + 1}`} ${r}`),
    ]);
    const lined = `${segments.join("\n")}\nYNEURON y1 (cp,cm) y n`;
    const pulse = bench(deck(lined, `.dataset d gate=and\n${train("circuit")}`, "gmin=50u gmax=300u"));
    const names = rows.flatMap((_, i) => [`s${i + 1}:gp`, `s${i + 1}:gm`]);
    const start = [120e-6, 180e-6, 140e-6, 90e-6, 200e-6, 70e-6];
    const s = 30e-6;
    const expected = integrated((g) => currents(g, r, ith + s).map(drift), start);
    const found = pulse("s2:gp", s, Object.fromEntries(names.map((name, k) => [name, start[k]!])));
    expect(Math.abs(expected[2]! - start[2]!)).toBeGreaterThan(1e-9);
    for (const [k, name] of names.entries()) expect(found.g[name]).toBeCloseTo(expected[k]!, 15);
  });
});

/**
 * The currents of six memristors between three rows and two columns, r ohms a segment, when s2:gp is written by I. With
 * the second row's driver at 1 V all voltages are solved for by Gauss's elimination, then scaled.
 */
function currents(g: readonly number[], r: number, I: number): readonly number[] {
  const row = (i: number) => i;
  const col = (i: number, c: number) => 3 + 2 * i + c;
  const held = [0, 1, 0]; // of the rows' drivers
  const ends = [0, 0.5]; // of the columns
  const G = Array.from({ length: 9 }, () => new Array<number>(10).fill(0));
  const join = (a: number, b: number, conductance: number) => {
    for (const [at, to] of [
      [a, b],
      [b, a],
    ] as const) {
      G[at]![at]! += conductance;
      G[at]![to]! -= conductance;
    }
  };
  const hold = (a: number, volts: number) => {
    G[a]![a]! += 1 / r;
    G[a]![9]! += volts / r;
  };
  for (let i = 0; i < 3; i++) {
    hold(row(i), held[i]!);
    for (let c = 0; c < 2; c++) {
      // both memristors of a pair lie at the row's one node
      join(row(i), col(i, c), g[2 * i + c]!);
      if (i < 2) join(col(i, c), col(i + 1, c), 1 / r);
      else hold(col(i, c), ends[c]!);
    }
  }
  for (let k = 0; k < 9; k++)
    for (let i = 0; i < 9; i++) {
      if (i === k) continue;
      const factor = G[i]![k]! / G[k]![k]!;
      for (let j = k; j < 10; j++) G[i]![j]! -= factor * G[k]![j]!;
    }
  const v = G.map((line, k) => line[9]! / line[k]!);
  const scale = I / (v[col(2, 0)]! / r); // the selected column ends at 0 V
  return g.map((it, k) => scale * it * (v[row(k >> 1)]! - v[col(k >> 1, k % 2)]!));
}

describe("a training in an array with lines", () => {
  const lines = (r: number) => `Rr1 x1 r1 ${r}
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
  const learned = (r: number, pulses: Pulses) =>
    weightsOf(deck(lines(r), `.dataset d gate=and samples=30\n${train(pulses)}\n.measure train e find t.error.mean`));

  test("comes to that without them as the lines get thicker", async () => {
    const distance = async (r: number) => {
      const [ideal, circuit] = [await learned(r, "ideal"), await learned(r, "circuit")];
      return Math.max(...ideal.weights.map((w, k) => Math.abs(w - circuit.weights[k]!)));
    };
    const [near, nearer] = [await distance(1e-2), await distance(1e-3)];
    expect(near).toBeGreaterThan(1e-6);
    expect(near / nearer).toBeGreaterThan(9);
    expect(near / nearer).toBeLessThan(11);
  });
});

test("the memristors of an array are written one after another, and lose for as long", async () => {
  const cards = `.dataset d gate=or samples=2
.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0 epochs=3 init=given timing=(read=2 write=3 gap=0.5)
.measure train sample find t.time.sample`;
  const tau = 200;
  const { measures, weights } = await weightsOf(
    deck(column.replace("s1 x1 (cp,cm) s", "s1 x1 (cp,cm) s w=2"), cards, `gmin=100u gmax=130u retention=${tau}`),
  );
  const sample = 2 + 0.5 + 6 * (3 + 0.5);
  expect(measures[0]!.value).toBeCloseTo(sample, 12);
  // They fall towards gmin = 20·gunit, as near to 0 as they can.
  const left = Math.exp((-3 * 2 * sample) / tau);
  expect(weights[0]).toBeCloseTo(20 + (24 - 20) * left, 12);
  expect(weights[1]).toBeCloseTo(20 + (22 - 20) * left, 12);
});

test("a memristor that may stop conducting, and thresholds that two memristors share, are refused", async () => {
  const problems = async (model: string): Promise<readonly string[]> => {
    try {
      await simulate(deck(column, `.dataset d gate=and\n${train("circuit")}`, model), { pictures: false });
      return [];
    } catch (error) {
      if (error instanceof NetlistError) return error.diagnostics.map(({ message }) => message);
      throw error;
    }
  };
  expect((await problems("gmin=0 gmax=130u"))[0]).toMatch(/^The memristors of `s1` may come to `gmin` = 0/);
  expect((await problems("gmin=100u gmax=130u spread_ith=1%"))[0]).toMatch(
    /`s1` is one device: its memristors share one `ith`/,
  );
});
