import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factoredMatrix } from "../src/numerics/linear/choose.js";
import { denseLu } from "../src/numerics/linear/dense-lu.js";
import { Singular } from "../src/numerics/linear/linear-solver.js";
import { symmetric } from "../src/numerics/linear/symmetric.js";
import {
  backwardError,
  conductance,
  type Entry,
  grid,
  type Matrix,
  matrix,
  residual,
  rightSide,
  solved,
} from "./matrices.js";
import { matrixOf, networks } from "./networks.js";

const number = fc.double({ min: -1, max: 1, noNaN: true });

/** The largest difference of two solutions, over the largest value. */
function difference(one: Float64Array, other: Float64Array): number {
  const size = one.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0) / size;
}

describe("the symmetric solver", () => {
  test("solves circuits of conductances, memristors and sources as the full matrix does", () => {
    fc.assert(
      fc.property(networks(), (network) => {
        const A = matrixOf(network);
        const b = rightSide(A);
        const [one, other] = [solved(symmetric, A, b), solved(denseLu, A, b)];
        if (one instanceof Singular || other instanceof Singular) return false;
        expect(backwardError(A, one, b)).toBeLessThan(1e-10);
        expect(difference(one, other)).toBeLessThan(1e-6);
        return true;
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  test("solves, or refuses, where conductances may be negative", () => {
    let refused = 0;
    fc.assert(
      fc.property(networks(), fc.infiniteStream(fc.boolean()), (network, isNegative) => {
        const chords = network.chords.map(([a, b, g]) => [a, b, isNegative.next().value ? -g : g] as const);
        const A = matrixOf({ ...network, chords }, -1);
        const b = rightSide(A);
        const x = solved(symmetric, A, b);
        if (x instanceof Singular) refused++;
        return x instanceof Singular || backwardError(A, x, b) < 1e-8;
      }),
      { seed: 2, numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(20);
  });

  test("refuses what is not symmetric", () => {
    fc.assert(
      fc.property(networks(), fc.nat(), number, (network, pick, change) => {
        const A = matrixOf({ ...network, memristors: [], sources: [] });
        const off = [...A.values.keys()].filter((e) => A.values[e]! < 0);
        if (off.length === 0 || Math.abs(change) < 1e-3) return true;
        A.values[off[pick % off.length]!]! *= 1 + change;
        const b = rightSide(A);
        const x = solved(symmetric, A, b);
        // Two nodes of which one is a pendant have no mirrored entries left.
        return x instanceof Singular || backwardError(A, x, b) < 1e-10;
      }),
      { seed: 3 },
    );
    const { pattern, values } = grid(8, 8);
    values[40]! *= 1.001;
    expect(symmetric.factor(symmetric.analyze(pattern), values)).toBeInstanceOf(Singular);
  });

  test("refuses numbers that are none, and nodes that float", () => {
    const { pattern, values } = grid(8, 8);
    const none = values.slice();
    none[17] = Number.NaN;
    expect(symmetric.factor(symmetric.analyze(pattern), none)).toBeInstanceOf(Singular);
    const entries: Entry[] = [];
    for (let a = 1; a < 50; a++) entries.push(...conductance(a, a - 1, 1), ...conductance(a, (a * a) % a, 1));
    expect(solved(symmetric, matrix(50, entries), new Float64Array(50))).toBeInstanceOf(Singular);
  });

  test("takes what is cheap of new numbers, for an iteration", () => {
    // Every third node of a large grid has a state, which the second matrix lets follow a little faster.
    const size = 90;
    const states = (size * size) / 3;
    const A = (pivot: number): Matrix => {
      const { pattern, values } = grid(size, size);
      const entries: Entry[] = [];
      for (let j = 0; j < pattern.size; j++) {
        for (let e = pattern.columnStart[j]!; e < pattern.columnStart[j + 1]!; e++) {
          entries.push([pattern.row[e]!, j, values[e]!]);
        }
      }
      for (let k = 0; k < states; k++) {
        const state = size * size + k;
        entries.push([state, state, pivot], [3 * k, state, 0.3], [state, 3 * k, -2]);
      }
      return matrix(size * size + states, entries);
    };
    const [first, second] = [A(16), A(12)];
    const factors = symmetric.factor(symmetric.analyze(first.pattern), first.values);
    if (factors instanceof Singular) throw new Error("It is positive definite.");
    expect(symmetric.refresh?.(factors, second.values)).toBe(true);
    const b = rightSide(second);
    const x = new Float64Array(b.length);
    let before = Infinity;
    for (let k = 0; k < 12; k++) {
      const rest = residual(second, x, b);
      const size = rest.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(size).toBeLessThan(0.3 * before + 1e-12);
      before = size;
      symmetric.solve(factors, rest);
      for (let i = 0; i < x.length; i++) x[i]! += rest[i]!;
    }
    expect(backwardError(second, x, b)).toBeLessThan(1e-10);
  });

  test("factors a grid of 10 000 nodes to rounding", () => {
    const A = grid(100, 100);
    const b = rightSide(A);
    const x = solved(symmetric, A, b);
    expect(x).not.toBeInstanceOf(Singular);
    expect(backwardError(A, x as Float64Array, b)).toBeLessThan(1e-14);
  });
});

describe("a matrix that ceases to be positive definite", () => {
  const { pattern, values } = grid(20, 20);
  const b = rightSide({ pattern, values });

  test("is solved all the same, and symmetric ones again behind it", () => {
    const factored = factoredMatrix(pattern);
    for (const sign of [1, -1, 1]) {
      const turned = values.map((value) => sign * value);
      expect(factored.factor(turned)).toBeUndefined();
      const x = b.slice();
      factored.solve(x);
      expect(backwardError({ pattern, values: turned }, x, b)).toBeLessThan(1e-14);
    }
    expect(factored.factorizations).toBe(3);
  });
});
