import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";
import { ChannelTree } from "../src/learning/stiefel/channel-tree.js";
import { pointOf } from "../src/learning/stiefel/point-of.js";
import type { Tree } from "../src/learning/stiefel/tree.js";
import { type Columns, columnsOf, inner } from "../src/numerics/linear/columns.js";
import { drawHaar } from "../src/numerics/linear/haar.js";
import { Random } from "../src/numerics/random.js";
import { haarChannel, throughKraus } from "../src/quantum/channel.js";
import { composed, sideBySide } from "../src/quantum/channel-products.js";
import { readCsv } from "../src/views/read-csv.js";
import { deck, inFolderOfItsOwn, pinched } from "./command-line.js";

// Trees of channels some of which stay as they are, and quantum memristors among them.

const random = new Random("held channels");

describe("a tree with channels that are held", () => {
  // Two trained channels before one that is held, and a trained one behind, beside a held one.
  const [held, front, last] = [
    haarChannel(4, 3, 3, random),
    haarChannel(2, 2, 2, random),
    haarChannel(6, 2, 4, random),
  ];
  const part = (input: number, output: number, kraus: number) => ({ input, output, kraus });
  const tree: Tree = {
    nodes: [
      { part: part(2, 2, 2), takes: [{ wire: 0 }] },
      { part: part(2, 2, 3), takes: [{ wire: 1 }] },
      { part: part(4, 3, 3), takes: [{ node: 0 }, { node: 1 }], held: pointOf(held) },
      { part: part(2, 2, 2), takes: [{ wire: 2 }], held: pointOf(front) },
      { part: part(6, 2, 4), takes: [{ node: 2 }, { node: 3 }] },
    ],
    wires: [2, 2, 2],
  };
  const truth = [0, 1, 1, 0, 1, 0, 1, 1];
  const channels = [haarChannel(2, 2, 2, random), haarChannel(2, 2, 3, random), last];

  test("costs what the one channel costs that it is, and moves the others alone", () => {
    const whole = composed(channels[2]!, sideBySide(composed(held, sideBySide(channels[0]!, channels[1]!)), front));
    const expected = truth.reduce((sum, wanted, row) => {
      const rho = { size: 8, re: new Float64Array(64), im: new Float64Array(64) };
      rho.re[9 * row] = 1;
      return sum + throughKraus(whole, rho).re[3 * (1 - wanted)]! ** 2;
    }, 0);
    const trainable = new ChannelTree(tree, truth, "square");
    const points = channels.map(pointOf);
    expect(trainable.shapes).toEqual(points.map(({ rows, count }) => ({ rows, count })));
    trainable.begin(points);
    expect(trainable.cost()).toBeCloseTo(expected, 13);
    for (const [k, point] of points.entries()) expect(trainable.costOf(k).at(point)).toBeCloseTo(expected, 13);
  });

  test.each(["square", "linear"] as const)("has the gradient of its cost, %s", (kind) => {
    const trainable = new ChannelTree(tree, truth, kind);
    const points = channels.map(pointOf);
    trainable.begin(points);
    for (const [k, point] of points.entries()) {
      const cost = trainable.costOf(k);
      const [G, D] = [columnsOf(point.rows, point.count), columnsOf(point.rows, point.count)];
      cost.gradient(point, G);
      drawHaar(D, random);
      const at = (t: number): number => {
        const moved = (a: Float64Array, d: Float64Array) => a.map((value, j) => value + t * d[j]!);
        return cost.at({ ...point, re: moved(point.re, D.re), im: moved(point.im, D.im) });
      };
      const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
      expect(Math.abs(slope - inner(G, D as Columns))).toBeLessThan(1e-7);
    }
  });
});

/**
 * Least cost of a truth table by one memristor, found without channels: how probable the outcome that sets each rate is for each x1,
 * Bloch vectors in a plane for each x2, of which populations are damped by η and coherences by √η, and an effect.
 */
function leastCost(truth: readonly number[], etas: readonly [number, number]): number {
  const draw = new Random("least cost", truth.join(""));
  const share = (u: number) => Math.sin(u) ** 2;
  const cost = (u: readonly number[]): number => {
    const [middle, length] = [(share(u[6]!) + share(u[7]!)) / 2, (share(u[6]!) - share(u[7]!)) / 2];
    const [mx, mz] = [length * Math.cos(u[8]!), length * Math.sin(u[8]!)];
    let sum = 0;
    for (let row = 0; row < 4; row++) {
      const [weight, at] = [share(u[row >> 1]!), 2 + 2 * (row & 1)];
      const [x, z] = [share(u[at]!) * Math.cos(u[at + 1]!), share(u[at]!) * Math.sin(u[at + 1]!)];
      const y = (eta: number): number => middle + mx * Math.sqrt(eta) * x + mz * (1 - eta + eta * z);
      sum += (weight * y(etas[0]) + (1 - weight) * y(etas[1]) - truth[row]!) ** 2;
    }
    return sum;
  };
  // Random moves that grow where they help and shrink where they do not, from several places.
  let best = Number.POSITIVE_INFINITY;
  for (let start = 0; start < 8; start++) {
    let at = Array.from({ length: 9 }, () => 6 * draw.uniform());
    let value = cost(at);
    for (let step = 1; step > 1e-6; ) {
      const next = at.map((x) => x + step * draw.normal());
      const found = cost(next);
      step *= found < value ? 1.5 : 0.97;
      if (found < value) [at, value] = [next, found];
    }
    best = Math.min(best, value);
  }
  return best;
}

describe("a quantum memristor in a network", () => {
  inFolderOfItsOwn();
  const memristor = `.channel m kraus=(((1,0,0,0),(0,{sqrt(k0)},0,0)),((0,{sqrt(1-k0)},0,0),(0,0,0,0)),
+ ((0,0,1,0),(0,0,0,{sqrt(k1)})),((0,0,0,{sqrt(1-k1)}),(0,0,0,0)))
`;
  const gates = Array.from({ length: 16 }, (_, k) => k.toString(2).padStart(4, "0"));

  /** Costs of all realisations, ascending, of a network with one memristor that keeps these parts of what is excited. */
  async function costs(etas: readonly [number, number], tables: readonly string[]): Promise<number[][]> {
    const networks = tables.map(
      (truth) => `.channel a${truth} in=2 out=2 kraus=2
.channel b${truth} in=2 out=2 kraus=2
.channel o${truth} in=2 out=2 kraus=4
.channel n${truth} = o${truth}(m(a${truth}(x1),b${truth}(x2)))
.train t${truth} rule=stiefel channel=n${truth} truth=${truth} iterations=40 runs=5
`,
    );
    const text = `t\n.param k0=${etas[0]} k1=${etas[1]}\n${memristor}${networks.join("")}.end\n`;
    const { code, err } = await pinched(["run", deck("m.cir", text), "-o", "out", "--no-plots"]);
    expect(code, err).toBe(0);
    return tables.map((truth) => {
      const columns = readCsv(readFileSync(`out/m.train.t${truth}.weights.csv`, "utf8"));
      return [...columns.find(({ name }) => name === "error")!.values].sort((a, b) => a - b);
    });
  }

  test("comes to the least cost that there is, and no start below it", async () => {
    const etas = [Math.exp(-2 * (1 + Math.sin(1))), Math.exp(-2 * (1 - Math.sin(1)))] as const;
    const tables = ["0001", "0110", "0011"];
    const found = await costs(etas, tables);
    for (const [k, truth] of tables.entries()) {
      const least = leastCost([...truth].map(Number), etas);
      expect(found[k]![0]! - least).toBeGreaterThan(-1e-8);
      expect(found[k]![0]! - least).toBeLessThan(1e-4);
    }
    expect(existsSync("out/m.train.t0001.channel.a0001.csv")).toBe(true);
    expect(existsSync("out/m.train.t0001.channel.m.csv")).toBe(false);
  });

  // Γ = γ₀(1 − sin(cos t ± 1)), whose integral over half a period is γ₀π(1 ∓ sin(1)·J₀(1)): ∫ sin(cos t)dt = 0 and ∫ cos(cos t)dt = πJ₀(1).
  const [rate, half] = [0.7, `(1+sin(1)*0.7651976865579666)`] as const;
  const turning = [half, half.replace("+", "-")].map((share) => `{exp(-${rate}*pi*${share})}`);

  test("with a phase of its own, and driven by an outcome, damps what it is entangled with as its master equation does", async () => {
    const block = (name: string, lines: string) => `.quantum ${name}
qubit h theta=0.7 phi=0.2
qubit b theta=1.1 phi=0.9
gate crx h b 1.3
gate ry h 0.4
${lines}
.endquantum
.qtran {pi} block=${name}
`;
    const along = `lindblad {sm(b)*proj(h,g)} rate={${rate}*(1-sin(cos(time)-1))}
lindblad {sm(b)*proj(h,e)} rate={${rate}*(1-sin(cos(time)+1))}`;
    const measures = ["once", "along"].flatMap((name) =>
      ["sx", "sy", "sz"].map((s) => `.measure qtran ${name}_${s} find ex({${s}(${name}.b)}) at={pi}`),
    );
    const text = `t\n.param k0=${turning[0]} k1=${turning[1]}\n${memristor}${block("once", "apply m (h,b) -> b")}${block("along", along)}${measures.join("\n")}\n.end\n`;
    const { measures: found } = await simulate(text, { pictures: false });
    for (const s of ["sx", "sy", "sz"]) {
      const [once, all] = ["once", "along"].map((name) => found.find((it) => it.name === `${name}_${s}`)!.value!);
      expect(Math.abs(once!)).toBeGreaterThan(0.1);
      expect(Math.abs(once! - all!)).toBeLessThan(1e-11);
    }
  });

  test("with a phase of its own comes to the least cost that there is", async () => {
    const etas = [1, -1].map((sign) => Math.exp(-rate * Math.PI * (1 + sign * Math.sin(1) * 0.7651976865579666)));
    const [found] = await costs([etas[0]!, etas[1]!], ["0001"]);
    const least = leastCost([0, 0, 0, 1], [etas[0]!, etas[1]!]);
    expect(found![0]! - least).toBeGreaterThan(-1e-8);
    expect(found![0]! - least).toBeLessThan(1e-4);
  });

  test("that forgets all or nothing learns the fourteen separable gates, and not XOR", async () => {
    const found = await costs([0, 1], gates);
    for (const [k, truth] of gates.entries()) {
      // Of XOR and its reverse the rows of one x1 answer alike: q² + (1 − q)² ≥ 1/2.
      const isSeparable = truth !== "0110" && truth !== "1001";
      if (isSeparable) expect(found[k]![0]!, truth).toBeLessThan(1e-6);
      else expect(found[k]![0]!, truth).toBeGreaterThan(0.5 - 1e-12);
    }
  });

  test("without feedback learns what x2 says alone", async () => {
    const tables = ["0001", "0110", "0011", "0101"];
    const found = await costs([0.3, 0.3], tables);
    for (const [k, truth] of tables.entries()) {
      // Rows that differ in x1 alone have one answer: each pair that should not costs 1/2.
      const torn = [0, 1].filter((x2) => truth[x2] !== truth[2 + x2]).length;
      expect(found[k]![0]!, truth).toBeGreaterThan(torn / 2 - 1e-12);
    }
  });
});
