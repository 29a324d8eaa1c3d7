import type { System } from "../system.js";
import { chargeEntries } from "./charge-slopes.js";

/** At a kink an unknown may err by so many times what is tolerated of it in a step. */
const most = 64;
/** The kinks of a run may add up, in each unknown, to so many times that: to what some hundred steps may. */
const inAll = 200;
/** An error that has grown so much since the step before is that of a kink. */
const leap = 3;

/**
 * Kinks of single unknowns: a memristor passes its threshold, its state begins to move, and its slope bends all at once.
 *
 * Errors of steps are kept to a small part of what is tolerated because those of some hundred steps add up; kinks an unknown
 * meets a few. So one that was followed well and errs all of a sudden is granted more, for as many steps as its differences
 * remember the kink, until its kinks have added up to what hundred steps may. Else a circuit of a thousand memristors, one of
 * which is always at its threshold, would go by the steps that a single kink asks for.
 */
export class Kinks {
  readonly #holds: Uint8Array; // size n: 1 where errors stay, because a charge has a past
  readonly #spent: Float64Array; // size n: by kinks so far, in tolerated errors of a step
  readonly #before: Float64Array; // size n: the error of the step before
  readonly #peak: Float64Array; // size n: the largest error at the kink at hand
  readonly #left: Uint8Array; // size n: for so many steps the kink at hand is remembered
  #bent: readonly number[] = []; // the unknowns of which one is

  constructor({ pattern, charges }: System) {
    const n = pattern.size;
    this.#holds = new Uint8Array(n);
    for (const j of chargeEntries(pattern, charges).column) this.#holds[j] = 1;
    this.#spent = new Float64Array(n);
    this.#before = new Float64Array(n);
    this.#peak = new Float64Array(n);
    this.#left = new Uint8Array(n);
  }

  /** A stretch begins; behind a fresh start the first steps err for want of a past, which is no kink. */
  begin(goesOn: boolean): void {
    this.#before.fill(goesOn ? 0 : Infinity);
    this.#left.fill(0);
    this.#bent = [];
  }

  get any(): boolean {
    return this.#bent.length > 0;
  }

  /** Writes what is tolerated of all, and more at kinks; gives the same array where there is none. */
  weigh(tolerated: Float64Array, out: Float64Array): Float64Array {
    if (!this.any) return tolerated;
    out.set(tolerated);
    for (const i of this.#bent) out[i]! *= most;
    return out;
  }

  /**
   * Whether a step errs at kinks alone, and by no more than is granted.
   * @param scale error over miss, in tolerated errors of a step
   * @param growth how much larger the error of a step has become since the one before, if it is no kink's
   */
  excuse(scale: number, miss: Float64Array, tolerated: Float64Array, growth: number): boolean {
    const fresh: number[] = [];
    for (let i = 0; i < miss.length; i++) {
      const error = (scale * Math.abs(miss[i]!)) / tolerated[i]!;
      if (error <= 1) continue;
      if (!(error <= most) || !this.#has(i, error)) return false;
      if (this.#left[i] !== 0) continue;
      if (!(error > leap * growth * this.#before[i]!)) return false;
      fresh.push(i);
    }
    for (const i of fresh) this.#left[i] = 1;
    this.#bent = [...this.#bent, ...fresh];
    return true;
  }

  #has(i: number, error: number): boolean {
    return this.#holds[i] === 0 || this.#spent[i]! + error - this.#peak[i]! <= inAll;
  }

  /** A step of this order was accepted. */
  take(scale: number, miss: Float64Array, tolerated: Float64Array, order: number): void {
    for (let i = 0; i < miss.length; i++) this.#before[i] = (scale * Math.abs(miss[i]!)) / tolerated[i]!;
    if (this.any) this.#bent = this.#bent.filter((i) => this.#goesOn(i, order));
  }

  /** Whether the differences of an unknown still remember its kink. */
  #goesOn(i: number, order: number): boolean {
    if (this.#peak[i] === 0) this.#left[i] = order + 3;
    const more = Math.max(0, this.#before[i]! - this.#peak[i]!);
    this.#spent[i]! += more;
    this.#peak[i]! += more;
    if (--this.#left[i]! > 0) return true;
    this.#peak[i] = 0;
    return false;
  }
}
