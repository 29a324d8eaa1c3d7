import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { compiledLoops } from "../compiler/laws.js";
import { elaborate } from "../src/circuit/elaborate.js";
import { memristors } from "../src/devices/index.js";
import { filmWindows, windows } from "../src/devices/memristors/windows.js";
import { compile } from "../src/equations/compile.js";
import type { CompiledSystem } from "../src/equations/compiled-system.js";
import { stepRoom } from "../src/numerics/integrators/step-room.js";
import { type Linearization, linearization } from "../src/numerics/system.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

// In large circuits memristors go through loops that the build made of their laws; `Device.load` says what comes of them.

afterEach(() => void vi.unstubAllGlobals());

const count = 160;

/** So many memristors of a model along a line, some with an end at ground, some turned round, in a circuit of 300 unknowns. */
function line(model: string, seed: number): string {
  const cards = Array.from({ length: count }, (_, k) => {
    const [p, n] = k % 7 === 3 ? ["0", `n${k}`] : k % 7 === 5 ? [`n${k}`, "0"] : [`n${k}`, `n${k + 1}`];
    const x0 = ((k * 37 + seed * 11) % 97) / 97;
    return `YMEMRISTOR m${k} ${p} ${n} m x0=${x0} ${k % 5 === 1 ? "eta=-1" : ""}\nR${k} n${k} 0 1k`;
  });
  return ["* line", `.model m memristor(${model})`, "V1 n0 0 1", `Rend n${count} 0 1k`, ...cards, ".op", ".end"].join(
    "\n",
  );
}

function systemOf(deck: string): CompiledSystem {
  const complaints = new Complaints();
  const { circuit, diagnostics } = elaborate(parseNetlist(new Source("deck", deck), { main: true }, complaints));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return compile(circuit);
}

/** The equations at (t, x), walls settled there, as they are, and with the loops as they are written. */
function bothWays(deck: string, from: Float64Array): readonly [Linearization, Linearization] {
  const found = (): Linearization => {
    const system = systemOf(deck);
    const at = linearization(system);
    const x = from.slice();
    system.settleModes(0, x);
    system.load(0, x, at);
    // 0 with a sign is 0: loops add nothing to the row of what is held.
    for (const part of [at.q, at.f, at.C, at.G]) for (let k = 0; k < part.length; k++) part[k]! += 0;
    return at;
  };
  const compiled = found();
  vi.stubGlobal("WebAssembly", undefined);
  const plain = found();
  vi.unstubAllGlobals();
  return [compiled, plain];
}

/** Unknowns of ordinary size; of states some stand at their walls, and some, by their logit, near to them. */
const unknowns = (size: number, scale: number, seed: number): Float64Array =>
  Float64Array.from({ length: size }, (_, k) => {
    const share = ((k * 7919 + seed * 104729) % 1009) / 1009;
    if (k < count + 1) return scale * (2 * share - 1);
    return k % 11 === 4 ? 0 : k % 11 === 9 ? 1 : k % 13 === 6 ? 30 * (2 * share - 1) : share;
  });

const asText = (kind: string, list: readonly string[]) => list.map((window) => `kind=${kind} window=${window}`);
const models = [
  ...asText("linear_drift", windows),
  ...asText("vteam", filmWindows),
  ...asText("team", filmWindows),
  ...asText("lehtonen_laiho", windows),
  "kind=linear_drift window=joglekar p=3.7",
  "kind=linear_drift window=prodromakis p=25 j=1.3",
  "kind=linear_drift asym=0.3 retention=0.2",
  "kind=linear_drift window=strukov stuck_on=20% stuck_off=20% spread_g=10%",
  "kind=vteam window=kvatinsky ivrelation=exponential clamp=no",
  "kind=yakopcic",
  "preset=yakopcic_high",
  "kind=pershin",
];

test("the loops are made of the laws as they are written", () => {
  const made = readFileSync(new URL("../src/equations/memristor-loops.wasm.ts", import.meta.url), "utf8");
  expect(made === compiledLoops(), "`npm run build` makes them").toBe(true);
});

describe("compiled loops are to the last bit what laws are:", () => {
  test.each(models)("%s", (model) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e4 }), fc.constantFrom(0.01, 0.5, 3, 40), (seed, scale) => {
        const deck = line(model, seed);
        const x = unknowns(systemOf(deck).pattern.size, scale, seed);
        const [compiled, plain] = bothWays(deck, x);
        expect(compiled).toEqual(plain);
      }),
      { seed: 1, numRuns: 6 },
    );
  });

  test("in the arrays of whoever steps, where nothing is copied", () => {
    const deck = line("kind=linear_drift window=biolek p=2", 3);
    const x = unknowns(systemOf(deck).pattern.size, 1, 3);
    const found = () => {
      const system = systemOf(deck);
      const { arrays } = stepRoom(system);
      arrays.x.set(x);
      system.load(0, arrays.x, arrays);
      return [arrays.q, arrays.f, arrays.C, arrays.G];
    };
    const compiled = found();
    vi.stubGlobal("WebAssembly", undefined);
    expect(compiled).toEqual(found());
  });

  test("after a value was put in the place of another", () => {
    const deck = line("kind=linear_drift window=joglekar", 5);
    const x = unknowns(systemOf(deck).pattern.size, 1, 5);
    const changed = [];
    for (const isThere of [true, false]) {
      if (!isThere) vi.stubGlobal("WebAssembly", undefined);
      const system = systemOf(deck);
      const at = linearization(system);
      const instance = system.circuit.instances.findIndex(({ name }) => name === "m17");
      system.load(0, x, at);
      const before = at.f.slice();
      for (const ron of [50, 700]) {
        system.override(instance, "ron", ron);
        system.load(0, x, at);
      }
      expect(at.f).not.toEqual(before);
      changed.push(at);
    }
    expect(changed[0]).toEqual(changed[1]);
  });
});

test("every memristor that says that it is compiled is one of these", () => {
  const kinds = memristors.filter(({ compiled }) => compiled !== undefined).map(({ type }) => type);
  expect(kinds.every((kind) => models.some((model) => model.includes(kind)))).toBe(true);
});
