import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { simulate } from "../src/index.js";
import { type StepArrays, stepRoom } from "../src/numerics/integrators/step-room.js";
import { type Kernels, plainKernels } from "../src/numerics/linear/kernels/index.js";
import type { Furnished } from "../src/numerics/linear/room.js";
import type { System } from "../src/numerics/system.js";

// What methods do to vectors is compiled to WebAssembly where there are many unknowns; it must be the same to the last bit.

afterEach(() => void vi.unstubAllGlobals());

const n = 320;
const columnStart = Int32Array.from({ length: n + 1 }, (_, j) => j);
const row = Int32Array.from({ length: n }, (_, j) => (j * 7) % n);
const system = { pattern: { size: n, columnStart, row }, charges: row.subarray(0, 40) } as unknown as System; // no more is looked at

/** One room for the compiled kernels, one for those that are written: more memories than these are not asked for. */
const rooms = { compiled: stepRoom(system), plain: stepRoom(system) };

/** What a kernel gave, and what stood in all arrays afterwards. */
type Found = readonly [unknown, readonly number[]];

interface Numbers {
  readonly order: number;
  readonly alpha: number;
  readonly values: readonly number[];
}

const numbers: fc.Arbitrary<Numbers> = fc.record({
  order: fc.integer({ min: 1, max: 5 }),
  alpha: fc.double({ noNaN: true, noDefaultInfinity: true }),
  values: fc.array(fc.oneof({ weight: 30, arbitrary: fc.double({ min: -9, max: 9 }) }, fc.double()), {
    minLength: 17,
    maxLength: 97,
  }),
});

const acts: Readonly<Record<string, (kernels: Kernels, at: StepArrays, given: Numbers) => unknown>> = {
  "predict a point": (kernels, { ofX, predicted }, { order }) => kernels.predictPoint(n, order, ofX, predicted),
  "predict charges": (kernels, { factor, ofQ, predictedQ, beta }, { order, alpha }) =>
    kernels.predictCharges(n, order, alpha, factor, ofQ, predictedQ, beta),
  "take a point": (kernels, { x, predicted, ofX }, { order }) => kernels.advancePoint(n, order, x, predicted, ofX),
  "change the step": (kernels, { change, row, ofX }, { order }) =>
    kernels.changeDifferences(n, order, change, row, ofX),
  "add up a residual": (kernels, { q, beta, f, step }, { alpha }) => kernels.addUp(n, alpha, q, beta, f, step),
  "move by a correction": (kernels, { step, weight, x }) => kernels.moveBy(n, step, weight, x),
  "assemble a matrix": (kernels, { fixed: { charges }, C, G, values }, { alpha }) =>
    kernels.assembleSlopes(n, charges.entry.length, charges, alpha, C, G, values),
  "move charges": (kernels, { fixed: { charges }, C, step, q, movedQ }) =>
    kernels.moveCharges(n, charges.entry.length, charges, C, step, q, movedQ),
  "disturb charges": (kernels, { fixed: { disturbed }, C, weight, moved }, { alpha, order }) =>
    kernels.disturbCharges(n, disturbed, alpha, C, weight, order % 4, moved),
  "keep what is moved beyond": (kernels, { moved, weight, floor }) => kernels.keepBeyond(n, moved, weight, floor),
  "add up last digits": (kernels, { fixed: { disturbed }, q, G, x, rounding }, { alpha }) => {
    kernels.addDigits(n, disturbed, alpha, q, G, x, rounding);
    kernels.takeSizes(n, rounding);
  },
  "add up what cannot be helped": (kernels, { digits, rounding, x, moved, floor }, { alpha }) =>
    kernels.addFloor(n, digits, 100, rounding, alpha, x, moved, floor),
  "take notice of sizes": (kernels, { conceded, ...at }) => kernels.seeLargest(n, { ...at, floor: conceded }, at.x),
  "weigh unknowns": (kernels, { conceded, ...at }, { alpha }) =>
    kernels.weighUnknowns(n, alpha, 1e-3, { ...at, floor: conceded }),
  "measure a step": (kernels, { weight, miss }) => kernels.largestPart(n, weight, miss),
  "measure a sum": (kernels, { weight, miss, step }) => kernels.largestPartOfSum(n, weight, miss, step),
  "take a difference": (kernels, { x, predicted, weight, miss }) =>
    kernels.takeDifference(n, x, predicted, weight, miss),
};

describe("compiled kernels are to the last bit what plain ones are:", () => {
  test.each(Object.entries(acts))("%s", (_name, act) => {
    fc.assert(
      fc.property(numbers, (given) => {
        const found = ({ arrays }: Furnished<StepArrays>, kernels: Kernels): Found => {
          const { fixed: _, kind: __, ...vectors } = arrays;
          Object.values(vectors).forEach((array, k) => {
            for (let i = 0; i < array.length; i++) array[i] = given.values[(i + 7 * k) % given.values.length]!;
          });
          const gave = act(kernels, arrays, given);
          return [gave, Object.values(vectors).flatMap((array) => [...array])];
        };
        const one = found(rooms.compiled, rooms.compiled.kernels);
        const other = found(rooms.plain, plainKernels);
        expect(other[0]).toBe(one[0]);
        expect(one[1].findIndex((value, k) => !Object.is(value, other[1][k]))).toBe(-1);
      }),
      { seed: 1, numRuns: 12 },
    );
  });

  test("a crossbar, some of it behind walls", async () => {
    const side = 12;
    const cells = Array.from({ length: side * side }, (_, k) => {
      const [row, column] = [Math.floor(k / side), k % side];
      return `Rw${k} r${row} n${k} 5\nYMEMRISTOR M${k} n${k} c${column} ${k % 40 === 27 ? "walls x0=0.9" : `logit x0=${0.2 + 0.004 * k}`}`;
    });
    const deck = `crossbar
${Array.from({ length: side }, (_, k) => `V${k} r${k} 0 SIN(0 ${3 + 0.2 * k} 5)\nRc${k} c${k} 0 10`).join("\n")}
${cells.join("\n")}
.model walls memristor(kind=linear_drift window=none)
.model logit memristor(kind=linear_drift window=joglekar)
.save v(c0) v(c9)
.tran 5m 60m
.end`;
    const compiled = await simulate(deck);
    vi.stubGlobal("WebAssembly", undefined);
    const plain = await simulate(deck);
    expect(compiled.results[0]!.ended).toBe("complete");
    expect(plain.results[0]!.columns).toEqual(compiled.results[0]!.columns);
  });
});
