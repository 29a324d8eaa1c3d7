import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, type Simulation, simulate } from "../src/index.js";
import { readCsv } from "../src/views/read-csv.js";
import { deck, inFolderOfItsOwn, pinched } from "./command-line.js";

inFolderOfItsOwn();

// `.train rule=stiefel` from a netlist: its bars, its files, and that it can be stopped.

const column = ({ results }: Simulation, name: string, at?: number): number => {
  const found = results[0]!.columns.find((it) => it.name === name)!;
  return at === undefined ? found.values.at(-1)! : found.values[at]!;
};

describe.each([1, 2, 3, 4])("seed %i", (seed) => {
  test("a thousand channels learn XOR within their bars", async () => {
    const run = await simulate(
      `t\n.channel c in=4 out=2 kraus=8\n.train t rule=stiefel channel=c truth=0110 runs=1000 seed=${seed}\n.end\n`,
    );
    expect(column(run, "iteration", 0)).toBe(0);
    expect(column(run, "error.median", 0)).toBeGreaterThan(1);
    expect(column(run, "error.median", 0)).toBeLessThan(1.12);
    expect(column(run, "error.median")).toBeLessThan(2e-4);
    expect(column(run, "error.p95")).toBeLessThan(3e-4);
    const ends = run.results[0]!.tables!.find(({ name }) => name === "weights")!.columns;
    expect(Math.max(...ends.find(({ name }) => name === "error")!.values)).toBeLessThan(1e-3);
    expect(column(run, "correct")).toBe(1);
  });

  test("with fewer operators than a table takes none comes below its floor", async () => {
    for (const [kraus, truth, floor] of [
      [2, "0001", 1 / 3],
      [3, "0000", 1 / 4],
    ] as const) {
      const run = await simulate(
        `t\n.channel c in=4 out=2 kraus=${kraus}\n.train t rule=stiefel channel=c truth=${truth} runs=10 iterations=40 unreachable=yes seed=${seed}\n.end\n`,
      );
      const ends = run.results[0]!.tables![0]!.columns[1]!.values;
      expect(Math.min(...ends)).toBeGreaterThan(floor - 1e-9);
    }
  });
});

test("runs draw starts of their own: how many there are changes none", async () => {
  const ends = async (runs: number) => {
    const run = await simulate(
      `t\n.channel c in=4 out=2 kraus=2\n.train t rule=stiefel channel=c gate=xor runs=${runs} iterations=3\n.end\n`,
    );
    return [...run.results[0]!.tables![0]!.columns[1]!.values];
  };
  expect((await ends(7)).slice(0, 3)).toEqual(await ends(3));
});

const trained = {
  "a tree of channels": `.channel a in=4 out=2 kraus=8
.channel b in=4 out=2 kraus=8
.channel c = b(a(x1,x2),x3)
.train t rule=stiefel channel=c gate=parity runs=60 iterations=30`,
  "channels side by side":
    ".channel c in=4 out=2 kraus=8\n.train t rule=stiefel channel=c gate=xor runs=301 iterations=15",
  "channels by another retraction":
    ".channel c in=4 out=2 kraus=8\n.train t rule=stiefel channel=c gate=xor retraction=polar runs=301 iterations=15",
};

test.each(
  Object.entries(trained).flatMap(([name, cards]) =>
    ["backtrack", "warm", "cg", "trust"].map((step) => [name, step, cards] as const),
  ),
)("%s: a training that is stopped ends with the same bits, step=%s", async (_, step, cards) => {
  const text = `t\n${cards} step=${step} stop={error<1e-10}\n.end\n`;
  const whole = await simulate(text);
  const stop = new AbortController();
  let left = step === "trust" ? 2 : 3; // it has ended by the third word
  const part = await simulate(text, { signal: stop.signal, onProgress: () => void (--left <= 0 && stop.abort()) });
  expect(part.results[0]?.ended).toBe("interrupted");
  const resume = new Map(Object.entries(JSON.parse(JSON.stringify(Object.fromEntries(part.checkpoints)))));
  const rest = await simulate(text, { resume });
  expect(rest.results[0]!.columns).toEqual(whole.results[0]!.columns);
  expect(rest.results[0]!.tables).toEqual(whole.results[0]!.tables);
});

describe("a broad tree for eight bits", () => {
  const channels = (kraus: number): string =>
    Array.from({ length: 7 }, (_, k) => `.channel c${k + 1} in=4 out=2 kraus=${kraus}`).join("\n");
  const learn = (kraus: number, network: string, settings: string) =>
    simulate(`t\n${channels(kraus)}\n.channel n = ${network}\n.train t rule=stiefel channel=n ${settings}\n.end\n`);
  const broad = "c7(c5(c1(x1,x2),c2(x3,x4)),c6(c3(x5,x6),c4(x7,x8)))";
  const chain = "c7(c6(c5(c4(c3(c2(c1(x1,x2),x3),x4),x5),x6),x7),x8)";
  const ends = (run: Simulation): readonly number[] => [...run.results[0]!.tables![0]!.columns[1]!.values];

  test.each([
    [2, broad],
    [8, broad],
    [2, chain],
  ] as const)("learns parity from each of 160 starts, never up: %i operators, %s", async (kraus, network) => {
    const run = await learn(kraus, network, "gate=parity cost=linear runs=160 iterations=12 stop={error<1e-3}");
    expect(run.diagnostics).toEqual([]);
    expect(Math.max(...ends(run))).toBeLessThan(1e-3);
    const history = run.results[0]!.columns.filter(({ name }) => name.startsWith("error."));
    for (const { values } of history)
      for (let k = 1; k < values.length; k++) expect(values[k]).toBeLessThanOrEqual(values[k - 1]!);
  });

  test("stays at ¼ a row by squares from some starts, and says so; AND it learns by squares", async () => {
    const deaf = await learn(8, broad, "gate=parity runs=160 iterations=40 stop={error<1e-3}");
    const stays = ends(deaf).filter((end) => Math.abs(end - 64) < 0.064).length;
    expect(stays).toBeGreaterThan(0);
    expect(deaf.diagnostics[0]!.help).toMatch(new RegExp(`^${stays} cost ¼ a row, .*\\\`cost=linear\\\``));
    const all = await learn(8, broad, "gate=and runs=30 iterations=30 stop={error<1e-3}");
    expect(Math.max(...ends(all))).toBeLessThan(1e-3);
    const commonest = await learn(8, broad, "gate=and cost=linear runs=4 iterations=20");
    expect(commonest.diagnostics[0]!.help).toContain("`cost=square`");
  });
});

// A checkpoint of 68 numbers and histories of each: as text it would take seconds, and from some millions on fit into no string.
test.each([
  [150_000, ["no-checkpoint"]],
  [300, []],
])("of %i realisations that are stopped a checkpoint is kept, or it is said that none is", async (runs, codes) => {
  const stop = new AbortController();
  const run = await simulate(
    `t\n.channel c in=4 out=2 kraus=4\n.train t rule=stiefel channel=c gate=xor step=warm runs=${runs} iterations=${runs > 1000 ? 150 : 10000}\n.end\n`,
    { signal: stop.signal, onProgress: ({ fraction }) => void (fraction > 0 && stop.abort()) },
  );
  expect(run.results[0]!.ended).toBe("interrupted");
  expect(run.diagnostics.map(({ code }) => code).filter((code) => code === "no-checkpoint")).toEqual(codes);
  expect(run.checkpoints.has("t")).toBe(codes.length === 0);
});

test("what was learned is kept in a file that `.channel` reads, and answers as it did", async () => {
  const learn = deck(
    "learn.cir",
    't\n.channel c in=4 out=2 kraus=3\n.train t rule=stiefel channel=c truth=0001 runs=3 cost=linear t0=0.5 save="and.csv"\n.end\n',
  );
  expect((await pinched(["run", learn, "-o", "out"])).code).toBe(0);
  expect(existsSync("out/and.csv")).toBe(true);
  const rows = readFileSync("out/and.csv", "utf8").trim().split("\n").slice(1);
  const numbers = rows.map((row) => row.split(",").map(Number));
  expect(numbers.map((row) => row.length)).toEqual(Array(6).fill(8));
  const answers = [0, 1, 2, 3].map((k) =>
    numbers.filter((_, row) => row % 2 === 1).reduce((sum, row) => sum + row[2 * k]! ** 2 + row[2 * k + 1]! ** 2, 0),
  );
  for (const [k, wanted] of [0, 0, 0, 1].entries()) expect(answers[k]).toBeCloseTo(wanted, 9);
  writeFileSync("and.csv", readFileSync("out/and.csv"));
  const read = deck("read.cir", 't\n.channel d kraus="and.csv" out=2\n.op\nR1 a 0 1\nV1 a 0 1\n.end\n');
  expect((await pinched(["run", read, "-o", "out"])).code).toBe(0);
});

test("operators of several runs in one file are told to be that", async () => {
  const learn = deck(
    "stepped.cir",
    't\n.param s=1\n.step param s 1 2 1\n.channel c in=4 out=2 kraus=3\n.train t rule=stiefel channel=c truth=0001 seed={s} save="and.csv"\n.end\n',
  );
  expect((await pinched(["run", learn, "-o", "several", "--no-plots"])).code).toBe(0);
  writeFileSync("several.csv", readFileSync("several/and.csv"));
  const read = deck("read-several.cir", 't\n.channel d kraus="several.csv" out=2\n.print channel d rank\n.end\n');
  const { code, err } = await pinched(["run", read]);
  expect(code).toBe(2);
  expect(err).toContain("has operators of several runs, below each other: before `re0` stands `run`, `s`");
  expect(err).toContain("help: save them by a netlist without `.step`");
  expect(err).not.toContain("preserve traces");
});

// Of x1 AND NOT x2 AND x3 no two inputs can change places: which is which shows.
test.each(["a(x1,b(x2,x3))", "a(b(x1,x2),x3)", "a(b(c(x1),x2),x3)", "a(x1,b(x2,c(x3)))"])(
  "%s takes a row's digits in the order in which its inputs are named, as the channel does that it is",
  async (network) => {
    const netlist = deck(
      "order.cir",
      `t
.channel a in=4 out=2 kraus=8
.channel b in=4 out=2 kraus=8
.channel c in=2 out=2 kraus=4
.channel n = ${network}
.train t rule=stiefel channel=n truth=00000100 iterations=300 runs=10 keep=best
.print channel n kraus
.end
`,
    );
    expect((await pinched(["run", netlist, "-o", "out", "--no-plots"])).code).toBe(0);
    const columns = readCsv(readFileSync("out/order.channel.n.kraus.csv", "utf8"));
    for (let row = 0; row < 8; row++) {
      const parts = columns
        .slice(2 * row, 2 * row + 2)
        .flatMap(({ values }) => [...values].filter((_, k) => k % 2 === 1));
      const answer = parts.reduce((sum, it) => sum + it ** 2, 0);
      expect(answer).toBeCloseTo(row === 5 ? 1 : 0, 4);
    }
  },
);

test("the matrix that algorithm 3 learns is the channel's from there on", async () => {
  const netlist = deck(
    "tied.cir",
    `t
.model s synapse(wmin=0 wmax=1)
.model sum neuron(activation=linear bias=none vu=1)
V0 a 0 1
V1 b 0 0
V2 c 0 0
V3 d 0 0
YSYNAPSE s0 a u s
YSYNAPSE s1 b u s
YSYNAPSE s2 c u s
YSYNAPSE s3 d u s
YNEURON n u y sum
.channel tied stochastic=((1,1,1,1),(0,0,0,0))
.dataset d inputs=(x0,x1,x2,x3) targets=(y)
+ (1,0,0,0,0) (0,1,0,0,1) (0,0,1,0,1) (0,0,0,1,0)
.train t rule=stochastic data=d inputs=(V0,V1,V2,V3) outputs=(y) level=0.9 epochs=7 channel=tied
.print channel tied kraus
.end
`,
  );
  expect((await pinched(["run", netlist, "-o", "out", "--no-plots"])).code).toBe(0);
  const columnsIn = (file: string) => readCsv(readFileSync(`out/tied.${file}.csv`, "utf8"));
  const w = columnsIn("train.t.weights").flatMap(({ name, values }) => (name === "run" ? [] : [values[0]!]));
  expect(w[1]).toBeCloseTo(1 - w[0]!, 15);
  expect(w[3]).toBeCloseTo(1 - w[2]!, 15);
  expect(w[0]).not.toBe(0);
  const kraus = columnsIn("channel.tied.kraus").filter((_, k) => k % 2 === 0);
  for (const answer of [0, 1]) {
    const row = kraus.map(({ values }) =>
      values.filter((_, k) => k % 2 === answer).reduce((sum, it) => sum + it ** 2, 0),
    );
    for (const [k, p] of row.entries()) expect(p).toBeCloseTo(answer === 1 ? w[k]! : 1 - w[k]!, 14);
  }
});

// What is refused as out of reach is what no start comes down to, and nothing else.
test.each([
  ["b(a(x1,x2),x3)", [4, 2, 3], [4, 2, 3], "00000001", true],
  ["b(a(x1,x2),x3)", [4, 2, 2], [4, 2, 3], "00000001", false],
  ["b(x1,a(x2,x3))", [4, 2, 3], [4, 2, 2], "11111110", false],
  ["b(a(x1,x2),x3)", [4, 2, 5], [4, 2, 5], "01010011", false],
  ["b(a(x1,x2),x3)", [4, 3, 3], [6, 2, 4], "01010011", true],
  ["b(a(x1,x2),x3)", [4, 2, 2], [4, 2, 2], "00111100", true],
  ["b(a(x1,x2),x3)", [4, 2, 2], [4, 2, 3], "00000000", false],
  ["b(a(x1,x2),x3)", [4, 2, 4], [4, 2, 2], "00000000", true],
] as const)(
  "%s of channels %j and %j, %s: within reach is %s",
  async (network, [aIn, aOut, aKraus], [bIn, bOut, bKraus], truth, can) => {
    const text = `t
.channel a in=${aIn} out=${aOut} kraus=${aKraus}
.channel b in=${bIn} out=${bOut} kraus=${bKraus}
.channel n = ${network}
.train t rule=stiefel channel=n truth=${truth} iterations=250 runs=12`;
    expect(check(`${text}\n.end\n`).map(({ code }) => code)).toEqual(can ? [] : ["out-of-reach"]);
    const ends = (await simulate(`${text} unreachable=yes\n.end\n`)).results[0]!.tables![0]!.columns[1]!.values;
    if (can) expect(Math.min(...ends)).toBeLessThan(1e-7);
    else expect(Math.min(...ends)).toBeGreaterThan(0.05);
  },
);

test("a training that cannot be is refused with exit code 2", async () => {
  const short = deck(
    "short.cir",
    "t\n.channel c in=4 out=2 kraus=8\n.train t rule=stiefel channel=c truth=011\n.end\n",
  );
  const found = await pinched(["run", short]);
  expect(found.code).toBe(2);
  expect(found.err).toContain("must have 4 digits");
});
