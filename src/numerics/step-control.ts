import type { System } from "./system.js";

/** An unknown is never asked to be more accurate than this part of the largest of its kind allows. */
const smallest = 1e-3;
/** `negligible` stands beside a relative tolerance of one in this many, as in SPICE, and shrinks with it. */
const customary = 1e3;
/**
 * How large a difference of each unknown may be:
 *
 *     relative · max(|x| so far, |x| of its kind / 1000) + 1000 · relative · negligible + what cannot be helped.
 *
 * One that is tiny among its kind (voltages, currents) does not throttle the step. For a logarithm 1 stands in the place
 * of max(…): a difference means the same whatever its size.
 */
export class Tolerance {
  readonly weight: Float64Array; // size n: the difference that is tolerated
  readonly wanted: Float64Array; // size n: the same without what cannot be helped
  readonly #relative: number;
  readonly #largest: Float64Array; // size n: the largest |x| seen
  readonly #kind: Int32Array; // size n: number of the kind
  readonly #largestOfKind: Float64Array;
  readonly #negligible: Float64Array; // size n
  readonly #floor: Float64Array; // size n
  readonly #logarithmic: Uint8Array | undefined; // size n
  #seen = false;

  constructor(
    { negligible, kind, logarithmic }: Pick<System, "negligible" | "kind" | "logarithmic">,
    relative: number,
    /** Where it is written. */
    weight: Float64Array = new Float64Array(negligible.length),
  ) {
    const n = negligible.length;
    this.#relative = relative;
    this.weight = weight;
    this.wanted = new Float64Array(n);
    this.#largest = new Float64Array(n);
    this.#kind = kind ?? kindsBySize(negligible);
    this.#negligible = new Float64Array(n);
    this.#logarithmic = logarithmic?.includes(1) ? logarithmic : undefined;
    let kinds = 1;
    for (let i = 0; i < n; i++) {
      kinds = Math.max(kinds, this.#kind[i]! + 1);
      this.#negligible[i] = negligible[i]! * Math.min(1, customary * relative);
    }
    this.#largestOfKind = new Float64Array(kinds);
    this.#floor = new Float64Array(n);
  }

  /** Takes notice of the size of a solution. */
  see(x: Float64Array): void {
    if (this.#takeLargest(x)) this.#weigh();
  }

  /** False if all have been as large before. */
  #takeLargest(x: Float64Array): boolean {
    const largest = this.#largest;
    const ofKind = this.#largestOfKind;
    let any = !this.#seen;
    this.#seen = true;
    for (let i = 0; i < x.length; i++) {
      const size = Math.abs(x[i]!);
      if (!(size > largest[i]!)) continue; // then the kind has been as large as well
      largest[i] = size;
      const kind = this.#kind[i]!;
      if (size > ofKind[kind]!) ofKind[kind] = size;
      any = true;
    }
    return any;
  }

  /** Takes notice of what cannot be helped (size n): it is tolerated beside the rest. */
  concede(floor: Float64Array): void {
    this.#floor.set(floor);
    this.#weigh();
  }

  #weigh(): void {
    const logarithmic = this.#logarithmic;
    for (let i = 0; i < this.weight.length; i++) {
      const size =
        logarithmic?.[i] === 1 ? 1 : Math.max(this.#largest[i]!, smallest * this.#largestOfKind[this.#kind[i]!]!);
      this.wanted[i] = this.#relative * size + this.#negligible[i]!;
      this.weight[i] = this.wanted[i]! + this.#floor[i]!;
    }
  }
}

/** Where no kinds are given, unknowns that are negligible below the same size are of one. */
function kindsBySize(negligible: Float64Array): Int32Array {
  const sizes = [...new Set(negligible)];
  return Int32Array.from(negligible, (size) => sizes.indexOf(size));
}

/** The largest part of its tolerance that an unknown uses up: max |a + b| / weight. NaN where one is not finite. */
export function measure(weight: Float64Array, a: Float64Array, b?: Float64Array): number {
  let size = 0;
  for (let i = 0; i < weight.length; i++) {
    const part = Math.abs(b === undefined ? a[i]! : a[i]! + b[i]!) / weight[i]!;
    if (!(part <= size)) size = part;
    if (Number.isNaN(part)) return NaN;
  }
  return size;
}

/** The unknown that uses up most of its tolerance, or that is not finite; −1 if all are zero. */
export const worst = (weight: Float64Array, a: Float64Array): number => worstOf(undefined, weight, a);

/** The same among some of them. */
export function worstOf(among: Int32Array | undefined, weight: Float64Array, a: Float64Array): number {
  let size = 0;
  let index = -1;
  const count = among?.length ?? weight.length;
  for (let k = 0; k < count; k++) {
    const i = among === undefined ? k : among[k]!;
    const part = Math.abs(a[i]!) / weight[i]!;
    if (part <= size) continue;
    size = part;
    index = i;
    if (!Number.isFinite(part)) return i;
  }
  return index;
}
