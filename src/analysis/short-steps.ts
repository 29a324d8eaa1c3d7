import type { AcceptedStep } from "../numerics/integrator.js";

/** How much shorter than the longest and than the output step. */
const short = { ofLongest: 1e-3, ofOutputStep: 1e-2 };

/**
 * Tells the steps that a jump may have made so short: then the solution before the jump is that at the start of the step.
 * In a step that is short for another reason the solution hardly moves.
 */
export class ShortSteps {
  #longest = 0; // s

  /** `smooth`: nothing jumps. */
  constructor(
    readonly outputStep: number,
    readonly smooth: boolean,
  ) {}

  /** Takes note of an accepted step of length h, s. */
  see(h: number): void {
    this.#longest = Math.max(this.#longest, h);
  }

  /** A step with the solution as it is before the jump that it may hold. */
  before(step: AcceptedStep): AcceptedStep {
    if (!this.#mayHoldJump(step.h)) return step;
    const { t, h, x } = step;
    return { t, h, x, interpolate: (_, out, places) => step.interpolate(t, out, places) };
  }

  #mayHoldJump(h: number): boolean {
    return !this.smooth && h < short.ofOutputStep * this.outputStep && h < short.ofLongest * this.#longest;
  }
}
