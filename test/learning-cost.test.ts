import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

// Energies by hand: of weights that stand still (rate 0 gives no pulses), and of the pulses of one sample.

async function measured(text: string): Promise<Readonly<Record<string, number>>> {
  const { measures } = await simulate(text, { pictures: false });
  return Object.fromEntries(measures.map(({ name, value }) => [name, value ?? Number.NaN]));
}

const ideal = (cards: string): string => `Ideal synapses
V1 x1 0 0
V2 x2 0 0
.model s synapse(ith=20 a=1 gm=2 gout=0.5)
.model n neuron(activation=linear ith=21 a=1)
YSYNAPSE s1 x1 in s w=0.5
YSYNAPSE s2 x2 in s w=-0.3
YNEURON y1 in y n b=0.25
.dataset d inputs=(x1,x2) targets=(y)
+ 1 0 0
+ 0.5 2 0
${cards}
.end
`;

const costs = `.measure train read find t.energy.read
.measure train lines find t.energy.lines
.measure train write find t.energy.write
.measure train inference find t.time.inference
.measure train pulse find t.time.pulse
.measure train sample find t.time.sample
.measure train tries find t.tries`;

describe("energy and time of ideal synapses", () => {
  const train = (rate: number) =>
    `.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=${rate} epochs=1 init=given bias_init=zero shuffle=no timing=(read=3 write=2 gap=0.5)\n${costs}`;

  test("a reading takes |w|·I²·t in each memristor, I = gm·v", async () => {
    const { read, lines, write, inference, pulse, sample, tries } = await measured(ideal(train(0)));
    const first = 0.5 * 2 ** 2;
    const second = 0.5 * 1 ** 2 + 0.3 * 4 ** 2;
    expect(read).toBeCloseTo((3 * (first + second)) / 2, 12);
    expect(lines).toBe(0);
    expect(write).toBeNaN(); // there was no pulse
    expect([inference, pulse, sample, tries]).toEqual([3, 2, 3 + 0.5 + (2 + 0.5), 1]);
  });

  test("a pulse takes |w|·(|s| + ith)²·t, w being the mean of before and after", async () => {
    const one = ideal(train(1e-3)).replace("+ 0.5 2 0\n", "");
    const { write } = await measured(one);
    // The metered epoch begins where the training ended: w after one sample (1, 0) with target 0.
    let [w, b] = [0.5, 0.25];
    const reach = 2;
    let total = 0;
    for (let epoch = 0; epoch < 2; epoch++) {
      const s = 1e-3 * -(w + b); // δ = T − O, of both: gain·v = 1
      total = Math.abs(w + (s * reach) / 2) * (Math.abs(s) + 20) ** 2 * 2;
      total += Math.abs(b + (s * reach) / 2) * (Math.abs(s) + 21) ** 2 * 2;
      w += s * reach;
      b += s * reach;
    }
    expect(write! / (total / 2)).toBeCloseTo(1, 12);
  });

  test("series shares a pulse: each memristor of a chain takes its part", async () => {
    const chain = ideal(`${train(1e-3)}`)
      .replace("+ 0.5 2 0\n", "")
      .replace("in s w=0.5", "in s w=0.5 prog=(p,q)")
      .replace("in s w=-0.3", "in s w=-0.3 ith=30 prog=(q,0)")
      .replace("ith=21 a=1", "bias=none")
      .replace(" b=0.25", "");
    const { write } = await measured(chain);
    const w = 0.5 - 2e-3 * 0.5;
    const s = 1e-3 * w;
    const own = Math.abs(w - s) * (s + 20) ** 2;
    expect(write! / (2 * (own + 0.3 * (s + 20) ** 2))).toBeCloseTo(1, 12);
  });
});

describe("energy of pairs", () => {
  const pairs = (r: number) => `Pairs
V1 x1 0 0.5
.model s synapse(kind=pair gunit=100u gmin=1u gmax=1m ith=20m a=1m rate=1e4)
.model n neuron(activation=linear iu=100u bias=none)
${r === 0 ? "" : `R1 x1 r1 ${r}`}
YSYNAPSE s1 ${r === 0 ? "x1" : "r1"} (cp,cm) s w=1.5
YNEURON y1 (cp,cm) y n
.dataset d inputs=(a) targets=(y)
+ 0.5 0
.train t rule=delta data=d inputs=(V1) outputs=(y) rate=1e-6 epochs=1 init=given
${costs}
.op
.measure op source find {-v(x1)*i(V1)}
.measure op gp find n(s1:gp)
.measure op gm find n(s1:gm)
.end
`;

  test("what the source gives is what devices and lines take", async () => {
    for (const r of [0, 200, 3000]) {
      const { read, lines, source, gp, gm } = await measured(pairs(r));
      expect(read! / source!).toBeCloseTo(1, 12);
      const current = 0.5 / (r + 1 / (gp! + gm!));
      expect(lines).toBeCloseTo(r * current ** 2, 12);
    }
  });

  test("a pulse takes I²·t/g", async () => {
    const { write, gp, gm } = await measured(pairs(0));
    const s = 1e-6 * Math.abs((gp! - gm!) / 100e-6) * 0.5 * 0.5; // η·δ·gain·v, gain = gunit/iu = 1
    const of = (g: number, sign: number): number => {
      const after = g + sign * s * 1e4 * 100e-6;
      return ((20e-3 + s) ** 2 * Math.log(after / g)) / (after - g);
    };
    expect(write! / ((of(gp!, -1) + of(gm!, 1)) / 2)).toBeCloseTo(1, 9);
  });
});
