import type { FactoredMatrix } from "./linear/choose.js";
import type { Linearization, Pattern } from "./system.js";

/** A system at one point, with the matrix G + αC that belongs to it. */
export interface Linearized {
  readonly pattern: Pattern;
  readonly at: Linearization;
  readonly matrix: FactoredMatrix;
  /** Factors G + αC; false if it is singular. */
  factor(alpha: number): boolean;
}

/** How far apart the two α are that tell the kinds of unknowns apart. */
const apart = 64;

/**
 * Marks the unknowns that follow from the *derivative* of others (index 2), such as the current of a capacitor across
 * a voltage source: a disturbance of the charges moves them in proportion to α, however large α is, while all others
 * are moved by a bounded amount. With α = 1/h the answer holds for steps of about h: what a resistance of some µΩ
 * makes of such a current is no different to a step much longer than its time constant.
 */
export function differentiated(system: Linearized, alpha: number, size: Float64Array, out: Uint8Array): void {
  out.fill(0);
  const slow = response(system, alpha, size);
  const fast = response(system, apart * alpha, size);
  if (slow === undefined || fast === undefined) return;
  const { pattern, at } = system;
  for (let j = 0; j < out.length; j++) {
    if (holdsCharge(pattern, at, j)) continue;
    const moved = Math.abs(fast[j]!);
    if (moved > 0.125 * apart * Math.abs(slow[j]!) && moved > 1e-3 * size[j]!) out[j] = 1;
  }
}

/** Whether a charge depends on unknown j. */
export function holdsCharge({ columnStart }: Pattern, { C }: Linearization, j: number): boolean {
  for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) if (C[e] !== 0) return true;
  return false;
}

/** How the unknowns move, at a given α, when those that hold a charge are disturbed by their size. */
function response(system: Linearized, alpha: number, size: Float64Array): Float64Array | undefined {
  if (!system.factor(alpha)) return undefined;
  const { pattern, at, matrix } = system;
  const out = new Float64Array(size.length);
  for (let j = 0; j < size.length; j++) {
    const disturbance = size[j]! * sign(j);
    for (let e = pattern.columnStart[j]!; e < pattern.columnStart[j + 1]!; e++) {
      out[pattern.row[e]!]! += alpha * at.C[e]! * disturbance;
    }
  }
  matrix.solve(out);
  return out;
}

/**
 * What rounding makes of each unknown: a solution whose residual is a last digit of the terms that cancel in it.
 * `matrix` must hold G + αC.
 */
export function rounding({ pattern, at, matrix }: Linearized, alpha: number, x: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let j = 0; j < x.length; j++) {
    const size = Math.abs(x[j]!) * Number.EPSILON;
    if (size === 0) continue;
    for (let e = pattern.columnStart[j]!; e < pattern.columnStart[j + 1]!; e++) {
      out[pattern.row[e]!]! += (Math.abs(at.G[e]!) + alpha * Math.abs(at.C[e]!)) * size;
    }
  }
  for (let i = 0; i < x.length; i++) out[i]! *= sign(i);
  matrix.solve(out);
  for (let i = 0; i < x.length; i++) out[i] = Math.abs(out[i]!);
}

// Signs without a pattern that a circuit could have, so that disturbances do not cancel.
const sign = (i: number): number => ((Math.imul(i + 1, 0x9e3779b1) >>> 15) & 1 ? 1 : -1);
