import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { triangularBlocks } from "../src/numerics/linear/blocks.js";
import { factoredMatrix } from "../src/numerics/linear/choose.js";
import { denseLu } from "../src/numerics/linear/dense-lu.js";
import { type LinearSolver, Singular } from "../src/numerics/linear/linear-solver.js";
import { minimumDegree } from "../src/numerics/linear/ordering.js";
import { sparseLu } from "../src/numerics/linear/sparse-lu.js";
import type { Pattern } from "../src/numerics/system.js";
import { backwardError, conductance, type Entry, grid, type Matrix, matrix, rightSide, solved } from "./matrices.js";

const value = fc.double({ min: -10, max: 10, noNaN: true }).map((v) => (Math.abs(v) < 0.1 ? v + 1 : v));
const place = (size: number) => fc.tuple(fc.nat(size - 1), fc.nat(size - 1), value);

/** Regular in general: a shuffled diagonal, so that the true one may be empty, and entries anywhere. */
const scattered = fc
  .integer({ min: 1, max: 40 })
  .chain((size) =>
    fc
      .tuple(
        fc.shuffledSubarray([...Array(size).keys()], { minLength: size }),
        fc.array(value, { minLength: size, maxLength: size }),
        fc.array(place(size), { maxLength: 3 * size }),
      )
      .map(([row, diagonal, others]) =>
        matrix(size, [...row.map((i, j): Entry => [i, j, 5 * diagonal[j]!]), ...others]),
      ),
  );

/** As of a circuit: conductances over twelve decades, and voltage sources, whose rows have no diagonal. */
const circuit = fc.integer({ min: 2, max: 40 }).chain((nodes) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.integer({ min: -1, max: nodes - 1 }), fc.double({ min: -9, max: 3, noNaN: true })), {
        minLength: nodes,
        maxLength: nodes,
      }),
      fc.uniqueArray(fc.nat(nodes - 1), { maxLength: 3 }),
    )
    .map(([links, sources]) => {
      const entries = links.flatMap(([b, decade], a) => [...conductance(a, a === b ? -1 : b, 10 ** decade)]);
      for (let a = 0; a < nodes; a++) entries.push([a, a, 1e-9]);
      sources.forEach((node, k) => {
        entries.push([node, nodes + k, 1], [nodes + k, node, 1]);
      });
      return matrix(nodes + sources.length, entries);
    }),
);

const solvers = [
  ["dense", denseLu as LinearSolver<unknown, unknown>],
  ["sparse", sparseLu as LinearSolver<unknown, unknown>],
] as const;

describe.each(solvers)("%s LU", (_, solver) => {
  test.each([
    ["scattered", scattered],
    ["circuit", circuit],
  ] as const)("solves what it factored, to rounding: %s", (_name, matrices) => {
    fc.assert(
      fc.property(matrices, (A) => {
        const b = rightSide(A);
        const x = solved(solver, A, b);
        // Random entries may cancel; then both solvers say so (below).
        return x instanceof Singular || backwardError(A, x, b) < 1e-11;
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("refactors new numbers on old pivots, or refuses", () => {
    fc.assert(
      fc.property(circuit, fc.infiniteStream(fc.double({ min: 0.5, max: 2, noNaN: true })), (A, factor) => {
        const factors = solver.factor(solver.analyze(A.pattern), A.values);
        if (factors instanceof Singular) return true;
        const changed = { pattern: A.pattern, values: A.values.map((entry) => entry * factor.next().value!) };
        const again = solver.refactor(factors, changed.values);
        if (again instanceof Singular) return true;
        const b = rightSide(A);
        const x = b.slice();
        solver.solve(again, x);
        return backwardError(changed, x, b) < 1e-9;
      }),
      { seed: 2 },
    );
  });

  test("names a column that nothing determines", () => {
    fc.assert(
      fc.property(scattered, fc.nat(), (A, pick) => {
        const column = pick % A.pattern.size;
        const values = A.values.map((entry, e) =>
          e >= A.pattern.columnStart[column]! && e < A.pattern.columnStart[column + 1]! ? 0 : entry,
        );
        const result = solver.factor(solver.analyze(A.pattern), values);
        return result instanceof Singular && (result.column === column || dependent({ ...A, values }, result.column));
      }),
      { seed: 3 },
    );
  });

  test("names one of two nodes that float together", () => {
    const entries: Entry[] = [];
    for (let a = 0; a < 29; a++) entries.push(...conductance(a, a - 1, 1 + a / 7));
    for (const [a, b] of [
      [29, 30],
      [30, 31],
      [31, 29],
    ] as const)
      entries.push(...conductance(a, b, 0.3));
    const result = solved(solver, matrix(32, entries), new Float64Array(32));
    expect(result).toBeInstanceOf(Singular);
    expect([29, 30, 31]).toContain((result as Singular).column);
  });

  test("refuses numbers that are none", () => {
    const { pattern, values } = grid(6, 6);
    values[17] = Number.NaN;
    expect(solver.factor(solver.analyze(pattern), values)).toBeInstanceOf(Singular);
  });
});

/** Whether column j is a combination of the others: without it the rank is the same. */
function dependent({ pattern: { size, columnStart, row }, values }: Matrix, j: number): boolean {
  const columns = Array.from({ length: size }, (_, k) => {
    const column = new Float64Array(size);
    for (let e = columnStart[k]!; e < columnStart[k + 1]!; e++) column[row[e]!] = values[e]!;
    return column;
  });
  const rank = (of: Float64Array[]): number => {
    let found = 0;
    const left = of.map((column) => column.slice());
    for (const [k, column] of left.entries()) {
      const pivot = column.reduce((best, entry, i) => (Math.abs(entry) > Math.abs(column[best]!) ? i : best), 0);
      if (Math.abs(column[pivot]!) < 1e-10) continue;
      found++;
      for (const other of left.slice(k + 1)) {
        const factor = other[pivot]! / column[pivot]!;
        for (let i = 0; i < size; i++) other[i]! -= factor * column[i]!;
      }
    }
    return found;
  };
  return rank(columns) === rank(columns.filter((_, k) => k !== j));
}

test("sparse and dense agree", () => {
  fc.assert(
    fc.property(fc.oneof(scattered, circuit), (A) => {
      const b = rightSide(A);
      const [one, other] = [solved(sparseLu, A, b), solved(denseLu, A, b)];
      if (one instanceof Singular || other instanceof Singular)
        return one instanceof Singular === other instanceof Singular;
      const size = Math.max(...one.map(Math.abs));
      return one.every((x, i) => Math.abs(x - other[i]!) <= 1e-4 * size);
    }),
    { seed: 4, numRuns: 300 },
  );
});

describe("a factored matrix", () => {
  const { pattern, values } = grid(8, 8);

  test("factors the same numbers once", () => {
    const factored = factoredMatrix(pattern);
    for (let k = 0; k < 3; k++) expect(factored.factor(values)).toBeUndefined();
    expect(factored.factorizations).toBe(1);
    expect(factored.factor(values.map((entry) => 2 * entry))).toBeUndefined();
    expect(factored.factorizations).toBe(2);
  });

  test("takes new pivots where the old ones vanish", () => {
    const factored = factoredMatrix(pattern);
    factored.factor(values);
    // Now the diagonal is empty, and the rest is strong.
    const diagonal = (e: number, j: number): boolean => pattern.row[e] === j;
    const turned = values.map((_, e) => 2 + Math.sin(e * e));
    for (let j = 0; j < pattern.size; j++) {
      for (let e = pattern.columnStart[j]!; e < pattern.columnStart[j + 1]!; e++) if (diagonal(e, j)) turned[e] = 0;
    }
    const b = rightSide({ pattern, values });
    const x = b.slice();
    expect(factored.factor(turned)).toBeUndefined();
    factored.solve(x);
    expect(backwardError({ pattern, values: turned }, x, b)).toBeLessThan(1e-12);
  });
});

describe("minimum degree", () => {
  const isPermutation = (order: Int32Array): boolean =>
    [...order].sort((a, b) => a - b).every((value, k) => value === k);

  test("orders every unknown once", () => {
    fc.assert(
      fc.property(fc.oneof(scattered, circuit), ({ pattern }) => isPermutation(minimumDegree(pattern))),
      { seed: 5 },
    );
  });

  test("fills a tree with nothing", () => {
    const entries: Entry[] = [];
    for (let a = 1; a < 500; a++) entries.push(...conductance(a, Math.floor((a * a) % 97) % a, 1));
    expect(fill(matrix(500, entries).pattern)).toBe(2 * 499 + 500);
  });

  test("fills a 30 × 30 grid no more than dissection does", () => {
    const { pattern } = grid(30, 30);
    const n = pattern.size;
    // Nested dissection of a grid: 31/4 n log₂ n (George & Liu, 1981); for both factors, as `fill` counts, 31/2.
    expect(fill(pattern)).toBeLessThan(1.5 * (31 / 4) * n * Math.log2(n));
  });

  test.each([
    ["grid", () => grid(224, 224)],
    ["ladder", () => grid(50_000, 1)],
    ["ladder with a rail", () => railed(50_000)],
  ] as const)("orders fifty thousand unknowns quickly: %s", (_, make) => {
    const { pattern } = make();
    const begin = performance.now();
    const order = minimumDegree(pattern);
    // A quadratic method would take minutes; the bound leaves room for a busy machine.
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(isPermutation(order)).toBe(true);
  });
});

/** A ladder whose nodes all have a conductance to one supply rail. */
function railed(n: number): Matrix {
  const entries: Entry[] = [];
  for (let a = 0; a < n; a++) {
    entries.push(...conductance(a, n, 0.1));
    if (a > 0) entries.push(...conductance(a, a - 1, 1));
  }
  return matrix(n + 1, entries);
}

/** Entries of L + U when a symmetric pattern is eliminated in minimum-degree order, by elimination itself. */
function fill(pattern: Pattern): number {
  const neighbours = Array.from({ length: pattern.size }, () => new Set<number>());
  for (let j = 0; j < pattern.size; j++) {
    for (let e = pattern.columnStart[j]!; e < pattern.columnStart[j + 1]!; e++) {
      const i = pattern.row[e]!;
      if (i !== j) {
        neighbours[i]!.add(j);
        neighbours[j]!.add(i);
      }
    }
  }
  let entries = pattern.size;
  for (const p of minimumDegree(pattern)) {
    const clique = [...neighbours[p]!];
    entries += 2 * clique.length;
    for (const i of clique) {
      neighbours[i]!.delete(p);
      for (const j of clique) if (i !== j) neighbours[i]!.add(j);
    }
  }
  return entries;
}

describe("block triangular form", () => {
  test("puts nothing below the blocks, and is two permutations", () => {
    fc.assert(
      fc.property(fc.oneof(scattered, circuit), ({ pattern }) => {
        const { row, column, start } = triangularBlocks(pattern);
        const place = new Int32Array(pattern.size);
        row.forEach((i, k) => {
          place[i] = k;
        });
        const block = new Int32Array(pattern.size);
        for (let b = 0; b + 1 < start.length; b++) block.fill(b, start[b]!, start[b + 1]!);
        const sorted = [row, column].map((order) => [...order].sort((a, b) => a - b));
        expect(sorted[0]).toEqual([...block.keys()]);
        expect(sorted[1]).toEqual([...block.keys()]);
        return column.every((j, k) =>
          pattern.row
            .subarray(pattern.columnStart[j]!, pattern.columnStart[j + 1]!)
            .every((i) => block[place[i]!]! <= block[k]!),
        );
      }),
      { seed: 6 },
    );
  });

  test("takes a supply out of the circuit that it feeds", () => {
    const n = 40;
    const entries: Entry[] = [
      [n - 1, n, 1],
      [n, n - 1, 1],
    ];
    for (let a = 0; a < n - 1; a++) entries.push(...conductance(a, n - 1, 1), ...conductance(a, (a + 1) % (n - 1), 1));
    const { start } = triangularBlocks(matrix(n + 1, entries).pattern);
    const sizes = [...start].slice(1).map((to, b) => to - start[b]!);
    expect(sizes.sort((a, b) => a - b)).toEqual([1, 1, n - 1]);
  });
});
