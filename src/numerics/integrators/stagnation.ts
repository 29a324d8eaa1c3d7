import { largestMovement } from "./kernels/step-sizes.js";

/** So many steps in a row that are this part of the largest, over which the solution moves by this part of it. */
export const stagnant = { steps: 40, step: 0.02, movement: 0.01 };

/** Tells where it is stability, not accuracy, that keeps the steps of an explicit method short: the problem is stiff. */
export class Stagnation {
  readonly #largest: Float64Array; // size n: the largest |y| so far; 1 for a logarithm
  readonly #logarithmic: Int32Array; // size n
  readonly #longest: number; // s
  #slow = 0; // steps in a row

  /** @param longest the largest step that is allowed, s */
  constructor(y: Float64Array, longest: number, logarithmic?: Uint8Array) {
    this.#logarithmic = Int32Array.from(y, (_, i) => logarithmic?.[i] ?? 0);
    this.#longest = longest;
    this.#largest = y.map((value, i) => (logarithmic?.[i] === 1 ? 1 : Math.abs(value)));
  }

  /** Takes notice of a step of length h, s, between two points; true if the problem is found to be stiff. */
  see(h: number, before: Float64Array, after: Float64Array): boolean {
    const moved = largestMovement(this.#largest.length, this.#logarithmic, this.#largest, before, after);
    this.#slow = h < stagnant.step * this.#longest && moved < stagnant.movement ? this.#slow + 1 : 0;
    return this.#slow >= stagnant.steps;
  }
}
