import { plainRoom, type Room } from "./kernel-room.js";
import type { Tolerated } from "./linear/kernels/errors.js";
import { type Kernels, plainKernels } from "./linear/kernels/index.js";
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
  readonly #of: Tolerated;
  readonly #kernels: Kernels;
  #seen = false;

  constructor(
    { negligible, kind, logarithmic }: Pick<System, "negligible" | "kind" | "logarithmic">,
    relative: number,
    /** Where it is kept. */
    { arrays, kernels }: { readonly arrays: ToleranceArrays; readonly kernels: Kernels } = {
      arrays: toleranceArrays(plainRoom, negligible.length),
      kernels: plainKernels,
    },
  ) {
    const { conceded: floor, ...others } = arrays;
    this.#of = { ...others, floor };
    this.#kernels = kernels;
    this.#relative = relative;
    this.weight = arrays.weight;
    this.wanted = arrays.wanted;
    arrays.kind.set(numbered(kind ?? negligible));
    if (logarithmic !== undefined) arrays.logarithmic.set(logarithmic);
    for (let i = 0; i < negligible.length; i++) {
      arrays.negligible[i] = negligible[i]! * Math.min(1, customary * relative);
    }
  }

  /** Takes notice of the size of a solution. */
  see(x: Float64Array): void {
    const any = this.#kernels.seeLargest(this.weight.length, this.#of, x);
    if (any === 1 || !this.#seen) this.#weigh();
    this.#seen = true;
  }

  /** Takes notice of what cannot be helped (size n): it is tolerated beside the rest. */
  concede(floor: Float64Array): void {
    this.#of.floor.set(floor);
    this.#weigh();
  }

  #weigh(): void {
    this.#kernels.weighUnknowns(this.weight.length, this.#relative, smallest, this.#of);
  }
}

/** What tolerances are kept in. */
export const toleranceArrays = (room: Room, n: number) => ({
  ...{ weight: room.doubles(n), wanted: room.doubles(n), negligible: room.doubles(n), conceded: room.doubles(n) },
  ...{ largest: room.doubles(n), kind: room.ints(n), largestOfKind: room.doubles(n), logarithmic: room.ints(n) },
});

type ToleranceArrays = ReturnType<typeof toleranceArrays>;

/** Kinds numbered from 0 on, so that there are no more than unknowns; where none are given, what is negligible tells them. */
function numbered(kinds: Int32Array | Float64Array): Int32Array {
  const all = [...new Set(kinds)];
  return Int32Array.from(kinds, (kind) => all.indexOf(kind));
}

/** The largest part of its tolerance that an unknown uses up: max |a + b| / weight. NaN where one is not a number. */
export const measure = (weight: Float64Array, a: Float64Array, b?: Float64Array, kernels = plainKernels): number =>
  b === undefined
    ? kernels.largestPart(weight.length, weight, a)
    : kernels.largestPartOfSum(weight.length, weight, a, b);

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
