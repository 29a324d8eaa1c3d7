import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

// Not truths but a guard: what these circuits cost was recorded, in counts, which are the same on every machine. A rise of
// more than 20 % fails. After a change that is worth it `UPDATE_COUNTS=1 npx vitest run --project unit test/counts.test.ts`
// records anew; look at what has changed, and say why.

/** What a run cost. */
interface Counts {
  readonly steps: number; // accepted and refused
  readonly iterations: number;
  readonly factorizations: number;
  readonly operations: number; // arithmetic in the code that was written for it
}

const file = new URL("counts.json", import.meta.url);
const rise = 1.2;
const keeps = process.env["UPDATE_COUNTS"] === "1";
const recorded: Record<string, Counts> = JSON.parse(readFileSync(file, "utf8")).circuits;
const now: Record<string, Counts> = {};

const cells = (count: number, cell: (k: number) => string): string =>
  Array.from({ length: count }, (_, k) => cell(k)).join("\n");

const memristor = ".model hp memristor(kind=linear_drift ron=100 roff=16k d=10n uv=10f window=joglekar p=1)";

const crossbar = (side: number): string =>
  [
    ...Array.from({ length: side }, (_, i) => `Vr${i} r${i} 0 SIN(0 {0.2 + 0.1*${i}} {1 + ${i}/${side}})`),
    ...Array.from({ length: side }, (_, j) => `Rc${j} c${j} 0 10`),
    ...Array.from({ length: side * side }, (_, k) => {
      const [i, j] = [Math.floor(k / side), k % side];
      return `Rw${k} r${i} m${k} 2\nYMEMRISTOR M${k} m${k} c${j} hp x0={0.1 + 0.8*${k}/${side * side}}`;
    }),
    memristor,
  ].join("\n");

const circuits: Readonly<Record<string, string>> = {
  "RC ladder of 300 nodes": `ladder
V1 n0 0 SIN(0 1 1k)
${cells(300, (k) => `R${k} n${k} n${k + 1} 1\nC${k} n${k + 1} 0 1n`)}
.save v(n10) i(v1)
.tran 2u 2m
.end`,
  "chain of 40 diodes": `chain
V1 n0 0 SIN(0 20 1k)
.model d D(is=1e-14)
${cells(40, (k) => `D${k} n${k} n${k + 1} d\nR${k} n${k + 1} 0 1meg`)}
Rl n40 0 1k
.save v(n10) v(n40)
.tran 4u 2m
.end`,
  "LC line of 60 cells": `line
V1 in 0 PULSE(0 1 0 1n 1n 2n 1)
Rs in n0 50
${cells(60, (k) => `L${k} n${k} n${k + 1} 2.5n\nC${k} n${k + 1} 0 1p`)}
Rl n60 0 50
.save v(n10) v(n60)
.tran 0.1n 6n
.end`,
  "rectifier with a smoothing capacitor": `rectifier
V1 in 0 SIN(0 10 50)
D1 in out dm
.model dm D(is=1e-14 cjo=10p rs=0.1)
C1 out 0 100u
R1 out 0 1k
.tran 0.1m 100m
.end`,
  "start of a ring of three inverters": `ring
Vdd vdd 0 PULSE(0 3 0 1n 1n 1 2)
.model n NMOS(vto=0.7 kp=100u)
.model p PMOS(vto=-0.7 kp=50u)
${cells(3, (k) => `Mn${k} o${(k + 1) % 3} o${k} 0 0 n w=2u l=1u\nMp${k} o${(k + 1) % 3} o${k} vdd vdd p w=4u l=1u\nC${k} o${k} 0 ${10 + k}f`)}
.tran 10p 2n
.end`,
  "one memristor": `memristor
V1 in 0 SIN(0 1 1)
YMEMRISTOR M1 in 0 hp x0=0.3
${memristor}
.tran 1m 3
.end`,
  "crossbar of 8 by 8": `crossbar
${crossbar(8)}
.tran 2m 2
.end`,
  "a law written in the netlist": `written
V1 in 0 SIN(0 1 1)
C1 x 0 1 ic=0.3
B1 0 x i={0.5*v(in)*(1 - (2*v(x) - 1)**2)}
B2 in 0 i={v(in)/(100*v(x) + 16k*(1 - v(x)))}
.tran 1m 3
.end`,
};

/** Steps that need no record to be too many. */
const bounds: Readonly<Record<string, number>> = {
  // A current that many capacitors add up to is not asked to be more accurate than they are.
  "RC ladder of 300 nodes": 800,
  // What no charge holds is exact where it is read, whatever bends between: a step an output, of which there are 501.
  "chain of 40 diodes": 700,
};

/** Runs with an eye on the code that is written: arithmetic in it. */
async function watched<Found>(
  run: () => Promise<Found>,
): Promise<{ readonly found: Found; readonly operations: number }> {
  const plain = globalThis.Function;
  let operations = 0;
  const counting = new Proxy(plain, {
    construct(target, code: string[]) {
      operations += (code.at(-1) ?? "").match(/[-+*/](?!=?\/)|Math\.\w+\(/g)?.length ?? 0;
      return Reflect.construct(target, code);
    },
  });
  globalThis.Function = counting;
  try {
    return { found: await run(), operations };
  } finally {
    globalThis.Function = plain;
  }
}

async function countsOf(netlist: string): Promise<Counts> {
  const { found, operations } = await watched(() => simulate(netlist, { pictures: false }));
  expect(found.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { steps = 0, rejected = 0, iterations = 0, factorizations = 0 } = found.results.at(-1)?.statistics ?? {};
  return { steps: steps + rejected, iterations, factorizations, operations };
}

describe("costs no more than it did:", () => {
  test.each(Object.entries(circuits))("%s", async (name, netlist) => {
    const counts = await countsOf(netlist);
    now[name] = counts;
    expect(counts.steps).toBeLessThan(bounds[name] ?? Infinity);
    if (keeps) return;
    const before = recorded[name];
    if (before === undefined) throw new Error(`Nothing is recorded of ${name}: see the top of this file.`);
    const risen = Object.entries(counts).filter(([what, count]) => count > rise * before[what as keyof Counts]);
    expect(risen.map(([what, count]) => `${what}: ${count}, was ${before[what as keyof Counts]}`)).toEqual([]);
  });
});

afterAll(() => {
  if (!keeps) return;
  const about = "A guard against regressions, recorded by test/counts.test.ts; no truth.";
  writeFileSync(file, `${JSON.stringify({ about, circuits: now }, undefined, 2)}\n`);
});
