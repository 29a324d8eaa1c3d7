import type { Reduced } from "../equations/reduce.js";
import type { AcceptedStep, RowsAt } from "../numerics/integrator.js";

/** A step of a reduced circuit as one of all its unknowns, which are solved for where someone looks at them. */
export class WholeStep implements AcceptedStep {
  t = 0;
  h = 0;
  readonly #x: Float64Array; // size n
  readonly #moving: Float64Array; // size n
  readonly #y: Float64Array; // size states
  #step: AcceptedStep | undefined;
  #isSolved = false;
  #asked: Int32Array | undefined; // places that were asked for last
  #states: Int32Array | undefined; // where these stand among the states, if all of them do

  /** @param inside keeps times within the stretch */
  constructor(
    readonly reduced: Reduced,
    readonly inside: (t: number) => number,
    n: number,
  ) {
    this.#x = new Float64Array(n);
    this.#moving = new Float64Array(n);
    this.#y = new Float64Array(reduced.explicit.size);
  }

  /** Itself, for another step. */
  of(step: AcceptedStep): this {
    this.#step = step;
    this.t = step.t;
    this.h = step.h;
    this.#isSolved = false;
    return this;
  }

  get series(): AcceptedStep["series"] {
    return this.#step!.series;
  }

  get rows(): RowsAt | undefined {
    return this.series && this.reduced.rowsAt;
  }

  get x(): Float64Array {
    if (!this.#isSolved) this.reduced.expand(this.inside(this.t + this.h), this.#step!.x, this.#x);
    this.#isSolved = true;
    return this.#x;
  }

  get moving(): Float64Array {
    const { expandMoving } = this.reduced;
    if (expandMoving === undefined) return this.x;
    expandMoving(this.inside(this.t + this.h), this.#step!.x, this.#moving);
    return this.#moving;
  }

  interpolate(t: number, out: Float64Array, places?: Int32Array): void {
    const states = places && this.#amongStates(places);
    if (states !== undefined) {
      this.#step!.interpolate(t, this.#y, states);
      for (let k = 0; k < states.length; k++) out[places![k]!] = this.#y[states[k]!]!;
      return;
    }
    this.#step!.interpolate(t, this.#y);
    this.reduced.expand(this.inside(t), this.#y, out, places);
  }

  /** Found once for the places that are asked for. */
  #amongStates(places: Int32Array): Int32Array | undefined {
    if (places !== this.#asked) this.#states = this.reduced.among?.(places);
    this.#asked = places;
    return this.#states;
  }
}
