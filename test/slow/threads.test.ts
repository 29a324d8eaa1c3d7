import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { isBuilt, pinched } from "../command-line.js";

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
