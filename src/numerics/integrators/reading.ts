import { holdsCharge, type Linearized } from "../conditioning.js";
import type { Reads } from "../integrator.js";

/** Times that differ by less than this part of the step between two reads are one. */
const same = 1e-9;

/**
 * Steps from one read to the next. What no charge holds has no past: its equations are solved anew at the end of every
 * step, and how far it lies from its prediction says only how well it could be read *within* the step. So where such
 * unknowns alone would have shorter steps (a thousand diodes that turn on one after the other), the step goes to the
 * next read and is not asked for them.
 *
 * Asked for are those that what is tolerated of the charges moves by more than is tolerated of themselves, as the
 * current between two nearly equal voltages.
 *
 * Where nothing at all has a past, and it is known which unknowns are read, these alone are asked for from the start, and
 * steps are as long as they allow; between reads they go only if these bend.
 */
export class Reading {
  isOn = false;
  /** size n: what is asked for, ∞ where nothing is. */
  readonly weight: Float64Array;
  readonly #reads: Reads | undefined;
  readonly #asked: Uint8Array; // size n
  #isPast = false; // whether any is asked for

  constructor(weight: Float64Array, reads: Reads | undefined) {
    this.#reads = reads;
    this.weight = weight;
    this.#asked = new Uint8Array(weight.length);
  }

  /** Whether it may begin at all. */
  get isPossible(): boolean {
    return this.#reads !== undefined;
  }

  /** Whether what is read is all that a step is asked for. */
  get isFree(): boolean {
    return this.#reads?.places !== undefined && !this.#isPast;
  }

  /** The longest step, s. */
  get longest(): number {
    return this.isOn ? (this.#reads?.step ?? Infinity) : Infinity;
  }

  /** From t to the next read, s. */
  gap(t: number): number {
    if (!this.isOn || this.#reads === undefined) return Infinity;
    const { from, step } = this.#reads;
    return from + step * (Math.floor((t - from) / step + same) + 1) - t;
  }

  /**
   * Looks which unknowns are asked for; a charge that was seen once counts from then on.
   * @param beyond size n: by how much more than its own tolerance each is moved by those of the charges
   */
  examine({ pattern, at }: Linearized, beyond: Float64Array): void {
    if (this.#reads === undefined) return;
    const asked = this.#asked;
    for (let j = 0; j < asked.length; j++) {
      if (!(beyond[j]! > 0 || holdsCharge(pattern, at, j))) continue;
      asked[j] = 1;
      this.#isPast = true;
    }
  }

  /** Writes what is asked for, of what is tolerated of all; where nothing has a past, what is read. */
  weigh(tolerated: Float64Array): Float64Array {
    const { weight } = this;
    for (let j = 0; j < weight.length; j++) weight[j] = this.#asked[j] === 1 ? tolerated[j]! : Infinity;
    if (this.isFree) for (const j of this.#reads!.places!) weight[j] = tolerated[j]!;
    return weight;
  }

  /** Has all begin where it was last, for what nobody asks for may have any corners: no polynomial leads through them. */
  guess(last: Float64Array, x: Float64Array): void {
    if (this.isFree) x.set(last);
  }
}
