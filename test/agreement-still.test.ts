import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";
import { ourStillDeck, stillAgreements } from "./agreement/still-circuits.js";

// What ngspice found of sweeps, noise and harmonics, made by `npm run agreement`.
const file = join(import.meta.dirname, "golden/ngspice-still.json");
const golden: { readonly circuits: Record<string, Record<string, number[]>> } = JSON.parse(readFileSync(file, "utf8"));

describe("agrees with ngspice 39 beside transients", () => {
  test.each(stillAgreements.map((it) => [it.name, it] as const))("%s", async (name, it) => {
    const { results } = await simulate(ourStillDeck(it), { pictures: false });
    const [{ columns, tables } = { columns: [] }] = results;
    const found = it.four ? (tables?.find((table) => table.name === "four")?.columns ?? []) : columns;
    for (const [column, theirs] of Object.entries(golden.circuits[name]!)) {
      const ours = found.find((one) => one.name === (it.four ? `mag(${it.four.signal})` : column))?.values;
      expect(ours?.length, column).toBe(theirs.length);
      const scale = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const worst = theirs.reduce((most, value, k) => Math.max(most, Math.abs(ours![k]! - value)), 0);
      expect(worst / scale, column).toBeLessThan(it.tolerance);
    }
  });
});
