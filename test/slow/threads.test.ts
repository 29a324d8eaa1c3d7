import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { deck, inFolderOfItsOwn, isBuilt, pinched, rowsOf } from "../command-line.js";

// Every lesson that has runs gives the same files, to the last byte, whatever the number of threads.

const netlists = resolve(import.meta.dirname, "../../netlists");
const decks = readdirSync(netlists, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".cir"))
  .filter((name) => /^\.(mc|step) /im.test(readFileSync(join(netlists, name), "utf8")))
  .filter((name) => !/^(learning|perceptrons)/.test(name)); // trainings take minutes; they have a small one in the quick tests

test.runIf(isBuilt).each(decks)("%s", { timeout: 300_000 }, async (name) => {
  const folder = mkdtempSync(join(tmpdir(), "pinched-threads-"));
  const outcomes = [];
  for (const threads of ["1", "2", "3"]) {
    const out = join(folder, threads);
    const words = ["run", join(netlists, name), "--threads", threads, "--format", "csv,raw,json", "--out", out];
    const { code } = await pinched([...words, "--quiet"], { env: { SOURCE_DATE_EPOCH: "0" } });
    outcomes.push({ code, files: readdirSync(out).map((file) => [file, readFileSync(join(out, file), "latin1")]) });
  }
  rmSync(folder, { recursive: true });
  expect(outcomes[0]!.code).toBe(0);
  expect(outcomes[1]).toEqual(outcomes[0]);
  expect(outcomes[2]).toEqual(outcomes[0]);
});

describe.runIf(isBuilt)("a run in threads", () => {
  inFolderOfItsOwn();

  test("is stopped by Ctrl-C: finished runs are kept whole, others to where they are", async () => {
    const sine = "V1 a 0 sin(0 1 {f})\nYMEMRISTOR m1 a 0 hp\n.model hp memristor(kind=linear_drift)";
    const times = ".tran 0.1 {f>2?1e6:1} {f>2?0:0.5}\n.step param f list 1 2 3 4";
    deck("long.cir", `t\n.param f=1\n${sine}\n${times}\n`);
    let stop = (): void => undefined;
    const { code, err } = await pinched(["run", "long.cir", "--threads", "2", "--no-plots", "--progress", "json"], {
      say: (text) => JSON.parse(text.startsWith("{") ? text : "{}").analysis >= 2 && stop(),
      onInterrupt: (asked) => {
        stop = asked;
        return () => undefined;
      },
    });
    expect(code, err).toBe(130);
    const rows = rowsOf("long.out/long.tran.csv").slice(1);
    const timesOf = (run: number) =>
      rows.flatMap((row) => (row.startsWith(`${run},`) ? [Number(row.split(",")[2])] : []));
    for (const run of [1, 2]) expect(timesOf(run)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    for (const run of [3, 4]) expect(timesOf(run).at(-1) ?? 0).toBeLessThan(1e6);
  });
});
