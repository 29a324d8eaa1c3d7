import { readFileSync } from "node:fs";
import fc from "fast-check";
import ts from "typescript";
import { afterEach, describe, expect, test, vi } from "vitest";
import { compiled, compiledKernels, kernelFolders, moduleIn } from "../compiler/kernels.js";
import { instantiated } from "../src/numerics/lanes/instance.js";
import { Singular } from "../src/numerics/linear/linear-solver.js";
import { sparseLu } from "../src/numerics/linear/sparse-lu.js";
import { symmetric } from "../src/numerics/linear/symmetric.js";
import { type Entry, grid, type Matrix, matrix, rightSide, solved } from "./matrices.js";
import { matrixOf, networks } from "./networks.js";

// Kernels are compiled from what they are written as; what they compute must be the same to the last bit.

afterEach(() => void vi.unstubAllGlobals());

/** What a solver finds with kernels as WebAssembly, and as they are written. */
function bothWays<Found>(find: () => Found): readonly [Found, Found] {
  const compiled = find();
  vi.stubGlobal("WebAssembly", undefined);
  const plain = find();
  vi.unstubAllGlobals();
  return [compiled, plain];
}

test.each(kernelFolders)("the compiled kernels of %s are those that are written", (folder) => {
  const made = readFileSync(moduleIn(folder), "utf8");
  expect(made === compiledKernels(folder), "`npm run build` makes them").toBe(true);
});

describe("compiled kernels are to the last bit what plain ones are:", () => {
  // Small ones have none that are compiled.
  test("the symmetric solver, on circuits it takes and on those that it refuses", () => {
    fc.assert(
      fc.property(networks(600, 700), fc.constantFrom(1, -1), (network, sign) => {
        const A = matrixOf(network, sign);
        const [one, other] = bothWays(() => solved(symmetric, A, rightSide(A)));
        expect(one).toEqual(other);
      }),
      { seed: 1, numRuns: 4 },
    );
  });

  test("LU: factored, refactored with other numbers, refused where these are singular or their pivots tiny", () => {
    fc.assert(
      fc.property(unsymmetric, fc.integer({ min: 1, max: 2 ** 30 }), fc.constantFrom(0, 1e-9, 1), (A, seed, tiny) => {
        const [one, other] = bothWays(() => refactored(A, seed, tiny));
        expect(one).toEqual(other);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  test("the symmetric solver, on a grid with wide panels", () => {
    const A = grid(40, 40);
    const [one, other] = bothWays(() => solved(symmetric, A, rightSide(A)));
    expect(one).toEqual(other);
  });
});

/** Several blocks, a shuffled diagonal, entries anywhere above. */
const unsymmetric: fc.Arbitrary<Matrix> = fc
  .tuple(fc.integer({ min: 900, max: 1500 }), fc.integer({ min: 1, max: 2 ** 30 }))
  .map(([size, seed]) => {
    const next = numbers(seed);
    const entries: Entry[] = [];
    for (let k = 0; k < size; k++) {
      entries.push([(k * 7 + 3) % size, k, 3 + next()]);
      const column = Math.floor(next() * size);
      if ((k & 3) !== 0) entries.push([(column * 7 + 3) % size, k, next() - 0.5]);
    }
    return matrix(size, entries);
  });

/** Numbers from 0 to 1 (Lehmer's generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Solutions before and after the entries are changed, one column in a hundred by the factor `tiny`; or where it is refused. */
function refactored(A: Matrix, seed: number, tiny: number): unknown[] {
  const factors = sparseLu.factor(sparseLu.analyze(A.pattern), A.values);
  if (factors instanceof Singular) return [factors];
  const next = numbers(seed);
  const { columnStart } = A.pattern;
  const changed = A.values.map((value) => value * (0.5 + next()));
  for (let j = 0; j < A.pattern.size; j += 100) {
    for (let e = columnStart[j]!; e + 1 < columnStart[j + 1]!; e++) changed[e]! *= tiny;
  }
  const b = rightSide(A);
  const found: unknown[] = [b.slice()];
  sparseLu.solve(factors, found[0] as Float64Array);
  const again = sparseLu.refactor(factors, changed);
  if (again instanceof Singular) return [...found, again];
  sparseLu.solve(again, b);
  return [...found, b];
}

/** All that a loop over lanes can say. */
const lanes = `
export function lanes(count: number, x: Float64Array, y: Float64Array, half: Double): number {
  const from = count >> 1;
  for (let lane = 0; lane < from; lane++) {
    let sum: Double = half;
    let at = lane;
    for (let k = 0; k < 2; k++) {
      const value = -x[at]! * half + (k === 1 ? 3 : y[at]! / y[10]!);
      sum = k < 1 ? sum : Math.max(sum, Math.min(value, Math.abs(value) - 0.25));
      y[at]! -= 2 * value;
      at += from;
    }
    x[lane + from]! += Math.sqrt(sum * sum + half);
    x[lane] = sum;
  }
  return from;
}
`;

/** All else that a kernel can say. */
const everything = `
const third = 0.1 * Number.EPSILON;
const least = 3;

function inner(count: number, x: Float64Array, scale: Double): Double {
  let sum: Double = -0.5;
  for (let k = 0; k < count; k++) {
    if (k === 5) continue;
    if (k > 2 * count - 8 || !(x[k]! >= 0)) break;
    sum += x[k]! * scale - Math.max(k, 2) / 3;
  }
  return sum;
}

export function everything(count: number, x: Float64Array, y: Float64Array, n: Int32Array, half: Double): number {
  let at = 0;
  while (at < count && n[at]! !== least) at++;
  for (let k = count - 1; k >= 0; k -= 2) {
    const before = n[k]!++;
    n[(k + 1) % count]! -= (before & 7) ^ (Math.imul(before, 0x85ebca6b) >>> 27);
    y[k] = before < 0 ? -half : Math.sqrt(Math.abs(x[k]!)) + third;
    if (y[k]! > 1 && before <= 40) y[k]! *= n[k]!;
    else if (before === -3) {
      y[k] = 1e300;
    } else y[k]! += before << 2;
  }
  n.copyWithin(1, 0, count - 2);
  if (at === 1) n.fill(-1, 0, 2);
  x.fill(0, 1, 2);
  y[0] = inner(count, y, 1.5) - Math.cos(y[1]!);
  let left = Math.max(n[0]!--, -7), right = Math.min(at, left + 3);
  for (;;) {
    right += --left;
    if (left < -3 || right > 100) return right | (count >> 1);
    if (left === 0) return -1;
  }
}
`;

describe("the compiler", () => {
  const size = 12;

  const run = (kernel: (...given: never[]) => number, memory: ArrayBuffer, given: Given, asAddresses: boolean) => {
    const arrays = [
      new Float64Array(memory, 0, size),
      new Float64Array(memory, 8 * size, size),
      new Int32Array(memory, 16 * size, size),
    ] as const;
    arrays[0].set(given.x);
    arrays[1].fill(0);
    arrays[2].set(given.n);
    const places = asAddresses ? arrays.map(({ byteOffset }) => byteOffset) : arrays;
    const gave = kernel(...([size, ...places, given.half] as never[]));
    return [gave, ...arrays.map((array) => [...array])];
  };

  interface Given {
    readonly x: readonly number[];
    readonly n: readonly number[];
    readonly half: number;
  }

  const givens: fc.Arbitrary<Given> = fc.record({
    x: fc.array(fc.double({ min: -5, max: 5 }), { minLength: size, maxLength: size }),
    n: fc.array(fc.integer({ min: -4, max: 60 }), { minLength: size, maxLength: size }),
    half: fc.double(),
  });

  test("says the same as the language", () => {
    const module = new WebAssembly.Module(compiled([{ name: "everything.ts", text: everything }]).bytes);
    type Kernels = { everything: (...given: never[]) => number };
    const { functions, memory } = instantiated<Kernels>(() => module, 64 * size, { cos: Math.cos })!;
    const script = ts.transpile(everything, { target: ts.ScriptTarget.ES2022 }).replace("export", "");
    const plain = new Function(`${script}; return everything;`)();
    fc.assert(
      fc.property(givens, (given) => {
        const copy = new ArrayBuffer(64 * size);
        expect(run(functions.everything, memory, given, true)).toEqual(run(plain, copy, given, false));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("takes two lanes at once, and computes of each what the language does", () => {
    const module = new WebAssembly.Module(compiled([{ name: "lanes.ts", text: lanes }]).bytes);
    type Kernels = { lanes: (...given: never[]) => number };
    const { functions, memory } = instantiated<Kernels>(() => module, 64 * size)!;
    const plain = new Function(
      `${ts.transpile(lanes, { target: ts.ScriptTarget.ES2022 }).replace("export", "")}; return lanes;`,
    )();
    const went = (kernel: (...given: never[]) => number, buffer: ArrayBuffer, given: Given, asAddresses: boolean) => {
      const [x, y] = [new Float64Array(buffer, 0, size), new Float64Array(buffer, 8 * size, size)];
      x.set(given.x);
      y.set(given.x.map((value) => 1 / (value + 7)));
      const places = asAddresses ? [0, 8 * size] : [x, y];
      return [kernel(...([8, ...places, given.half] as never[])), ...x, ...y];
    };
    fc.assert(
      fc.property(givens, (given) => {
        expect(went(functions.lanes, memory, given, true)).toEqual(
          went(plain, new ArrayBuffer(64 * size), given, false),
        );
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test.each([
    ["for (let lane = 0; lane < 2; lane += 2) {} return 0", "cannot say `lane += 2`"],
    ["let k = 0; for (let lane = 0; lane < 2; lane++) k = lane; return k", "cannot say `lane`"],
    ["let x = 0.5; for (let lane = 0; lane < 2; lane++) x += y[lane]!; return 0", "no doubles of two lanes for one"],
    ["for (let lane = 0; lane < 2; lane++) n[lane] = 1; return 0", "cannot say `n[lane]`"],
    ["return 1 / 2 & 1", "`&` of values of type double"],
    ["return [1].length", "cannot say `[1]`"],
    ["return Math.tan(1)", "cannot say `Math.tan`"],
    ["let x = 0.5; return x", "takes no double for a whole number"],
    ["switch (1) {} return 0", "cannot say `switch (1) {}`"],
    ["return other()", "cannot say `other()`"],
  ])("refuses what it does not know: %s", (body, message) => {
    const text = `export function f(y: Float64Array, n: Int32Array): number { ${body}; }`;
    expect(() => compiled([{ name: "f.ts", text }])).toThrow(message);
  });
});
