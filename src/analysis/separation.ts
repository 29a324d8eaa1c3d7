import type { CompiledSystem } from "../equations/compiled-system.js";
import { holdsCharge, inProportion } from "../numerics/conditioning.js";
import type { AcceptedStep } from "../numerics/integrator.js";
import { factoredMatrix } from "../numerics/linear/choose.js";
import { linearization } from "../numerics/system.js";

/** Only for circuits of this many unknowns: chaos does not need more, and for larger ones it would cost too much. */
const mostUnknowns = 60;

/** Until so many steps are made, the size of the unknowns is not known. */
const firstSteps = 20;

/** So many times faster than a step is the change that tells which unknowns follow from the derivative of others. */
const instant = 1e6;

/** A step over which the disturbance grows by more than this is followed in so many parts. */
const steep = 2;
const parts = 16;

/**
 * Follows a small disturbance δ along a transient, by the linearised equations C dδ/dt + G δ = 0 (trapezoidal rule over
 * the accepted steps), to tell how much neighbouring trajectories separate. It grows as exp(λt) in a chaotic circuit,
 * with λ the largest Lyapunov exponent; then no tolerance makes a long run right, and the user must know.
 *
 * Unknowns that follow from the derivative of others (`ddt()`, the current of a capacitor at a source) have no
 * trajectory of their own: the rule takes them at the new point alone, or else they would ring from step to step, and
 * the growth is measured in what holds a charge.
 */
export class Separation {
  readonly #applies: boolean;
  readonly #system: CompiledSystem;
  readonly #at;
  readonly #matrix;
  readonly #values: Float64Array; // size nnz
  readonly #delta: Float64Array; // size n: the disturbance, scaled down again and again
  readonly #first: Float64Array; // size n: the disturbance at its beginning
  readonly #size: Float64Array; // size n: the largest |x| so far, what a disturbance is compared with
  #steps = 0;
  readonly #right: Float64Array; // size n
  readonly #derived: Uint8Array; // size n: 1 for an unknown that follows from the derivative of others
  readonly #moves: Uint8Array; // size n: 1 for an unknown that has a trajectory of its own
  readonly #lanes: Int32Array; // size n: the circuit that an unknown is of
  readonly #before: { readonly C: Float64Array; readonly G: Float64Array }; // size nnz: the equations that a step begins with
  #isFollowed = false; // whether there are such
  readonly #charged: Uint8Array; // size n: 1 for a row with a charge
  readonly #now: Float64Array; // size circuits
  readonly #then: Float64Array; // size circuits
  readonly #logarithm: Float64Array; // size circuits: of what the disturbance was scaled down by
  readonly #apart: Float64Array; // size n: ln of the same of each unknown that moves by itself
  #largest = 0;

  /** `lanes`, size n: where circuits stand side by side, each follows its own disturbance: the number of its circuit, from 0. */
  constructor(system: CompiledSystem, lanes: Int32Array = new Int32Array(system.pattern.size)) {
    const n = system.pattern.size;
    const count = 1 + lanes.reduce((most, lane) => Math.max(most, lane), 0);
    this.#lanes = lanes;
    this.#logarithm = new Float64Array(count);
    // A state that is set anew (a sample, a cleared integral) forgets disturbances, which no linearised equation knows.
    const remembers = system.circuit.instances.some(({ device }) => device.modes?.enter !== undefined);
    this.#applies = n <= mostUnknowns * count && !remembers;
    this.#system = system;
    this.#at = linearization(system);
    this.#matrix = factoredMatrix(system.pattern);
    this.#values = new Float64Array(system.pattern.row.length);
    this.#right = new Float64Array(n);
    this.#delta = new Float64Array(n);
    this.#first = new Float64Array(n);
    this.#size = Float64Array.from(system.negligible, (size, i) => (system.logarithmic?.[i] === 1 ? 1 : size));
    this.#before = { C: new Float64Array(system.pattern.row.length), G: new Float64Array(system.pattern.row.length) };
    this.#charged = new Uint8Array(n);
    this.#apart = new Float64Array(n);
    this.#now = new Float64Array(count);
    this.#then = new Float64Array(count);
    this.#derived = new Uint8Array(n);
    this.#moves = new Uint8Array(n);
  }

  /** By what factor a disturbance has grown at its largest, in any of the circuits. */
  get factor(): number {
    return Math.exp(this.#largest);
  }

  /** Takes note of an accepted step. */
  follow(step: AcceptedStep): void {
    if (!this.#applies) return;
    if (step.series !== undefined) {
      this.#followApart(step.series);
      return;
    }
    const { t, h, moving: x = step.x } = step;
    const { logarithmic } = this.#system;
    for (let i = 0; i < x.length; i++) {
      if (logarithmic?.[i] !== 1) this.#size[i] = Math.max(this.#size[i]!, Math.abs(x[i]!));
    }
    if (++this.#steps < firstSteps) return;
    this.#system.load(t + h, x, this.#at);
    if (this.#steps === firstSteps) this.#begin(h, x);
    else if (this.#isFollowed) {
      const growth = this.#advance(h);
      if (growth === undefined || (growth > steep && !this.#advanceInParts(step))) return;
      this.#rescale();
    }
    this.#keep();
  }

  /** Where each unknown that moves does so by itself, its disturbance is known exactly. */
  #followApart({ steps, growth: { atEnd, most } }: NonNullable<AcceptedStep["series"]>): void {
    this.#steps += steps;
    if (this.#steps < firstSteps) return;
    for (let k = 0; k < atEnd.length; k++) {
      this.#largest = Math.max(this.#largest, this.#apart[k]! + most[k]!);
      this.#apart[k]! += atEnd[k]!;
    }
  }

  /** The equations of now are those that the next step begins with. */
  #keep(): void {
    const { C, G } = this.#at;
    const before = this.#before;
    for (let e = 0; e < C.length; e++) {
      before.C[e] = C[e]!;
      before.G[e] = G[e]!;
    }
    this.#isFollowed = true;
  }

  /** The trapezoidal rule makes too much of a growth that is not small over a step; false if a part has no solution. */
  #advanceInParts(step: AcceptedStep): boolean {
    const { t, h } = step;
    const x = new Float64Array(this.#delta.length);
    for (let k = 1; k <= parts; k++) {
      const end = t + (k / parts) * h;
      step.interpolate(end, x);
      this.#system.load(end, x, this.#at);
      if (this.#advance(h / parts) === undefined) return false;
      this.#keep();
      if (k < parts) this.#delta.set(this.#right);
    }
    return true;
  }

  /** A disturbance of every unknown that has a trajectory: none of a state that stands at its wall, which holds it. */
  #begin(h: number, x: Float64Array): void {
    const { pattern, lower, upper } = this.#system;
    const factor = (alpha: number): boolean => {
      const { C, G } = this.#at;
      for (let e = 0; e < C.length; e++) this.#values[e] = G[e]! + alpha * C[e]!;
      return this.#matrix.factor(this.#values) === undefined;
    };
    inProportion({ pattern, at: this.#at, matrix: this.#matrix, factor }, instant / h, this.#size, this.#derived);
    for (let i = 0; i < this.#delta.length; i++) {
      const isFree = this.#derived[i] === 0 && x[i]! > lower[i]! && x[i]! < upper[i]!;
      this.#moves[i] = isFree && holdsCharge(pattern, this.#at, i) ? 1 : 0;
      this.#delta[i] = isFree ? this.#size[i]! / (1 + (i % 7)) : 0;
    }
    this.#first.set(this.#delta);
  }

  /**
   * (C/h + G/2) δ₁ = (C₀/h − G₀/2) δ₀; rows without a charge are G δ₁ = 0, and so are the columns of unknowns that
   * follow from the derivative of others. Gives by how much the disturbance grows; undefined if that cannot be had.
   */
  #advance(h: number): number | undefined {
    const { C, G } = this.#at;
    const { C: C0, G: G0 } = this.#before;
    const { columnStart, row, size } = this.#system.pattern;
    const charged = this.#charged.fill(0);
    for (let e = 0; e < row.length; e++) if (C[e] !== 0) charged[row[e]!] = 1;
    this.#right.fill(0);
    for (let j = 0; j < size; j++) {
      for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
        const i = row[e]!;
        const part = charged[i] === 0 || this.#derived[j] === 1 ? 1 : 0.5; // of the slope at the new point
        this.#values[e] = (charged[i] === 0 ? 0 : C[e]! / h) + part * G[e]!;
        if (charged[i] === 1) this.#right[i]! += (C0[e]! / h - (1 - part) * G0[e]!) * this.#delta[j]!;
      }
    }
    if (this.#matrix.factor(this.#values) !== undefined) return undefined;
    this.#matrix.solve(this.#right);
    const now = this.#largestOf(this.#right, this.#now);
    const before = this.#largestOf(this.#delta, this.#then);
    let most = 0;
    for (let k = 0; k < now.length; k++) {
      if (!(now[k]! > 0 && Number.isFinite(now[k]!))) return undefined;
      most = Math.max(most, now[k]! / before[k]!);
    }
    return most;
  }

  /** Both measured by the sizes of now, which may be far larger than those of the beginning. */
  #rescale(): void {
    const begun = this.#largestOf(this.#first, this.#then);
    const now = this.#largestOf(this.#right, this.#now);
    for (let k = 0; k < now.length; k++) {
      this.#largest = Math.max(this.#largest, this.#logarithm[k]! + Math.log(now[k]! / begun[k]!));
      this.#logarithm[k]! += Math.log(now[k]!);
    }
    for (let i = 0; i < this.#delta.length; i++) this.#delta[i] = this.#right[i]! / now[this.#lanes[i]!]!;
  }

  /** Writes, size circuits, the largest part of its size by which an unknown that has a trajectory is disturbed. */
  #largestOf(delta: Float64Array, most: Float64Array): Float64Array {
    most.fill(0);
    for (let i = 0; i < delta.length; i++) {
      if (this.#moves[i] === 0) continue;
      const part = Math.abs(delta[i]!) / this.#size[i]!;
      if (part > most[this.#lanes[i]!]!) most[this.#lanes[i]!] = part;
    }
    return most;
  }
}
