import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type Executor,
  type Job,
  type JobDone,
  render,
  runsOf,
  type Simulation,
  Source,
  simulate,
} from "../src/index.js";
import { deck, inFolderOfItsOwn, isBuilt, pinched } from "./command-line.js";

// Runs of `.step` and `.mc` that are made elsewhere: whoever makes them, and in whatever order, nothing shows of it.

const reads =
  (files: Record<string, string>) =>
  (path: string): Source | undefined =>
    path in files ? new Source(path, files[path]!) : undefined;

/** What threads do, but in this one: jobs cross as `postMessage` would have them, and the last is done first. */
const backwards = (threads: number, files: Record<string, string> = {}): Executor => ({
  threads,
  open: async (plain) => {
    const workers = Array.from({ length: threads }, () => runsOf(structuredClone(plain), reads(files)));
    const waiting: (() => void)[] = [];
    const doneBy = (job: Job): JobDone => structuredClone(workers[job.slot % threads]!(job));
    const doAll = (): void => waiting.toReversed().forEach((work) => void work());
    return {
      work: (job) =>
        new Promise((resolve) => {
          if (waiting.push(() => resolve(doneBy(job))) === 1) setTimeout(doAll, 0);
        }),
      close: async () => undefined,
    };
  },
});

/** All but the circuit, which holds functions; a place in a text as it is shown. */
const told = ({ circuit: _, diagnostics, failedAsserts, ...rest }: Simulation) => ({
  ...rest,
  said: [...diagnostics, ...failedAsserts].map((it) => render(it)),
});

const memristor = `.param r=1k
V1 in 0 sin(0 1 10)
YMEMRISTOR m1 in a hp x0={gauss(0.3,0.1,1)}
R1 a 0 {r}
.model hp memristor(kind=linear_drift)
.tran 2m 10m
.measure tran most max v(a)
.measure tran never when v(a)=5
.assert {most<0.2} "too high"
.plot iv m1
.plot runs most
.step param r list 1k 2k
.mc 2`;

const decks: Readonly<Record<string, string>> = {
  "draws of a memristor, inside a stepped parameter": memristor,
  "one run that cannot be solved, one that is faulty, and one that reads another file": `.param r=1k
V1 a 0 1
R1 a b 1k
R2 b 0 {r}
.if {r==3k}
R3 c 0
.endif
.if {r==4k}
.include more.sub
.endif
.op
.measure op vb find v(b)
.step param r list 1k 0 3k 4k`,
  "sweeps of the temperature and of a parameter within runs": `.param r=1k
V1 in 0 1
R1 in a {gauss(1k,0.1,1)} tc1=1m
R2 a 0 {r}
.dc temp 0 100 50
.dc param r 1k 3k 1k
.mc 5`,
  "devices that differ, and trainings": `.param x1=0 x2=0
.dataset d gate=and
V1 x1 0 {x1}
V2 x2 0 {x2}
.model s synapse(ith=20 a=0.02 spread_g=0.1)
.model n neuron(activation=sigmoid ith=20 a=0.02)
YSYNAPSE s1 x1 in s
YSYNAPSE s2 x2 in s
YNEURON y1 in y n
.train t rule=delta data=d inputs=(V1,V2) outputs=(y) rate=0.1 epochs=5 runs=2
.mc 3`,
};

describe("runs that are made elsewhere give what they give here", () => {
  test.each(Object.entries(decks))("%s", async (_, text) => {
    const files = { "more.sub": 'R4 b 0 5k\n.assert {1<0} "never"\nC9 q 0 1u\n' };
    const netlist = `t\n${text}\n`;
    const here = told(await simulate(netlist, { read: reads(files) }));
    for (const threads of [1, 3]) {
      const there = await simulate(netlist, { read: reads(files), executor: backwards(threads, files) });
      expect(told(there)).toStrictEqual(here);
    }
  });

  test("also where nothing can be read, and of a deck whose overrides are wrong in one run", async () => {
    const netlist = "t\n.param r=1k s=1\nV1 a 0 {s}\nR1 a 0 {r}\n.op\n.step param r list 1k 2k\n";
    const options = { set: { s: "1k/(r-2k)" }, plots: ["op v(a)"], seed: 7 };
    const here = told(await simulate(netlist, options));
    expect(here.said).not.toEqual([]);
    expect(told(await simulate(netlist, { ...options, executor: backwards(2) }))).toStrictEqual(here);
  });

  test("those that were told to stop make none, and the deck is not whole", async () => {
    const stop = new AbortController();
    const onProgress = () => stop.abort();
    const { begun, results, runs } = await simulate(`t\n${memristor}\n`, {
      signal: stop.signal,
      onProgress,
      executor: backwards(2),
    });
    expect([begun, results, runs!.columns[0]!.values.length]).toEqual([0, [], 0]);
  });
});

describe.runIf(isBuilt)("run --threads", () => {
  inFolderOfItsOwn();

  test("writes the same bytes, whatever their number", async () => {
    deck("runs.cir", `t\n${memristor}\n`);
    const outcomes = [];
    for (const threads of ["1", "2"]) {
      const words = [
        "run",
        "runs.cir",
        "--format",
        "csv,raw,json",
        "--out",
        threads,
        "--threads",
        threads,
        "--no-plots",
      ];
      const { code, err } = await pinched(words, { env: { SOURCE_DATE_EPOCH: "0" } });
      const files = readdirSync(threads).map((name) => [name, readFileSync(`${threads}/${name}`, "latin1")]);
      outcomes.push({ code, files, err: err.replaceAll(`${threads}/`, "").replace(/[\d.]+ m?s in all/, "") });
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
  });

  test("where there is one run says that it is made by one thread", async () => {
    const words = ["run", deck("one.cir", "t\nV1 a 0 1\nR1 a 0 1k\n.op\n"), "--no-plots", "--threads"];
    expect((await pinched([...words, "2"])).err).toContain("note[threads-unused]: One run is made by one thread");
    for (const few of ["1", "auto"]) expect((await pinched([...words, few])).err).not.toContain("threads-unused");
  });
});
