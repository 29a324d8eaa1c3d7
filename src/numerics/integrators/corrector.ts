import { type FactoredMatrix, factoredMatrix } from "../linear/choose.js";
import { measure, worst } from "../step-control.js";
import { type Linearization, linearization, type System } from "../system.js";

/** Error left by the iteration, as part of the tolerated one: small, so that high differences are not noise. */
export const accuracy = 0.02;
const maxIterations = 8;
/** Corrections of junctions may grow before they shrink: where there are any, more are made. */
const maxOfBent = 20;
/** So many more are made while junctions are led to where they belong. */
const mostLed = 40;
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
 * stays and corrections shrink fast, over many steps; and it knows when one correction is enough.
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
  readonly #voltage: Float64Array; // size junctions: where each was evaluated last
  #alpha = NaN; // of the factors
  #rate = 1; // how much a correction is smaller than the one before
  #forget = forget.nonlinear;

  constructor(system: System) {
    const n = system.pattern.size;
    this.#system = system;
    this.at = linearization(system);
    this.matrix = factoredMatrix(system.pattern);
    this.q = new Float64Array(n);
    this.beyond = new Float64Array(n);
    this.#step = new Float64Array(n);
    this.#values = new Float64Array(system.pattern.row.length);
    this.parked = new Uint8Array(n);
    this.#voltage = new Float64Array(system.junctions?.count ?? 0);
  }

  /** Moves x from the guess to the solution; `last` is the solution before, from where junctions are led. */
  correct(
    t: number,
    alpha: number,
    beta: Float64Array,
    x: Float64Array,
    last: Float64Array,
    weight: Float64Array,
  ): "found" | "diverged" | "singular" {
    this.parked.fill(0);
    this.#system.junctions?.take(last, this.#voltage);
    const isBent = this.#voltage.length > 0;
    const most = isBent ? maxOfBent : maxIterations;
    let previous = Infinity;
    let led = 0;
    for (let k = 0; k < most + led; k++) {
      this.iterations++;
      const isLed = this.#load(t, x, led);
      if (isLed) {
        led++;
        this.#rate = 1;
      }
      const renew = alpha !== this.#alpha || this.#rate > slow;
      if (!this.#isFinite(renew)) return "diverged";
      const isFresh = renew && !this.#refresh(alpha);
      if (isFresh && !this.factor(alpha)) return "singular";
      this.#solve(alpha, beta);
      if (k === 0 && this.#park(x)) this.#solve(alpha, beta);
      this.#move(x);
      const size = measure(weight, this.#step);
      if (!Number.isFinite(size)) break;
      if (isLed) continue;
      this.#learn(k === led ? undefined : size / previous);
      const rate = Math.min(this.#rate, 0.9);
      if ((size * rate) / (1 - rate) <= accuracy || (k > led && size <= accuracy)) return "found";
      if (isFresh && size > 2 * previous && !isBent) break;
      previous = size;
    }
    this.worst = worst(weight, this.#step);
    this.change = Math.abs(this.#step[this.worst] ?? NaN);
    this.#rate = 1;
    return "diverged";
  }

  /** True if junctions are on the way to where x has them. */
  #load(t: number, x: Float64Array, led: number): boolean {
    const { junctions } = this.#system;
    const arrived = junctions === undefined || led === mostLed || junctions.approach(x, this.#voltage);
    if (arrived) this.#system.load(t, x, this.at);
    else junctions.load(t, x, this.#voltage, this.at);
    return !arrived;
  }

  #learn(measured: number | undefined): void {
    if (measured === undefined) this.#rate = Math.min(1, this.#rate * this.#forget);
    else {
      this.#rate = Math.max(measured, fastest);
      this.#forget = measured < linear ? forget.linear : forget.nonlinear;
    }
  }

  /** Whether what was loaded is finite: the right-hand side, and the slopes where they are needed; else says where. */
  #isFinite(slopes: boolean): boolean {
    const { q, f, C, G } = this.at;
    const { columnStart } = this.#system.pattern;
    for (let i = 0; i < q.length; i++) {
      let sum = q[i]! + f[i]!;
      if (slopes) for (let e = columnStart[i]!; e < columnStart[i + 1]!; e++) sum += C[e]! + G[e]!;
      if (Number.isFinite(sum)) continue;
      this.worst = i;
      this.change = NaN;
      return false;
    }
    return true;
  }

  /** Factors G + αC of the last load. False if it is singular. */
  factor(alpha: number): boolean {
    const singular = this.matrix.factor(this.#assemble(alpha));
    this.#alpha = singular === undefined ? alpha : NaN;
    this.column = singular?.column ?? -1;
    return singular === undefined;
  }

  /** Goes over to another α without factoring anew where that may do: what it is good for is measured at once. */
  #refresh(alpha: number): boolean {
    if (this.#rate > slow || !this.matrix.refresh(this.#assemble(alpha))) return false;
    this.#alpha = alpha;
    this.#rate = Math.max(this.#rate, doubtful);
    return true;
  }

  #assemble(alpha: number): Float64Array {
    const { C, G } = this.at;
    for (let e = 0; e < C.length; e++) this.#values[e] = G[e]! + alpha * C[e]!;
    return this.#values;
  }

  #solve(alpha: number, beta: Float64Array): void {
    const { q, f } = this.at;
    const step = this.#step;
    for (let i = 0; i < step.length; i++) step[i] = this.parked[i] === 1 ? 0 : alpha * q[i]! + beta[i]! + f[i]!;
    this.matrix.solve(step);
  }

  /** Marks unknowns that stand at the edge of their range and would leave it; true if there are any. */
  #park(x: Float64Array): boolean {
    const { lower, upper } = this.#system;
    let any = false;
    for (let i = 0; i < x.length; i++) {
      const to = x[i]! - this.#step[i]!;
      if (!(to > upper[i]! ? x[i]! >= upper[i]! : to < lower[i]! && x[i]! <= lower[i]!)) continue;
      this.parked[i] = 1;
      any = true;
    }
    return any;
  }

  /** x −= step, kept in range; q follows by its slope, so that no further load is needed. */
  #move(x: Float64Array): void {
    const { q, beyond } = this;
    const { pattern, lower, upper } = this.#system;
    const { columnStart, row } = pattern;
    const { C } = this.at;
    const step = this.#step;
    q.set(this.at.q);
    for (let j = 0; j < x.length; j++) {
      const to = this.parked[j] === 1 ? x[j]! : x[j]! - step[j]!;
      const kept = Math.min(Math.max(to, lower[j]!), upper[j]!);
      beyond[j] = to - kept;
      const moved = kept - x[j]!;
      x[j] = kept;
      step[j] = -moved;
      if (moved === 0) continue;
      for (let e = columnStart[j]!, end = columnStart[j + 1]!; e < end; e++) q[row[e]!]! += C[e]! * moved;
    }
  }
}
