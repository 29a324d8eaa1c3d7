import { plainRoom, type Room } from "./kernel-room.js";
import type { FactoredMatrix } from "./linear/choose.js";
import type { Disturbed } from "./linear/kernels/errors.js";
import { type Kernels, plainKernels } from "./linear/kernels/index.js";
import type { Linearization, Pattern } from "./system.js";

/** A system at one point, with the matrix G + αC that belongs to it. */
export interface Linearized {
  readonly pattern: Pattern;
  readonly at: Linearization;
  readonly matrix: FactoredMatrix;
  /** Factors G + αC; false if it is singular. */
  factor(alpha: number): boolean;
  /** Where all of it lies, if it lies in one. */
  readonly room?: ConditioningRoom;
}

/** Kernels, and what they need to know. */
interface ConditioningRoom {
  readonly arrays: { readonly fixed: { readonly disturbed: Disturbed }; readonly moved?: Float64Array };
  readonly kernels: Kernels;
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
function disturb(system: Linearized, alpha: number, size: Float64Array, toss: number, out: Float64Array): void {
  const { pattern, at, matrix } = system;
  const { arrays, kernels } = system.room ?? roomOf(pattern);
  kernels.disturbCharges(size.length, arrays.fixed.disturbed, alpha, at.C, size, toss, out);
  matrix.solve(out);
}

/**
 * What differences of the tolerated size, in unknowns that hold a charge, make of each unknown beyond its own: no more
 * can be asked of it. A current may be the difference of two voltages over a small resistance, or a charge's
 * derivative; and so may the voltage of a node that but a stray capacitance holds. `matrix` must hold G + αC.
 */
export function propagated(system: Linearized, alpha: number, weight: Float64Array, out: Float64Array): void {
  const { arrays, kernels } = system.room ?? roomOf(system.pattern);
  const moved = arrays.moved ?? new Float64Array(out.length);
  out.fill(0);
  for (let toss = 0; toss < tosses; toss++) {
    disturb(system, alpha, weight, toss, moved);
    kernels.keepBeyond(out.length, moved, weight, out);
  }
}

/**
 * What rounding makes of each unknown: a solution whose residual is a last digit of the terms that cancel in
 * it. A charge is one number at both ends of its capacitor, whatever voltage the two have in common, so that its digits are
 * those of the row's charge. `matrix` must hold G + αC.
 */
export function rounding(
  { pattern, at, matrix, room }: Omit<Linearized, "factor">,
  alpha: number,
  x: Float64Array,
  out: Float64Array,
): void {
  const { arrays, kernels } = room ?? roomOf(pattern);
  kernels.addDigits(x.length, arrays.fixed.disturbed, alpha, at.q, at.G, x, out);
  matrix.solve(out);
  kernels.takeSizes(x.length, out);
}

const tosses = 4;
/** This throw has all disturbances of one sign: what many capacitors along a line add up to in its current. */
const alike = 3;
// Without a pattern that a circuit could have, so that disturbances do not cancel.
const hash = (i: number): number => Math.imul(i, 0x9e3779b1) >>> 15;
const sign = (i: number, toss = 0): number => (toss === alike || hash(i + 1 + 7919 * toss) & 1 ? 1 : -1);
/** A sign with a size between a half and one: what is equal and opposite in two rows stays apart. */
const uneven = (i: number): number => sign(i) * (0.5 + (hash(i + 1) & 0xfffe) / 0x20000);

/** What kernels know of how a matrix is disturbed, in a room. */
export function disturbedIn(room: Room, { size, columnStart, row }: Pattern): Disturbed {
  const signs = room.ints(size);
  const sizes = room.doubles(size);
  for (let i = 0; i < signs.length; i++) {
    for (let toss = 0; toss < tosses; toss++) if (sign(i, toss) > 0) signs[i]! |= 1 << toss;
    sizes[i] = uneven(i);
  }
  return { columnStart: room.ints(columnStart), row: room.ints(row), signs, uneven: sizes };
}

/** For those who have no room of their own. */
function roomOf(pattern: Pattern): ConditioningRoom {
  const found = known.get(pattern) ?? {
    arrays: { fixed: { disturbed: disturbedIn(plainRoom, pattern) } },
    kernels: plainKernels,
  };
  known.set(pattern, found);
  return found;
}

const known = new WeakMap<Pattern, ConditioningRoom>();
