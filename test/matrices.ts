import { type LinearSolver, Singular } from "../src/numerics/linear/linear-solver.js";
import type { Pattern } from "../src/numerics/system.js";

// Sparse matrices for tests of linear solvers.

export interface Matrix {
  readonly pattern: Pattern;
  readonly values: Float64Array;
}

export type Entry = readonly [row: number, column: number, value: number];

/** Entries at the same place are added. */
export function matrix(size: number, entries: Iterable<Entry>): Matrix {
  const columns = Array.from({ length: size }, () => new Map<number, number>());
  for (const [i, j, value] of entries) columns[j]!.set(i, (columns[j]!.get(i) ?? 0) + value);
  const sorted = columns.map((column) => [...column].sort(([a], [b]) => a - b));
  const columnStart = new Int32Array(size + 1);
  sorted.forEach((column, j) => {
    columnStart[j + 1] = columnStart[j]! + column.length;
  });
  const pattern = { size, columnStart, row: Int32Array.from(sorted.flat(), ([i]) => i) };
  return { pattern, values: Float64Array.from(sorted.flat(), ([, value]) => value) };
}

/** The entries of a conductance between nodes a and b; −1 is ground. */
export function* conductance(a: number, b: number, g: number): Generator<Entry> {
  if (a >= 0) yield [a, a, g];
  if (b >= 0) yield [b, b, g];
  if (a >= 0 && b >= 0) yield* [[a, b, -g] as const, [b, a, -g] as const];
}

/** A square grid of conductances, each node with a little to ground. */
export function grid(width: number, height: number): Matrix {
  const entries: Entry[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const a = y * width + x;
      entries.push(...conductance(a, -1, 0.01));
      if (x + 1 < width) entries.push(...conductance(a, a + 1, 1));
      if (y + 1 < height) entries.push(...conductance(a, a + width, 1));
    }
  }
  return matrix(width * height, entries);
}

export function multiply({ pattern: { size, columnStart, row }, values }: Matrix, x: Float64Array): Float64Array {
  const b = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) b[row[e]!]! += values[e]! * x[j]!;
  }
  return b;
}

/** b − A x */
export const residual = (A: Matrix, x: Float64Array, b: Float64Array): Float64Array =>
  multiply(A, x).map((value, i) => b[i]! - value);

/** ‖A x − b‖ / (‖A‖ ‖x‖ + ‖b‖), largest entries. */
export function backwardError(A: Matrix, x: Float64Array, b: Float64Array): number {
  const size = (v: Float64Array): number => v.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return size(residual(A, x, b)) / (A.pattern.size * size(A.values) * size(x) + size(b));
}

export function solved<Order, Factors>(
  solver: LinearSolver<Order, Factors>,
  A: Matrix,
  b: Float64Array,
): Float64Array | Singular {
  const factors = solver.factor(solver.analyze(A.pattern), A.values);
  if (factors instanceof Singular) return factors;
  const x = b.slice();
  solver.solve(factors, x);
  return x;
}

/** A right-hand side without a pattern. */
export const rightSide = ({ pattern: { size } }: Matrix): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => Math.sin(i + 1));
