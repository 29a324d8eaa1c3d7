import type { Pattern } from "../system.js";
import { cancelled } from "./kernels/lu-columns.js";
import { type LinearSolver, Singular } from "./linear-solver.js";

interface Factors {
  readonly pattern: Pattern;
  readonly lu: Float64Array; // size n × n, row-major: L below the diagonal (its own is 1), U on and above it
  readonly pivot: Int32Array; // size n: the row that was swapped with row k in step k
  readonly scale: Float64Array; // size n: one over the largest entry of each row of A
  readonly size: Float64Array; // size n: the largest entry of each column of A, rows scaled
}

/** LU with partial pivoting of the rows, each scaled to 1, on the full matrix: for small systems. */
export const denseLu: LinearSolver<Pattern, Factors> = {
  analyze: (pattern) => pattern,

  factor(pattern, values) {
    const n = pattern.size;
    return denseLu.refactor(
      {
        pattern,
        lu: new Float64Array(n * n),
        pivot: new Int32Array(n),
        scale: new Float64Array(n),
        size: new Float64Array(n),
      },
      values,
    );
  },

  refactor(factors, values) {
    scatterScaled(factors, values);
    const { pattern, lu, pivot, size } = factors;
    const n = pattern.size;
    for (let k = 0; k < n; k++) {
      const best = largestBelow(lu, n, k);
      pivot[k] = best;
      if (best !== k) swapRows(lu, n, k, best);
      const diagonal = lu[k * n + k]!;
      // Written so that a value that is not a number is refused too.
      if (!(Math.abs(diagonal) > cancelled * size[k]!)) return new Singular(k);
      for (let i = k + 1; i < n; i++) {
        const at = i * n;
        if (lu[at + k] === 0) continue;
        const l = (lu[at + k]! /= diagonal);
        for (let j = k + 1; j < n; j++) lu[at + j]! -= l * lu[k * n + j]!;
      }
    }
    return factors;
  },

  solve({ pattern: { size: n }, lu, pivot, scale }, b) {
    for (let i = 0; i < n; i++) b[i]! *= scale[i]!;
    for (let k = 0; k < n; k++) {
      const swapped = b[pivot[k]!]!;
      b[pivot[k]!] = b[k]!;
      b[k] = swapped;
    }
    for (let i = 1; i < n; i++) {
      let sum = b[i]!;
      for (let j = 0; j < i; j++) sum -= lu[i * n + j]! * b[j]!;
      b[i] = sum;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = b[i]!;
      for (let j = i + 1; j < n; j++) sum -= lu[i * n + j]! * b[j]!;
      b[i] = sum / lu[i * n + i]!;
    }
  },
};

/** Writes A with each row divided by its largest entry, so that pivots of rows in V, A and S can be compared. */
function scatterScaled(
  { pattern: { size: n, columnStart, row }, lu, scale, size }: Factors,
  values: Float64Array,
): void {
  // Plain loops, here and below: for matrices as small as these, calls of `fill` take longer than all else.
  for (let i = 0; i < n; i++) scale[i] = 0;
  for (let e = 0; e < row.length; e++) {
    const magnitude = Math.abs(values[e]!);
    if (magnitude > scale[row[e]!]!) scale[row[e]!] = magnitude;
  }
  for (let i = 0; i < n; i++) scale[i] = scale[i]! > 0 ? 1 / scale[i]! : 1;
  for (let k = 0; k < lu.length; k++) lu[k] = 0;
  for (let j = 0; j < n; j++) {
    let largest = 0;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const value = values[e]! * scale[row[e]!]!;
      lu[row[e]! * n + j]! += value;
      largest = Math.max(largest, Math.abs(value));
    }
    size[j] = largest;
  }
}

function largestBelow(lu: Float64Array, n: number, k: number): number {
  let best = k;
  let largest = Math.abs(lu[k * n + k]!);
  for (let i = k + 1; i < n; i++) {
    const magnitude = Math.abs(lu[i * n + k]!);
    if (magnitude > largest) {
      largest = magnitude;
      best = i;
    }
  }
  return best;
}

function swapRows(lu: Float64Array, n: number, i: number, k: number): void {
  for (let j = 0; j < n; j++) {
    const swapped = lu[i * n + j]!;
    lu[i * n + j] = lu[k * n + j]!;
    lu[k * n + j] = swapped;
  }
}
