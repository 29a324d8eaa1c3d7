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
 * are moved by a bounded amount. One that holds a charge itself is not asked: what α is too small for has a long way
 * to go before it is bounded.
 */
export function differentiated(system: Linearized, alpha: number, size: Float64Array, out: Uint8Array): void {
  inProportion(system, alpha, size, out);
  for (let j = 0; j < out.length; j++) if (holdsCharge(system.pattern, system.at, j)) out[j] = 0;
}

/** The same for all unknowns, at an α so large that every charge answers at once. */
export function inProportion(system: Linearized, alpha: number, size: Float64Array, out: Uint8Array): void {
  out.fill(0);
  const slow = response(system, alpha, size);
  const fast = response(system, apart * alpha, size);
  if (slow === undefined || fast === undefined) return;
  for (let j = 0; j < out.length; j++) {
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
  const out = new Float64Array(size.length);
  disturb(system, alpha, size, 0, out);
  return out;
}

/** Writes (G + αC)⁻¹ α C applied to the sizes with signs by the given throw; `matrix` must hold G + αC. */
function disturb(
  { pattern, at, matrix }: Linearized,
  alpha: number,
  size: Float64Array,
  toss: number,
  out: Float64Array,
) {
  const { columnStart, row } = pattern;
  out.fill(0);
  for (let j = 0; j < size.length; j++) {
    const disturbance = alpha * size[j]! * sign(j, toss);
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) out[row[e]!]! += at.C[e]! * disturbance;
  }
  matrix.solve(out);
}

/**
 * What differences of the tolerated size, in unknowns that hold a charge, make of each unknown beyond its own: no more
 * can be asked of it. A current may be the difference of two voltages over a small resistance, or a charge's
 * derivative; and so may the voltage of a node that but a stray capacitance holds. `matrix` must hold G + αC.
 */
export function propagated(system: Linearized, alpha: number, weight: Float64Array, out: Float64Array): void {
  const moved = new Float64Array(out.length);
  out.fill(0);
  for (let toss = 0; toss < 4; toss++) {
    disturb(system, alpha, weight, toss, moved);
    for (let j = 0; j < out.length; j++) out[j] = Math.max(out[j]!, Math.abs(moved[j]!) - weight[j]!);
  }
}

/**
 * What rounding makes of each unknown: a solution whose residual is a last digit of the terms that cancel in it. A
 * charge is one number at both ends of its capacitor, whatever voltage the two have in common, so that its digits are
 * those of the row's charge. `matrix` must hold G + αC.
 */
export function rounding(
  { pattern, at, matrix }: Omit<Linearized, "factor">,
  alpha: number,
  x: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < x.length; i++) out[i] = alpha * Math.abs(at.q[i]!) * Number.EPSILON;
  for (let j = 0; j < x.length; j++) {
    const size = Math.abs(x[j]!) * Number.EPSILON;
    if (size === 0) continue;
    for (let e = pattern.columnStart[j]!; e < pattern.columnStart[j + 1]!; e++) {
      out[pattern.row[e]!]! += Math.abs(at.G[e]!) * size;
    }
  }
  for (let i = 0; i < x.length; i++) out[i]! *= uneven(i);
  matrix.solve(out);
  for (let i = 0; i < x.length; i++) out[i] = Math.abs(out[i]!);
}

/** This throw has all disturbances of one sign: what many capacitors along a line add up to in its current. */
const alike = 3;
// Without a pattern that a circuit could have, so that disturbances do not cancel.
const hash = (i: number): number => Math.imul(i, 0x9e3779b1) >>> 15;
const sign = (i: number, toss = 0): number => (toss === alike || hash(i + 1 + 7919 * toss) & 1 ? 1 : -1);
/** A sign with a size between a half and one: what is equal and opposite in two rows stays apart. */
const uneven = (i: number): number => sign(i) * (0.5 + (hash(i + 1) & 0xfffe) / 0x20000);
