import type { Method } from "../method.js";

/** So many steps, and so many more for each of the longest that has gone by. */
const most = { first: 60, each: 8 };

/**
 * The steps that lanes may share. Where they need more, some of them hold up the others, or are stiff, and each is
 * sooner solved alone.
 */
export class Budget {
  #steps = 0;
  /** True once there have been too many. */
  isSpent = false;

  /** `longest` step, s. */
  constructor(readonly longest: number) {}

  /** The method, its steps counted. */
  kept(method: Method): Method {
    return {
      ...method,
      integrate: (t, x, end, maxSteps, observe) =>
        method.integrate(t, x, end, maxSteps, (step) => {
          this.#count(step.t + step.h, step.series?.steps ?? 1);
          return observe(step);
        }),
    };
  }

  #count(t: number, steps: number): void {
    this.#steps += steps;
    this.isSpent = this.#steps > most.first + (most.each * t) / this.longest;
  }
}
