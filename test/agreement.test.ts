import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";
import { agreements, ourDeck } from "./agreement/circuits.js";

// What ngspice found, made by `npm run agreement`, which also runs both side by side on all points.
const file = join(import.meta.dirname, "golden/ngspice.json");
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

interface Golden {
  readonly circuits: Record<string, { readonly time: number[]; readonly columns: Record<string, number[]> }>;
}

describe("agrees with ngspice 39", () => {
  test.each(agreements.map((it) => [it.name, it] as const))("%s", async (name, it) => {
    const { results } = await simulate(ourDeck(it), { pictures: false });
    const { time, columns } = golden.circuits[name]!;
    const [axis, ...rest] = results[0]!.columns;
    for (const wanted of it.columns) {
      const column = rest.find((found) => found.name === wanted);
      expect(column, wanted).toBeDefined();
      const at = time.map((when) => axis!.values.findIndex((t) => Math.abs(t - when) < 1e-6 * it.step));
      const scale = Math.max(...column!.values.map(Math.abs));
      const worst = Math.max(...columns[wanted]!.map((value, k) => Math.abs(column!.values[at[k]!]! - value)));
      expect(worst / scale, wanted).toBeLessThan(it.tolerance);
    }
  });
});
