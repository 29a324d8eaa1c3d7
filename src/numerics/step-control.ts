import type { Room } from "./kernel-room.js";
import type { Tolerated } from "./linear/kernels/errors.js";
import { type Kernels, plainKernels } from "./linear/kernels/index.js";
import type { System } from "./system.js";

/** An unknown is never asked to be more accurate than this part of the largest of its kind allows. */
export const smallest = 1e-3;
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
  readonly #of: Tolerated;
  readonly #kernels: Kernels;
  #seen = false;

  constructor(
    system: Sized,
    readonly relative: number,
    /** Where it is kept; undefined: anywhere. */
    room?: { readonly arrays: ToleranceArrays; readonly kernels: Kernels },
  ) {
    const { negligible } = system;
    const sorts = sortsOf(system);
    const arrays = room?.arrays ?? anywhere(negligible.length, sorts);
    if (room !== undefined) {
      arrays.kind.set(sorts.kind);
      arrays.logarithmic.set(sorts.logarithmic);
    }
    const { weight, wanted, largest, kind, largestOfKind, logarithmic, conceded: floor } = arrays;
    this.#of = { weight, wanted, negligible: arrays.negligible, largest, kind, largestOfKind, logarithmic, floor };
    this.#kernels = room?.kernels ?? plainKernels;
    this.weight = arrays.weight;
    this.wanted = arrays.wanted;
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

  /** As if nothing had been seen. */
  forget(): void {
    this.#of.largest.fill(0);
    this.#of.largestOfKind.fill(0);
    this.#of.floor.fill(0);
    this.#seen = false;
  }

  /** Takes notice of what cannot be helped (size n): it is tolerated beside the rest. */
  concede(floor: Float64Array): void {
    this.#of.floor.set(floor);
    this.#weigh();
  }

  #weigh(): void {
    this.#kernels.weighUnknowns(this.weight.length, this.relative, smallest, this.#of);
  }
}

type Sized = Pick<System, "negligible" | "kind" | "logarithmic">;

/** What tolerances are kept in. */
export const toleranceArrays = (room: Room, n: number) => ({
  ...{ weight: room.doubles(n), wanted: room.doubles(n), negligible: room.doubles(n), conceded: room.doubles(n) },
  ...{ largest: room.doubles(n), kind: room.ints(n), largestOfKind: room.doubles(n), logarithmic: room.ints(n) },
});

export type ToleranceArrays = ReturnType<typeof toleranceArrays>;

/** The same outside of any room, in one piece. */
function anywhere(n: number, { kind, logarithmic }: Sorts): ToleranceArrays {
  const all = new Float64Array(6 * n);
  return {
    weight: all.subarray(0, n),
    wanted: all.subarray(n, 2 * n),
    negligible: all.subarray(2 * n, 3 * n),
    conceded: all.subarray(3 * n, 4 * n),
    largest: all.subarray(4 * n, 5 * n),
    largestOfKind: all.subarray(5 * n),
    kind,
    logarithmic,
  };
}

/** Of each unknown the number of its kind, and 1 for a logarithm. */
type Sorts = Pick<ToleranceArrays, "kind" | "logarithmic">;

/** Found once for a system. */
function sortsOf(system: Sized): Sorts {
  const known = sortsKnown.get(system);
  if (known !== undefined) return known;
  const { negligible, kind, logarithmic } = system;
  const sorts = {
    kind: numbered(kind ?? negligible),
    logarithmic: Int32Array.from(negligible, (_, i) => logarithmic?.[i] ?? 0),
  };
  sortsKnown.set(system, sorts);
  return sorts;
}

const sortsKnown = new WeakMap<Sized, Sorts>();

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
