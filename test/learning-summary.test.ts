import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";
import { inFolderOfItsOwn, pinched } from "./command-line.js";

inFolderOfItsOwn();

/** What the summary of a run tells of its trainings. */
async function told(text: string, ...options: readonly string[]): Promise<readonly string[]> {
  writeFileSync("deck.cir", text);
  const { code, err, out } = await pinched(["run", "deck.cir", ...options]);
  expect(code, err).toBe(0);
  return `${out}\n${err}`.split("\n").filter((line) => line.startsWith("  train"));
}

const samples = ".dataset d inputs=(x1,x2) targets=(y)\n+ (0 0 -1) (1 0.2 1) (0.3 1 1) (0.9 1.1 -1) (0.2 0.1 -1)";
const kernel = "rule=kernel kernel=gauss width=0.5 data=d";

describe("the summary", () => {
  test("gives a kernel no runs and epochs, which it has not", async () => {
    const [line] = await told(`Kernel\n${samples}\n.train k ${kernel}\n.end\n`, "--no-plots");
    expect(line).toContain("k, ridge, gauss of 5 samples, mean error");
    expect(line).not.toMatch(/run|epoch/);
  });

  test("counts the iterations that were asked for, not the start", async () => {
    const [line] = await told(
      "Channel\n.channel c in=4 out=2 kraus=4\n.train t rule=stiefel channel=c truth=0110 iterations=7 runs=3\n.end\n",
      "--no-plots",
    );
    expect(line).toContain("t, 3 runs, 7 iterations, stiefel, backtrack, qr, ");
  });

  // Four operators give seven inputs the answer 1 with probabilities that sum to the rank of a projection, 4: one is wrong by 3/7 at least.
  test("tells how wrong a table is answered of which all rows are right", async () => {
    const or = (kraus: number) =>
      `Or\n.channel c in=8 out=2 kraus=${kraus}\n.train t rule=stiefel channel=c truth=01111111 unreachable=yes step=warm iterations=60 runs=3\n.end\n`;
    const [far] = await told(or(4), "--no-plots");
    expect(far).toContain("100 % right, wrong answers up to 42.9 % in the kept run");
    const notes = async (kraus: number) =>
      (await simulate(or(kraus))).diagnostics.map(({ code, message }) => [code, message]);
    expect(await notes(4)).toEqual([
      [
        "not-learned",
        expect.stringContaining(
          "did not get there: after 60 iterations it gives a wrong answer with a probability of up to 42.9 %",
        ),
      ],
    ]);
    expect(await notes(7)).toEqual([]);
  });

  test("names the run that is kept, whose error stands in the table of weights", async () => {
    const block = ".quantum c\nqubit a\nqubit b\nweight u\nweight v\ngate ry a {u}\ngate ry b {v}\n.endquantum";
    const cost = "rule=gradient cost=energy outputs=({sz(a)*sz(b)})";
    const [line] = await told(`Block\n${block}\n.train t ${cost} epochs=4 runs=5\n.end\n`, "--no-plots");
    const [head, ...rows] = readFileSync("deck.out/deck.train.t.weights.csv", "utf8").trim().split("\r\n");
    expect(head).toBe("run,error,u,v");
    // ⟨sz⟩ of a qubit in |g⟩ turned by u is −cos u: the error is that of the weights before the step, so near them only.
    const cells = rows.map((row) => row.split(",").map(Number));
    const best = Math.min(...cells.map(([, error]) => error!));
    expect(line).toContain(`run ${cells.find(([, error]) => error === best)![0]} is kept`);
    for (const [, error, u, v] of cells) expect(Math.abs(error! - Math.cos(u!) * Math.cos(v!))).toBeLessThan(0.1);
  });

  test("adds up what several runs of a deck cost, and says whose error it tells", async () => {
    const channel =
      ".channel c in=4 out=2 kraus=4\n.train t rule=stiefel channel=c truth=0110 iterations=5 runs=2 seed={s}";
    const [line] = await told(`Runs\n.param s=1\n.step param s list 1 2 3\n${channel}\n.end\n`, "--no-plots");
    expect(line).toContain("t, 6 runs, 15 iterations, ");
    expect(line!.match(/evaluations? of the cost/g)).toHaveLength(1);
    expect(line).toContain("in run 3");
  });

  test("counts features alone among the columns of a readout, and tells figures alone", async () => {
    const [line] = await told(
      `Readout
.param r=1k
.step param r list 1k 2k
.dataset ts task=narma2 length=60
Vin in 0 feed(ts.u period=1m)
R1 in a {r}
C1 a 0 1u
.train t rule=ridge data=ts features=(v(in) v(a)) washout=10 fit=30 test=20 metrics=(r2)
.end
`,
      "--no-plots",
    );
    expect(line).toMatch(/t, 120 rows, 2 features, r2 [\d.]+, in run 2/);
  });
});

describe("pictures of what was learned", () => {
  const drawn = async (plot: string, file: string): Promise<string> => {
    writeFileSync("deck.cir", `Kernel\n${samples}\n.train k ${kernel}\n.train n ${kernel}\n${plot}\n.end\n`);
    expect((await pinched(["run", "deck.cir"])).code).toBe(0);
    return readFileSync(`deck.out/${file}.svg`, "utf8");
  };

  test("call samples by their targets", async () => {
    const svg = await drawn(".plot boundary k", "deck.boundary-k");
    expect(svg).toMatch(/>−1</);
  });

  test("know one from several", async () => {
    expect(await drawn(".plot accuracy k n x=(1,2)", "deck.accuracy-k-n")).toMatch(/>one run</);
  });
});
