import { type FactoredMatrix, factoredMatrix } from "../linear/choose.js";
import type { Furnished } from "../linear/room.js";
import { worst } from "../step-control.js";
import { boundedOf, diagonalOf, type Linearization, type System } from "../system.js";
import type { StepArrays } from "./step-room.js";

/** Error left by the iteration, as part of the tolerated one: small, so that high differences are not noise. */
export const accuracy = 0.02;
const maxIterations = 8;
/** Corrections of junctions may grow before they shrink: where there are any, more are made. */
const maxOfBent = 20;
/** So many more are made while junctions are led to where they belong. */
const mostLed = 40;
/** So often junctions pass on what they cannot take: where that leads nowhere, each goes its own way. */
const mostPassed = 8;
/** Corrections that shrink more slowly than this ask for a factorisation at every point. */
const slow = 0.2;
/** Corrections are not trusted to shrink faster than this: a diode may wake up in the very next step. */
const fastest = 0.015;
/** … nor than this where the matrix was but refreshed. */
const doubtful = 0.1;
/** How trust in that is lost with every step that does not measure it: quickly, or slowly where all seems linear. */
const forget = { nonlinear: 1.5, linear: 1.1 };
/** Corrections that shrink faster than this are those of a linear system. */
const linear = 1e-4;

/**
 * Newton's method for one implicit stage, α q(x) + β + f(t, x) = 0, from a good guess. It keeps its factors while α
 * stays and corrections shrink fast, over many steps; and it knows when one correction is enough. All that is asked within
 * an iteration stands in this one file.
 */
export class Corrector {
  /** Of the last load. */
  readonly at: Linearization;
  readonly matrix: FactoredMatrix;
  readonly q: Float64Array; // size n: at the solution
  readonly parked: Uint8Array; // size n: 1 at the edge of its range and pushed outward; its equation is not obeyed
  readonly beyond: Float64Array; // size n: how far the solution would lie outside of its range
  iterations = 0;
  /** When the iteration diverged: the unknown whose last change was largest in its tolerance, or was not finite. */
  worst = -1;
  /** By how much it changed, in its unit. */
  change = NaN;
  /** When the matrix is singular: its column. */
  column = -1;
  readonly #system: System;
  readonly #step: Float64Array; // size n: the last correction
  readonly #values: Float64Array; // size nnz
  readonly #bounded: Int32Array; // unknowns with a range
  readonly #own: Int32Array; // size bounded: the entry of each in its own row; −1 where there is none
  readonly #kept: Float64Array; // size bounded: where each is kept
  readonly #voltage: Float64Array; // size junctions: where each was evaluated last
  #alpha = NaN; // of the factors
  #isExact = false; // whether one correction by the factors is all that it takes
  #rate = doubtful; // how much a correction is smaller than the one before, where that was measured last
  #doubt = 1 / doubtful; // how much larger it is thought to be by now
  #forget = forget.nonlinear;

  constructor(
    system: System,
    readonly room: Furnished<StepArrays>,
    matrix = factoredMatrix(system.pattern),
  ) {
    const n = system.pattern.size;
    this.#system = system;
    const { q, f, C, G, step, movedQ } = room.arrays;
    this.at = { q, f, C, G };
    this.matrix = matrix;
    this.q = movedQ;
    this.beyond = new Float64Array(n);
    this.#step = step;
    this.#values = room.arrays.values;
    this.#bounded = boundedOf(system);
    this.#own = this.#bounded.map((i) => diagonalOf(system.pattern, i));
    this.#kept = new Float64Array(this.#bounded.length);
    this.parked = new Uint8Array(n);
    this.#voltage = new Float64Array(system.junctions?.count ?? 0);
  }

  /**
   * Moves x from the guess to the solution; `last` is the solution before, from where junctions are led. A guess that is not
   * predicted is that solution.
   */
  correct(
    t: number,
    alpha: number,
    beta: Float64Array,
    x: Float64Array,
    last: Float64Array,
    weight: Float64Array,
    isPredicted = true,
  ): "found" | "diverged" | "singular" {
    for (let k = 0; k < this.#bounded.length; k++) this.parked[this.#bounded[k]!] = 0;
    this.#system.junctions?.take(last, this.#voltage);
    const isBent = this.#voltage.length > 0;
    const most = isBent ? maxOfBent : maxIterations;
    let previous = Infinity;
    let led = 0;
    let isStill = false;
    for (let k = 0; k < most + led; k++) {
      this.iterations++;
      const isLed = this.#load(t, x, led, isStill);
      if (isLed) {
        led++;
        this.#rate = this.#doubt = 1;
      }
      const renew = alpha !== this.#alpha || this.#doubt * this.#rate > slow;
      if (!this.#takeResidual(alpha, beta) || (renew && !this.#assemble(alpha))) return "diverged";
      const isFresh = renew && !this.#refresh(alpha);
      if (isFresh && !this.#factor(alpha)) return "singular";
      if (isFresh) this.#trust();
      this.#solve();
      if (k === 0 && this.#isAstray(x, alpha, beta)) return "diverged";
      if (k === 0 && this.#park(x)) {
        this.#takeResidual(alpha, beta);
        this.#solve();
      }
      const size = this.#move(x, weight);
      if (!Number.isFinite(size)) break;
      isStill = isLed && size <= accuracy;
      if (isLed) continue;
      if (this.#isExact) return "found";
      this.#learn(k === led || (!isPredicted && k === led + 1) ? undefined : size / previous);
      const rate = Math.min(this.#doubt * this.#rate, 0.9);
      const isTold = isPredicted || k > led + 1; // else the first correction was what the sources have moved
      if (isTold && (size * rate) / (1 - rate) <= accuracy) return "found";
      if (k > led && size <= accuracy) return "found";
      if (isFresh && size > 2 * previous && !isBent) break;
      previous = size;
    }
    this.worst = worst(weight, this.#step);
    this.change = Math.abs(this.#step[this.worst] ?? NaN);
    this.#rate = 1;
    return "diverged";
  }

  /** True if junctions are on the way to where x has them. Where x stands still, they are taken there. */
  #load(t: number, x: Float64Array, led: number, isStill: boolean): boolean {
    const { junctions } = this.#system;
    if (isStill) junctions!.take(x, this.#voltage);
    const isThere = junctions === undefined || isStill || led === mostLed;
    const arrived = isThere || junctions.approach(x, this.#voltage, this.at.G, led < mostPassed);
    if (arrived) this.#system.load(t, x, this.at);
    else junctions.load(t, x, this.#voltage, this.at);
    return !arrived;
  }

  /** Corrections by a factor made just now shrink well, unless it was measured that they do not. */
  #trust(): void {
    if (this.#rate <= slow) this.#doubt = Math.min(this.#doubt, Math.max(1, doubtful / this.#rate));
  }

  #learn(measured: number | undefined): void {
    if (measured === undefined) this.#doubt *= this.#forget;
    else {
      this.#doubt = 1;
      this.#rate = Math.max(measured, fastest);
      this.#forget = measured < linear ? forget.linear : forget.nonlinear;
    }
  }

  /** Writes αq + β + f into the step. False, and says where, if it is not finite. */
  #takeResidual(alpha: number, beta: Float64Array): boolean {
    const { q, f } = this.at;
    const place = this.room.kernels.addUp(q.length, alpha, q, beta, f, this.#step);
    return place < 0 || this.#blame(place);
  }

  /** Writes G + αC of the last load into the values. False, and says in which column, if it is not finite. */
  #assemble(alpha: number): boolean {
    const values = this.#values;
    const { arrays, kernels } = this.room;
    const { charges } = arrays.fixed;
    const { C, G } = this.at;
    const entry = kernels.assembleSlopes(values.length, charges.entry.length, charges, alpha, C, G, values);
    return entry < 0 || this.#blame(this.#columnOf(entry));
  }

  #columnOf(entry: number): number {
    return this.#system.pattern.columnStart.findIndex((start) => start > entry) - 1;
  }

  #blame(unknown: number): false {
    this.worst = unknown;
    this.change = NaN;
    return false;
  }

  /** Factors G + αC of the last load. False if it is singular. */
  factor(alpha: number): boolean {
    this.#assemble(alpha);
    return this.#factor(alpha);
  }

  #factor(alpha: number): boolean {
    this.#isExact = this.#system.isLinear === true;
    const singular = this.matrix.factor(this.#values);
    this.#alpha = singular === undefined ? alpha : NaN;
    this.column = singular?.column ?? -1;
    return singular === undefined;
  }

  /** Goes over to another α without factoring anew where that may do: what it is good for is measured at once. */
  #refresh(alpha: number): boolean {
    if (this.#rate > slow || !this.matrix.refresh(this.#values)) return false;
    this.#alpha = alpha;
    this.#isExact = false;
    this.#doubt = 1;
    this.#rate = Math.max(this.#rate, doubtful);
    return true;
  }

  /** The equation of what is parked is not obeyed: what it is off by moves nothing else, in no correction. */
  #solve(): void {
    for (let k = 0; k < this.#bounded.length; k++) {
      const i = this.#bounded[k]!;
      if (this.parked[i] === 1) this.#step[i] = 0;
    }
    this.matrix.solve(this.#step);
  }

  /**
   * Whether an unknown at the edge of its range is sent out of it though its law draws it in: a law that runs away faster
   * than the step is short, so that its slope has turned and the solution nearby is none of the trajectory's.
   */
  #isAstray(x: Float64Array, alpha: number, beta: Float64Array): boolean {
    const { lower, upper } = this.#system;
    const { q, f, C, G } = this.at;
    for (let k = 0; k < this.#bounded.length; k++) {
      const i = this.#bounded[k]!;
      const step = this.#step[i]!;
      if (!(step < 0 ? x[i]! >= upper[i]! : step > 0 && x[i]! <= lower[i]!)) continue;
      const own = this.#own[k]!;
      if (own < 0 || G[own]! + alpha * C[own]! >= 0 || (alpha * q[i]! + beta[i]! + f[i]!) * step >= 0) continue;
      this.worst = i;
      this.change = Math.abs(step);
      return true;
    }
    return false;
  }

  /** Marks unknowns that stand at the edge of their range and would leave it; true if there are any. */
  #park(x: Float64Array): boolean {
    const { lower, upper } = this.#system;
    let any = false;
    for (let k = 0; k < this.#bounded.length; k++) {
      const i = this.#bounded[k]!;
      const to = x[i]! - this.#step[i]!;
      if (!(to > upper[i]! ? x[i]! >= upper[i]! : to < lower[i]! && x[i]! <= lower[i]!)) continue;
      this.parked[i] = 1;
      any = true;
    }
    return any;
  }

  /**
   * x −= step, kept in range; q follows by its slope, so that no further load is needed. Gives the largest part of its
   * tolerance that an unknown was moved by, NaN where one is not finite.
   */
  #move(x: Float64Array, weight: Float64Array): number {
    this.#keepStep(x);
    const { arrays, kernels } = this.room;
    const size = kernels.moveBy(x.length, this.#step, weight, x);
    const bounded = this.#bounded;
    for (let k = 0; k < bounded.length; k++) x[bounded[k]!] = this.#kept[k]!;
    const { charges } = arrays.fixed;
    kernels.moveCharges(x.length, charges.entry.length, charges, this.at.C, this.#step, this.at.q, this.q);
    return size;
  }

  /** Shortens the step where it would leave the range of an unknown. */
  #keepStep(x: Float64Array): void {
    const { lower, upper } = this.#system;
    const step = this.#step;
    for (let k = 0; k < this.#bounded.length; k++) {
      const j = this.#bounded[k]!;
      const to = this.parked[j] === 1 ? x[j]! : x[j]! - step[j]!;
      const kept = Math.min(Math.max(to, lower[j]!), upper[j]!);
      this.beyond[j] = to - kept;
      this.#kept[k] = kept;
      step[j] = x[j]! - kept;
    }
  }
}
