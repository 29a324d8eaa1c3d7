import { cpSync, existsSync } from "node:fs";
import { expect, test } from "vitest";
import { inFolderOfItsOwn, pinched } from "./command-line.js";

const netlists = new URL("../netlists/perceptrons/", import.meta.url);
inFolderOfItsOwn();

test("the netlist of spread keeps its asserts, and draws accuracy against both spreads", async () => {
  for (const name of ["spread.cir", "iris.csv"]) cpSync(new URL(name, netlists), name);
  const { code, err } = await pinched(["run", "spread.cir"]);
  expect(err).not.toContain("assert");
  expect(code).toBe(0);
  for (const name of ["thresholds", "conductances"]) expect(existsSync(`spread.out/${name}.svg`)).toBe(true);
});
