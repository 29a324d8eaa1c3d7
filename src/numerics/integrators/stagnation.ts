/** So many steps in a row that are this part of the largest, over which the solution moves by this part of it. */
const stagnant = { steps: 40, step: 0.02, movement: 0.01 };

/** Tells where it is stability, not accuracy, that keeps the steps of an explicit method short: the problem is stiff. */
export class Stagnation {
  readonly #largest: Float64Array; // size n: the largest |y| so far; 1 for a logarithm
  readonly #logarithmic: Uint8Array | undefined; // size n
  readonly #longest: number; // s
  #slow = 0; // steps in a row

  /** @param longest the largest step that is allowed, s */
  constructor(y: Float64Array, longest: number, logarithmic?: Uint8Array) {
    this.#logarithmic = logarithmic;
    this.#longest = longest;
    this.#largest = y.map((value, i) => (logarithmic?.[i] === 1 ? 1 : Math.abs(value)));
  }

  /** Takes notice of a step of length h, s, between two points; true if the problem is found to be stiff. */
  see(h: number, before: ArrayLike<number>, after: ArrayLike<number>): boolean {
    const moved = this.#movement(before, after);
    this.#slow = h < stagnant.step * this.#longest && moved < stagnant.movement ? this.#slow + 1 : 0;
    return this.#slow >= stagnant.steps;
  }

  /** The largest change of a component, in the largest size that it has had. */
  #movement(before: ArrayLike<number>, after: ArrayLike<number>): number {
    const largest = this.#largest;
    let moved = 0;
    for (let i = 0; i < largest.length; i++) {
      if (this.#logarithmic?.[i] !== 1) largest[i] = Math.max(largest[i]!, Math.abs(after[i]!));
      if (largest[i]! > 0) moved = Math.max(moved, Math.abs(after[i]! - before[i]!) / largest[i]!);
    }
    return moved;
  }
}
