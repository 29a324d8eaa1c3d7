import { describe, expect, test } from "vitest";
import { type Simulation, simulate } from "../src/index.js";

// Several runs of one netlist: which there are, what they are run with, and what random functions draw.

const run = (text: string, options = {}): Promise<Simulation> =>
  simulate(`title\n${text}\n`, { pictures: false, ...options });

const valuesOf = ({ runs }: Simulation, name: string): readonly number[] => [
  ...(runs?.columns.find((column) => column.name === name)?.values ?? []),
];

const divider = ".param r=1k t=0\nV1 in 0 1\nR1 in a 1k tc1=1m\nR2 a 0 {r}\n.op\n.measure op va find v(a)";

describe(".step", () => {
  test("gives a parameter each value, whichever way the values are told", async () => {
    const told = ["list 1k 3k 9k", "1k 9k 4k", "dec 1k 100k 1", "oct 1k 4k 1"];
    for (const [k, card] of told.entries()) {
      const simulation = await run(`${divider}\n.step param r ${card}`);
      const expected = [[1e3, 3e3, 9e3], [1e3, 5e3, 9e3], [1e3, 1e4, 1e5], [1e3, 2e3, 4e3]][k]!; // biome-ignore format: one thought
      expect(valuesOf(simulation, "r").map((r) => Math.round(r))).toEqual(expected);
      valuesOf(simulation, "va").forEach((va, row) => {
        expect(Math.abs(va - expected[row]! / (1e3 + expected[row]!))).toBeLessThan(1e-9);
      });
    }
  });

  test("of several takes every combination, the first fastest", async () => {
    const simulation = await run(`${divider}\n.step param r list 1k 3k\n.step V1 1 3 1\n.step temp list 27 127`);
    expect(valuesOf(simulation, "v1")).toEqual([1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3]);
    expect(valuesOf(simulation, "r")).toEqual([1e3, 3e3, 1e3, 3e3, 1e3, 3e3, 1e3, 3e3, 1e3, 3e3, 1e3, 3e3]);
    const [v1, r, temp, va] = ["v1", "r", "temp", "va"].map((name) => valuesOf(simulation, name)) as number[][];
    va!.forEach((v, k) => {
      const r1 = 1e3 * (1 + 1e-3 * (temp![k]! - 27));
      expect(Math.abs(v - (v1![k]! * r![k]!) / (r1 + r![k]!))).toBeLessThan(1e-9);
    });
    expect(simulation.results[0]!.columns.slice(0, 4).map(({ name }) => name)).toEqual(["run", "temp", "v1", "r"]);
  });

  test("defines a parameter that nothing else does, also for conditions", async () => {
    const deck =
      "V1 a 0 {v}\n.if {v>1}\nR1 a 0 1k\n.else\nR1 a 0 2k\n.endif\n.op\n.measure op i find i(R1)\n.step param v 1 2 1";
    const simulation = await run(deck);
    expect(valuesOf(simulation, "i").map((i) => Number(i.toPrecision(9)))).toEqual([0.5e-3, 2e-3]);
  });

  test("is as the deck run by itself, bit for bit", async () => {
    const deck =
      "V1 in 0 sin(0 1 {f})\nYMEMRISTOR m1 in 0 hp x0=0.1\n.model hp memristor(kind=linear_drift)\n.tran 2m {1/f}\n.print tran i(m1)";
    const stepped = await run(`${deck}\n.step param f list 1 2`);
    const alone = await run(`.param f=1\n${deck}`, { set: { f: "2" } });
    const { columns, runs } = stepped.results[0]!;
    const { from, to } = runs!.spans[1]!;
    expect(columns.at(-1)!.values.slice(from, to)).toEqual(alone.results[0]!.columns.at(-1)!.values);
    expect(columns.at(-1)!.parts![1]).toEqual(alone.results[0]!.columns.at(-1)!.values);
  });

  test("goes on after a run that fails, and says which it was", async () => {
    const deck = "V1 a 0 1\nR1 a b 1k\nR2 b 0 {r}\n.op\n.measure op vb find v(b)\n.step param r list 1k 0 3k";
    const simulation = await run(deck);
    expect(valuesOf(simulation, "vb")).toEqual([expect.closeTo(0.5, 9), Number.NaN, expect.closeTo(0.75, 9)]);
    const [error] = simulation.diagnostics.filter(({ severity }) => severity === "error");
    expect(error?.notes?.map(({ message }) => message)).toEqual([
      "this is of run 2, r=0; of others it is not told again",
    ]);
    expect(simulation.begun).toBeLessThan(simulation.circuit.analyses.length);
  });

  test("says of a note of some runs whose it is, and of one of all runs nothing", async () => {
    const deck = "V1 in 0 sin(0 {v} 1)\nR1 in a 1k\nC1 a 0 1u\n.tran 1 1000\n.step param v list";
    const notesOf = async (values: string) =>
      (await run(`${deck} ${values}`)).diagnostics.map(({ code, notes }) => [code, notes?.map((it) => it.message)]);
    expect(await notesOf("1 1")).toEqual([["cycles-alike", undefined]]);
    const late = (await run(`${deck.replace("C1 a 0 1u", "C1 a 0 {v*1u}")} 1 20k`)).diagnostics;
    expect(late.map(({ notes }) => notes?.[0]?.message)).toEqual([
      "this is of run 1, v=1; of others it is not told again",
      "this is of run 2, v=20000; of others it is not told again",
    ]);
  });

  test("draws the curves of all runs in one frame", async () => {
    const simulation = await run("V1 a 0 sin(0 {v} 1)\nR1 a 0 1k\n.tran 10m 1\n.plot tran v(a)\n.step param v 1 3 1", {
      pictures: true,
    });
    const [picture, second] = simulation.pictures;
    expect(second).toBeUndefined();
    expect(picture).toMatchObject({ kind: "waves", outer: [{ name: "v" }] });
    expect(picture!.kind === "waves" && picture.left[0]!.values.length).toBe(3 * 101);
  });
});

describe(".mc", () => {
  /** 2000 draws of a function: 400 places, five times. */
  const drawn = async (text: string): Promise<readonly number[]> => {
    const { runs } = await run(`.for k = 1 to 400\nV{k} n{k} 0 {${text}}\nR{k} n{k} 0 1k\n.endfor\n.op\n.mc 5`);
    return runs!.columns.slice(1).flatMap(({ values }) => [...values]);
  };

  const momentsOf = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const moment = (k: number): number => values.reduce((sum, value) => sum + (value - mean) ** k, 0) / values.length;
    return { mean, sd: Math.sqrt(moment(2)), kurtosis: moment(4) / moment(2) ** 2 };
  };

  // Of n draws a mean errs by sd/√n and a standard deviation by sd·√((kurtosis − 1)/4n); four of these are allowed.
  test.each([
    ["gauss(10,0.3,3)", 10, 1, 3],
    ["agauss(10,0.6,3)", 10, 0.2, 3],
    ["gauss(0.5)", 0, 0.5, 3],
    ["unif(10,0.1)", 10, 1 / Math.sqrt(3), 1.8],
    ["mc(10,0.1)", 10, 1 / Math.sqrt(3), 1.8],
    ["aunif(10,2)", 10, 2 / Math.sqrt(3), 1.8],
    ["flat(2)", 0, 2 / Math.sqrt(3), 1.8],
    ["rand()", 0.5, 1 / Math.sqrt(12), 1.8],
    ["limit(10,2)", 10, 2, 1],
  ])("%s has the moments of its distribution", async (text, mean, sd, kurtosis) => {
    const found = momentsOf(await drawn(text));
    expect(Math.abs(found.mean - mean)).toBeLessThan((4 * sd) / Math.sqrt(2000));
    expect(Math.abs(found.sd - sd)).toBeLessThan(
      1e-9 + 4 * sd * Math.sqrt((kurtosis - 1) / 8000) + (kurtosis === 1 ? 1e-2 : 0),
    );
    expect(Math.abs(found.kurtosis - kurtosis)).toBeLessThan(0.5);
  });

  const cards = ["V1 in 0 1", "R1 in a {gauss(1k,0.1,1)}", "R2 a 0 {gauss(1k,0.1,1)}"];
  const rest = ".op\n.mc 5";

  test("a draw depends on the seed, the run and its place alone", async () => {
    const draws = (simulation: Simulation) => [valuesOf(simulation, "r1"), valuesOf(simulation, "r2")];
    const first = draws(await run([...cards, rest].join("\n")));
    const turned = [rest, "* a comment", "R3 a 0 {gauss(1k,0.1,1)}", ...cards.toReversed()].join("\n");
    expect(draws(await run(turned))).toEqual(first);
    expect(draws(await run([...cards, ".op\n.mc 2"].join("\n")))).toEqual(first.map((values) => values.slice(0, 2)));
    expect(draws(await run([...cards, rest].join("\n"), { seed: 2 }))).not.toEqual(first);
    expect(new Set(first.flat()).size).toBe(10);
  });

  test("each device of a model has a draw of its own, with `lot` they share one", async () => {
    const deck = (lot: string) =>
      `V1 a 0 1\nR1 a 0 m\nR2 a 0 m\n.model m r(r={${lot} gauss(1k,0.1,1)})\n.op\n.measure op i1 find i(R1)\n.measure op i2 find i(R2)\n.mc 5`;
    const own = await run(deck(""));
    const shared = await run(deck("lot"));
    expect(valuesOf(own, "i1").every((i, k) => i !== valuesOf(own, "i2")[k])).toBe(true);
    expect(valuesOf(shared, "i1")).toEqual(valuesOf(shared, "i2"));
    expect(new Set(valuesOf(shared, "i1")).size).toBe(5);
  });

  test("every value of a step sees the same draws", async () => {
    const simulation = await run([...cards, rest, ".step V1 1 2 1"].join("\n"));
    const r1 = valuesOf(simulation, "r1");
    expect(r1.slice(0, 5)).toEqual(r1.slice(5));
  });
});

test("cards under conditions belong to the same card of other runs, whatever stands before them", async () => {
  const simulation = await run(
    `.param r=2k\nV1 in 0 1\nR1 in a 1k\nR2 a 0 {r}\nC1 a 0 1n\n.if {r<1500}\n.tran 1u 2u\n.print tran v(a)\n.elseif {r>2500}\n.dc V1 0 2 1\n.endif
.op\n.print op v(in)\n.for k=1 to 2\n.dc V1 0 {k} {k}\n.endfor\n.step param r list 1k 2k 3k`,
  );
  const told = simulation.results.map(({ analysis, columns }) => [analysis, [...new Set(columns[0]!.values)]]);
  expect(told).toEqual([
    ["op", [1, 2, 3]],
    ["dc", [1, 2, 3]],
    ["dc", [1, 2, 3]],
    ["tran", [1]],
    ["dc", [3]],
  ]);
  for (const { columns } of simulation.results)
    for (const { values } of columns) expect([...values].every(Number.isFinite)).toBe(true);
});

test("pictures under conditions share a frame with those of the same card alone", async () => {
  const { pictures } = await run(
    `.param k=1\n.step param k list 1 2 3\nR1 a 0 {k}\nV1 a 0 sin(0 1 1)\n.tran 0.01 1
.if {k==3}\n.plot tran i(r1)\n.endif\n.if {k!=2}\n.plot tran v(a)\n.endif\n.plot tran i(v1)`,
    { pictures: true },
  );
  const shown = pictures.map((picture) =>
    picture.kind === "waves" ? [picture.name, picture.left[0]!.name, [...new Set(picture.outer?.[0]?.values)]] : [],
  );
  // Of the one that only the last run has, there is one run.
  expect(shown).toEqual([
    ["tran-1", "v(a)", [1, 3]],
    ["tran-2", "i(v1)", [1, 2, 3]],
    ["tran-3", "i(r1)", []],
  ]);
});

test("what one run is asked for no other draws by default", async () => {
  const text = `.param k=1\n.step param k list 1 2\nR1 a 0 {k}\nV1 a 0 sin(0 1 1)\n.tran 0.01 1\n`;
  const plain = await run(text, { pictures: true });
  expect(plain.pictures.map(({ name }) => name)).toEqual(["tran-1"]);
  const { pictures } = await run(`${text}.if {k==2}\n.plot tran i(r1)\n.endif`, { pictures: true });
  expect(
    pictures.map((picture) => [picture.name, picture.kind === "waves" && picture.left.map(({ name }) => name)]),
  ).toEqual([["tran-1", ["i(r1)"]]]);
});

test("pictures that cannot share a frame are drawn of the first four runs, and a note says so", async () => {
  const cells = ".param r=1k\nV1 a 0 1\nR1_1 a 0 {r}\nR1_2 a 0 2k\n.op\n.plot map op i(r*)";
  const { pictures, diagnostics } = await run(`${cells}\n.step param r 1k 5k 1k`, { pictures: true });
  expect(pictures.map(({ name }) => name.slice(-6))).toEqual([".run-1", ".run-2", ".run-3", ".run-4"]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["pictures-left-out"]);
  expect((await run(`${cells}\n.step param r 1k 4k 1k`, { pictures: true })).diagnostics).toEqual([]);
});

test("a run of .mc has devices of its own: those that switch by chance, and those that scatter; without .mc they are as ever", async () => {
  const cards = `V1 a 0 1\nYMEMRISTOR m1 a 0 s\n.model s memristor(kind=stochastic preset=stochastic_one_volt)
YMEMRISTOR m2 a 0 d\n.model d memristor(kind=linear_drift spread_g=20%)
.tran 10u 5m uic\n.measure tran t when x(m1)=0.5\n.measure tran i find i(m2) at=0`;
  const of = async (more: string): Promise<readonly (readonly (number | null)[])[]> => {
    const { measures } = await run(cards + more);
    return ["t", "i"].map((name) => measures.filter((it) => it.name === name).map(({ value }) => value));
  };
  const [plain, three, five, seeded] = await Promise.all(["", "\n.mc 3", "\n.mc 5", "\n.mc 3 seed=5"].map(of));
  for (const k of [0, 1]) {
    expect(new Set(five![k]).size).toBe(5);
    expect(five![k]!.slice(0, 3)).toEqual(three![k]);
    expect(seeded![k]).not.toEqual(three![k]);
    expect(three![k]).not.toContain(plain![k]![0]);
  }
});
