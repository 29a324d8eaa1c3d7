import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, NetlistError, type Simulation, Source, simulate } from "../src/index.js";
import { deck, inFolderOfItsOwn, pinched } from "./command-line.js";

inFolderOfItsOwn();

/** A perceptron with two inputs, as a netlist; its cards of learning are given, and the inputs when it does not learn. */
const perceptron = (cards: string, [x1, x2] = [0, 0]): string => `A perceptron
V1 x1 0 ${x1}
V2 x2 0 ${x2}
.model s synapse(ith=20 a=0.02)
.model n neuron(activation=sigmoid ith=20 a=0.02)
YSYNAPSE s1 x1 in s
YSYNAPSE s2 x2 in s
YNEURON y1 in y n
${cards}
.end
`;
const and = ".dataset d gate=and\n.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0.1";

/** A run that is stopped after some reports of progress. */
async function stoppedAfter(
  reports: number,
  text: string,
  resume: ReadonlyMap<string, unknown> = new Map(),
): Promise<Simulation> {
  const stop = new AbortController();
  let left = reports;
  return simulate(text, { resume, signal: stop.signal, onProgress: () => void (--left <= 0 && stop.abort()) });
}

const columnsOf = ({ results }: Simulation) => results.map(({ columns, tables }) => [columns, tables]);
const restored = (of: Simulation) =>
  new Map(Object.entries(JSON.parse(JSON.stringify(Object.fromEntries(of.checkpoints)))));

describe("a training that is stopped", () => {
  const text = perceptron(`${and} epochs=400 runs=60`);

  test("ends with the same bits when it is taken up, however often it was stopped", async () => {
    const whole = await simulate(text);
    expect(whole.checkpoints.size).toBe(0);
    let part = await stoppedAfter(1, text);
    let stops = 0;
    for (; part.checkpoints.size > 0 && stops < 50; stops++) {
      expect(part.results[0]!.ended).toBe("interrupted");
      part = await stoppedAfter(2, text, restored(part));
    }
    expect(stops).toBeGreaterThan(1);
    expect(columnsOf(part)).toEqual(columnsOf(whole));
  });

  test("is not taken up by another", async () => {
    const part = await stoppedAfter(1, text);
    for (const other of [text.replace("gate=and", "gate=or"), text.replace("rate=0.1", "rate=0.2")]) {
      const running = simulate(other, { resume: restored(part) });
      await expect(running).rejects.toThrow(NetlistError);
      await expect(running).rejects.toThrow("another training");
    }
  });

  test("leaves a checkpoint on the command line, which goes when it is done", async () => {
    deck("and.cir", text);
    const file = "and.out/and.train.t.checkpoint.json";
    const stopped = await pinched(["run", "and.cir", "--max-time", "0.001", "--no-plots"]);
    expect(stopped.code).toBe(1);
    expect(existsSync(file)).toBe(true);
    expect((await pinched(["run", "and.cir", "--resume", "--no-plots"])).code).toBe(0);
    expect(existsSync(file)).toBe(false);
    expect((await pinched(["run", "and.cir", "-o", "whole", "--no-plots"])).code).toBe(0);
    for (const name of ["and.train.t.csv", "and.train.t.weights.csv"])
      expect(readFileSync(`and.out/${name}`, "utf8")).toBe(readFileSync(`whole/${name}`, "utf8"));
    const again = await pinched(["run", "and.cir", "--resume"]);
    expect(again.code).toBe(2);
    expect(again.err).toContain("nothing to take up");
  });
});

describe("after a training", () => {
  test("the circuit answers with the weights that it kept", async () => {
    const cards = `${and} epochs=300 runs=3\n.op\n.print op v(y)`;
    const answer = async (...x: [number, number]) =>
      (await simulate(perceptron(cards, x))).results[1]!.columns[0]!.values[0]!;
    const [none, first, second, both] = [
      await answer(0, 0),
      await answer(1, 0),
      await answer(0, 1),
      await answer(1, 1),
    ];
    for (const low of [none, first, second]) expect(low).toBeLessThan(0.5);
    expect(both).toBeGreaterThan(0.5);
  });

  test("its weights can be saved, and loaded into another run", async () => {
    const { results } = await simulate(perceptron(`${and} epochs=200 save="and.csv"\n.op\n.print op v(y)`, [1, 1]));
    const { file, columns } = results[0]!.tables!.find(({ name }) => name === "kept")!;
    expect([file, columns.map(({ name }) => name)]).toEqual(["and.csv", ["s1", "s2", "y1:b"]]);
    const csv = [columns.map(({ name }) => name), columns.map(({ values }) => values[0]!)].join("\n");
    const read = (name: string) => new Source(name, csv);
    const loaded = await simulate(perceptron('.op\n.weights "and.csv"\n.op\n.print op v(y)', [1, 1]), { read });
    const answer = (of: Simulation, k: number) => of.results[k]!.columns[0]!.values[0];
    expect(answer(loaded, 1)).toBe(results[1]!.columns[0]!.values[0]);
    expect(answer(loaded, 0)).toBe(0.5);
    const wrong = check(perceptron('.weights "and.csv"'), { read: (name) => new Source(name, "s1,s3,s2:q\n1,2,3\n") });
    expect(wrong.map(({ message }) => message).join()).toMatch(
      /`s3`, which is no device.*`s2:q`, but that device keeps no `q`/,
    );
  });

  test("measures and asserts speak of it and of its test", async () => {
    const { measures, failedAsserts } = await simulate(
      perceptron(`${and} epochs=200 runs=20
.test t
.measure train begin find t.error.mean at=1
.measure train end find t.error.mean
.measure test share find t.correct
.assert {end < 0.05*begin} "it learns"
.assert {share == 1} "it knows all"`),
    );
    expect(failedAsserts).toEqual([]);
    expect(measures.map(({ name }) => name)).toEqual(["begin", "end", "share"]);
    expect(measures[2]!.value).toBe(1);
  });
});

describe("a data set from a file", () => {
  const flowers = (csv: string, columns = "inputs=(long,wide) targets=(kind) onehot=yes"): string[] => {
    const text = perceptron(`.dataset d file="f.csv" ${columns}
.train t rule=delta data=d inputs=(V1,V2) outputs=(y,y)`);
    return check(text, { read: (name) => new Source(name, csv) }).map(
      ({ severity, message, span }) =>
        `${severity} ${span?.source.name}:${span?.source.locate(span.start).line} ${message}`,
    );
  };
  const good = "long,wide,kind\n1,2,rose\n2,1,lily\n1.5,2,rose\n2,0.5,lily\n";

  const commas = "long;wide;kind\n1,5;2,5;rose\n2,5;1,5;lily\n";

  test("is read with its classes", () => {
    expect(flowers(good)).toEqual([]);
    expect(flowers(good.replaceAll(",", ";"))).toEqual([]);
    expect(flowers(commas.replaceAll(",", "."))).toEqual([]);
    expect(flowers(good.replaceAll("\n", "\r\n").replaceAll(",", " , "))).toEqual([]);
  });

  test.each([
    [good, "inputs=(long,wied) targets=(kind) onehot=yes", "netlist:9 `f.csv` has no column `wied`."],
    [good.replace("2,1", "2,"), undefined, "f.csv:3 Expected a number in column `wide`, found nothing."],
    [good.replace("2,1", "2,NaN"), undefined, "f.csv:3 Expected a number in column `wide`, found `NaN`."],
    [good.replace("2,1", "2,inf"), undefined, "f.csv:3 Expected a number in column `wide`, found `inf`."],
    [good.replace("2,1,", "2,1,3,"), undefined, "f.csv:3 This row of `f.csv` has 4 cells"],
    [commas, undefined, "f.csv:2 `f.csv` has `;` between the names of its columns, but this row has commas as well."],
    [commas.replaceAll(/(\d;)(\d)/g, "$1"), undefined, "but this row has commas as well."], // with the commas as many cells as names
    ["long,wide,kind\n", undefined, "netlist:9 `f.csv` has no rows"],
    ["", undefined, "netlist:9 `f.csv` is empty."],
    [good, "inputs=(long,wide) targets=(kind)", "f.csv:2 Expected a number in column `kind`, found `rose`."],
    [good, "inputs=(long,wide) targets=(long) onehot=yes", "these are no classes"],
  ])("%j with %s is refused", (csv, columns, why) => {
    expect(flowers(csv, columns).join("\n")).toContain(why);
  });
});

describe("runs that diverge", () => {
  const run = (rate: number) =>
    simulate(
      perceptron(
        `.dataset d gate=or\n.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=${rate} runs=20 epochs=50`,
      )
        .replace("activation=sigmoid", "activation=linear")
        .replaceAll("a=0.02", "a=1e9"),
    );

  test.each([0.7, 0.8, 0.9, 1.2])("are told of and counted, and no mean holds a NaN: rate %d", async (rate) => {
    const { results, diagnostics } = await run(rate);
    const of = (name: string) => results[0]!.columns.find((column) => column.name === name)!.values;
    for (const name of ["error.mean", "error.median", "error.p05", "error.p95", "correct"])
      expect(of(name).every(Number.isFinite)).toBe(true);
    const told = Number(
      /(\d+) of 20 realisations of `t` diverged/.exec(diagnostics.map((it) => it.message).join())?.[1] ?? 0,
    );
    expect(of("diverged").at(-1) ?? 0).toBeLessThanOrEqual(told);
    if (of("diverged").length === 50) expect(of("diverged").at(-1)).toBe(told);
    if (rate === 1.2) expect(told).toBe(20);
  });
});

test("a readout of nodes without a value diverges, and is in no mean", async () => {
  const deck = `t
.model s synapse(ith=20 a=1)
.model root neuron(activation={sqrt(u)} bias=none)
.model sum neuron(activation=linear bias=none)
Vx x 0 0
YSYNAPSE a x u s w=1
YNEURON  h u v root
YSYNAPSE c v p s
YNEURON  o p y sum
.dataset d inputs=(x) targets=(y)
+ -1 0
+ 1 1
.train t rule=ridge data=d inputs=(Vx) outputs=(y) runs=4 init=uniform
`;
  const { results, diagnostics } = await simulate(deck, { pictures: false });
  expect(results[0]!.columns.every(({ values }) => values.length === 0)).toBe(true);
  expect(diagnostics.map(({ code }) => code)).toContain("diverged");
});
