import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { zeroMatrix } from "../src/numerics/linear/complex-matrix.js";
import { Random } from "../src/numerics/random.js";
import { appliedChannel, type ChannelSide } from "../src/quantum/applied-channel.js";
import { type Channel, channelOf, haarChannel } from "../src/quantum/channel.js";
import { composed } from "../src/quantum/channel-products.js";
import { type DensityMatrix, densityMatrix, productState, trace } from "../src/quantum/density-matrix.js";
import { LocalAction, throughChannel } from "../src/quantum/local-action.js";
import { smallestEigenvalue } from "../src/quantum/measures.js";
import { partialTrace } from "../src/quantum/partial-trace.js";
import { others, type Space, spaceOf } from "../src/quantum/space.js";
import { readCsv } from "../src/views/read-csv.js";
import { deck, inFolderOfItsOwn, pinched } from "./command-line.js";
import { distance, randomState } from "./random-quantum.js";

// Channels by their names on the systems of a register.

const space = spaceOf(2, 3, 2, 2);
const random = new Random("applied channels");
const side = (system: number): ChannelSide => ({
  system,
  levels: space.dimensions[system]!,
  isReversed: space.dimensions[system] === 2,
});
const levelsOf = (systems: readonly number[]): number => systems.reduce((n, k) => n * space.dimensions[k]!, 1);

/** On which systems, and to which: one, several, in any order, in place, partly in place, and elsewhere. */
const ways: readonly (readonly [from: readonly number[], to: readonly number[]])[] = [
  [[0], [0]],
  [[3], [3]],
  [
    [2, 0],
    [2, 0],
  ],
  [[0, 3], [2]],
  [[3, 0], [0]],
  [[1], [3, 2]],
  [
    [2, 1],
    [1, 0],
  ],
  [[0], [3]],
];
const drawn = (from: readonly number[], to: readonly number[], count = 4): Channel =>
  haarChannel(levelsOf(from), levelsOf(to), count, random);

function applied(channel: Channel, from: readonly number[], to: readonly number[], rho: DensityMatrix): DensityMatrix {
  const { systems, kraus } = appliedChannel(channel, from.map(side), to.map(side));
  const actions = kraus.map((matrix) => new LocalAction(rho.space, systems, matrix));
  return throughChannel(actions, rho);
}

/** The digits of a number, the first the slowest, each up to its system's levels. */
function digits(index: number, systems: readonly number[]): number[] {
  const found: number[] = [];
  for (const k of systems.toReversed()) {
    found.unshift(index % space.dimensions[k]!);
    index = Math.floor(index / space.dimensions[k]!);
  }
  return found;
}

/** Where a state of the register is whose systems are in given levels, counted from |0⟩ on: |e⟩ = |1⟩ stands before |g⟩. */
const placeOf = ({ dimensions, strides }: Space, levels: readonly number[]): number =>
  levels.reduce((sum, n, k) => sum + (dimensions[k] === 2 ? 1 - n : n) * strides[k]!, 0);

/** The same element by element: ρ'[o s, o' s'] = Σ K[o, i] K*[o', i'] ρ[i j s, i' j s'], what is emptied in |0⟩. */
function byElements(
  channel: Channel,
  from: readonly number[],
  to: readonly number[],
  rho: DensityMatrix,
): DensityMatrix {
  const { input, output, count, re, im } = channel;
  const after = densityMatrix(space);
  const lost = to.filter((k) => !from.includes(k));
  const rest = others(space, [...from, ...lost]);
  const at = (
    systems: readonly number[],
    levels: readonly number[],
    also: readonly (readonly [readonly number[], readonly number[]])[],
  ) => {
    const all = new Array<number>(4).fill(0);
    for (const [some, own] of [[systems, levels] as const, ...also])
      for (const [p, k] of some.entries()) all[k] = own[p]!;
    return placeOf(space, all);
  };
  for (let s = 0; s < levelsOf(rest); s++) {
    for (let s2 = 0; s2 < levelsOf(rest); s2++) {
      const [mine, its] = [[rest, digits(s, rest)] as const, [rest, digits(s2, rest)] as const];
      for (let o = 0; o < output; o++) {
        for (let o2 = 0; o2 < output; o2++) {
          const target = at(to, digits(o, to), [mine]) * space.size + at(to, digits(o2, to), [its]);
          for (let i = 0; i < input; i++) {
            for (let i2 = 0; i2 < input; i2++) {
              let [mr, mi] = [0, 0];
              for (let a = 0; a < count; a++) {
                const [p, q] = [(a * output + o) * input + i, (a * output + o2) * input + i2];
                mr += re[p]! * re[q]! + im[p]! * im[q]!;
                mi += im[p]! * re[q]! - re[p]! * im[q]!;
              }
              for (let j = 0; j < levelsOf(lost); j++) {
                const own = [lost, digits(j, lost)] as const;
                const source =
                  at(from, digits(i, from), [mine, own]) * space.size + at(from, digits(i2, from), [its, own]);
                after.re[target]! += mr * rho.re[source]! - mi * rho.im[source]!;
                after.im[target]! += mr * rho.im[source]! + mi * rho.re[source]!;
              }
            }
          }
        }
      }
    }
  }
  return after;
}

describe("a channel on systems of a register", () => {
  test.each(ways)("from %j to %j is what its elements say, keeps the trace, and gives a state", (from, to) => {
    const channel = drawn(from, to);
    const rho = randomState(space, random);
    const after = applied(channel, from, to, rho);
    expect(distance(after, byElements(channel, from, to, rho))).toBeLessThan(1e-15);
    expect(Math.abs(trace(after) - 1)).toBeLessThan(1e-14);
    expect(smallestEigenvalue(after)).toBeGreaterThan(-1e-15);
  });

  test.each(ways)("from %j to %j changes nothing of what it does not act on, entangled or not", (from, to) => {
    const rho = randomState(space, random);
    const rest = others(space, [...from, ...to]);
    const after = applied(drawn(from, to), from, to, rho);
    expect(distance(partialTrace(after, rest), partialTrace(rho, rest))).toBeLessThan(1e-15);
  });

  test("on one of independent qubits leaves all others as they were", () => {
    const parts = [2, 3, 2, 2].map((levels) => randomState(spaceOf(levels), random));
    const channel = drawn([2], [2]);
    const after = applied(channel, [2], [2], productState(...parts));
    const { kraus } = appliedChannel(channel, [{ ...side(2), system: 0 }], [{ ...side(2), system: 0 }]);
    const alone = throughChannel(
      kraus.map((matrix) => new LocalAction(spaceOf(2), [0], matrix)),
      parts[2]!,
    );
    expect(distance(after, productState(parts[0]!, parts[1]!, alone, parts[3]!))).toBeLessThan(1e-15);
  });

  test("behind others is their composition, however they are taken together", () => {
    const [from, mid, to] = [[3, 0], [2, 0], [0]] as const;
    const [c, d, e] = [drawn(from, mid, 2), drawn(mid, mid, 2), drawn(mid, to, 2)];
    const rho = randomState(space, random);
    const oneByOne = applied(e, mid, to, applied(d, mid, mid, applied(c, from, mid, rho)));
    const left = applied(composed(composed(e, d), c), from, to, rho);
    const right = applied(composed(e, composed(d, c)), from, to, rho);
    expect(distance(left, right)).toBeLessThan(1e-15);
    // Qubit 2 is on the way of the one, and untouched by the other.
    const rest = [0, 1, 3];
    expect(distance(partialTrace(oneByOne, rest), partialTrace(left, rest))).toBeLessThan(1e-15);
  });

  test("leaves what it takes alone in |0⟩, and forgets where it gives to", () => {
    const swapOut = channelOf([
      [
        [1, 0],
        [0, 1],
      ],
    ]);
    const rho = randomState(space, random);
    const after = applied(swapOut, [0], [3], rho);
    expect(distance(partialTrace(after, [3]), partialTrace(rho, [0]))).toBeLessThan(1e-15);
    const ground = zeroMatrix(2);
    ground.re[3] = 1; // |g⟩
    expect(distance(partialTrace(after, [0]), ground)).toBeLessThan(1e-15);
  });
});

describe("from the command line", () => {
  inFolderOfItsOwn();
  const channels = `
.channel n unitary=((1,0,0,0),(0,1,0,0),(0,0,0,1),(0,0,1,0))
.channel d kind=damping p=0.3
.channel x unitary=((0,1),(1,0))
.channel y unitary=((0,-1i),(1i,0))
.channel m in=4 out=2 kraus=8 seed=5`;
  const start = "qubit a theta=0.4 phi=0.3 omega=1\nqubit b theta=1.1 phi=1 omega=0.7\nqubit o";
  const asked =
    "ex({sx(a)}) ex({sy(a)}) ex({sz(a)}) ex({sx(b)}) ex({sy(b)}) ex({sz(b)}) ex({sx(o)}) ex({sy(o)}) ex({sz(o)}) ex({sy(a)*sz(b)})";

  async function ran(lines: string, card: string): Promise<Float64Array[]> {
    const block = `.quantum q units=natural omega0=1 vunit=1 iunit=1\n${start}\n${lines}\n.endquantum\n`;
    const text = `t${channels}\n${block}${card}\n.print ${asked}\n.end\n`;
    const { code, err } = await pinched(["run", deck("d.cir", text), "-o", "out", "--no-plots"]);
    expect(err, err).not.toContain("error");
    expect(code).toBe(0);
    const kind = card.includes(".tran") ? "tran" : "qtran";
    return readCsv(readFileSync(`out/d.${kind}.csv`, "utf8")).map(({ values }) => values);
  }
  const apart = (one: Float64Array[], other: Float64Array[]): number => {
    expect(one.map(({ length }) => length)).toEqual(other.map(({ length }) => length));
    return one.reduce(
      (most, values, c) => values.reduce((m, v, k) => Math.max(m, Math.abs(v - other[c]![k]!)), most),
      0,
    );
  };

  test.each([".qtran 0.5 2", ".qtran 2 method=digital dt=0.5"])(
    "gates and standard channels are the same by their matrices, in their order and times: %s",
    async (card) => {
      const behind = card.includes("digital") ? " each=step" : " at=1.5";
      const own = ["gate cnot a b", "channel K1 b kind=damping p=0.3 at=1", "gate y a at=0.5", `gate x b${behind}`];
      const named = ["apply n (a,b)", "channel K1 b channel=d at=1", "apply y a -> a at=0.5", `apply x b${behind}`];
      const both = [await ran(own.join("\n"), card), await ran(named.join("\n"), card)] as const;
      expect(apart(...both)).toBeLessThan(1e-14);
    },
  );

  test("a channel acts in the middle of a run as between two, by any method and beside a circuit", async () => {
    const lines = "apply m (a,b) -> o at=1";
    const whole = await ran(lines, ".qtran 0.5 2");
    const digital = await ran(lines, ".qtran 2 method=digital dt=0.5");
    // At t = 1 it has the row before the jump and the one behind it; a digital run, steps all along, has the latter.
    const [time] = whole as [Float64Array];
    expect([...time]).toEqual([0, 0.5, 1, 1, 1.5, 2]);
    const behind = whole.map((column) => column.filter((_, row) => row !== 2));
    expect(apart(behind, digital)).toBeLessThan(1e-12);
    const last = (columns: Float64Array[]) => columns.map((values) => values.at(-1)!);
    const beside = last(await ran(`${lines}\nport P1 a node=w op={sz(a)} k=0`, "R1 w 0 1\n.tran 0.5 2"));
    for (const [k, value] of last(whole).entries()) expect(Math.abs(value - beside[k]!)).toBeLessThan(1e-6);
    // What it has taken is in its ground state, and rotates no more.
    expect(
      last(whole)
        .slice(1, 7)
        .map((x) => Math.round(1e9 * x) / 1e9),
    ).toEqual([0, 0, -1, 0, 0, -1].map((x) => x + 0));
  });

  test("trajectories have its mean", async () => {
    const lines = "apply m (a,b) -> o at=1\nchannel K1 o channel=d";
    const whole = await ran(lines, ".qtran 1 2");
    const runs = await ran(lines, ".qtran 1 2 method=trajectories runs=400 seed=3");
    const o = [7, 8, 9].map((k) => whole[k]!.at(-1)!);
    // Columns of means and their standard errors in turn: 0 time, then pairs.
    const found = [7, 8, 9].map((k) => [runs[2 * k - 1]!.at(-1)!, runs[2 * k]!.at(-1)!] as const);
    for (const [k, [mean, error]] of found.entries()) expect(Math.abs(mean - o[k]!)).toBeLessThan(4 * error + 1e-12);
  });

  test("what `.print channel` and a training write, reads back as the same channel", async () => {
    const first = `t
.channel m in=4 out=2 kraus=8 seed=5
.channel w kind=dephasing p=0.37
.channel net = w(m(x1,x2))
.print channel m kraus
.print channel net kraus choi
.end
`;
    expect((await pinched(["run", deck("a.cir", first), "-o", "out"])).code).toBe(0);
    const second = `t
.channel m in=4 out=2 kraus=8 seed=5
.channel w kind=dephasing p=0.37
.channel net = w(m(x1,x2))
.channel m2 kraus="out/a.channel.m.kraus.csv" out=2
.channel net2 kraus="out/a.channel.net.kraus.csv" out=2
.print channel net2 choi kraus
.measure channel d1 distance m m2
.measure channel d2 distance net net2
.measure channel k1 kraus m2
.measure channel k2 trace_error net2
.assert {d1<1e-14 && d2<1e-14 && k1==8 && k2<1e-14} "another channel"
.end
`;
    const { code, out, err } = await pinched(["run", deck("b.cir", second), "-o", "out"]);
    expect(code, `${out}${err}`).toBe(0);
    for (const table of ["choi", "kraus"])
      expect(readFileSync(`out/b.channel.net2.${table}.csv`, "utf8")).toBe(
        readFileSync(`out/a.channel.net.${table}.csv`, "utf8"),
      );
  });

  test("a block that comes behind a training has the channel that was learned", async () => {
    const text = `t
.channel c in=4 out=2 kraus=4
.quantum q
qubit a state=e
qubit b
qubit o
apply c (a,b) -> o
apply c (o,a) -> b at=1
.endquantum
.train t rule=stiefel channel=c truth=0110 iterations=60 runs=3
.qtran 1 2
.print pop(o,e) pop(b,e)
.end
`;
    const { code, err } = await pinched(["run", deck("l.cir", text), "-o", "out", "--no-plots"]);
    expect(code, err).toBe(0);
    const [, o, b] = readCsv(readFileSync("out/l.qtran.csv", "utf8")).map(({ values }) => values);
    expect(o![0]).toBeGreaterThan(0.99); // 10: 1
    expect(b!.at(-1)).toBeGreaterThan(0.98); // 1 and a, which was emptied: 1
  });
});
