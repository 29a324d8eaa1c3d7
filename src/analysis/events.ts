import type { CompiledSystem } from "../equations/compiled-system.js";
import type { AcceptedStep } from "../numerics/integrator.js";
import { root } from "./interpolation.js";

/**
 * Watches the switching functions of a system along a stretch of time, and finds where the first of them changes its
 * sign. A function that is exactly 0 keeps the sign it had.
 */
export class Watch {
  readonly #signs: Float64Array; // size guards: −1, 0 (not known yet), 1
  readonly #now: Float64Array; // size guards
  readonly #x: Float64Array; // size n: the solution at a trial time
  /** The guards that change sign at the place found last. */
  crossed: readonly number[] = [];

  constructor(readonly system: CompiledSystem) {
    this.#signs = new Float64Array(system.guards);
    this.#now = new Float64Array(system.guards);
    this.#x = new Float64Array(system.pattern.size);
  }

  /** Takes the signs at the start of a stretch. */
  begin(t: number, x: Float64Array): void {
    this.system.guard(t, x, this.#now);
    for (let k = 0; k < this.#signs.length; k++) this.#signs[k] = Math.sign(this.#now[k]!);
    this.crossed = [];
  }

  /** The first time within an accepted step at which a guard changes its sign; undefined if none does. */
  look(step: AcceptedStep): number | undefined {
    if (this.#signs.length === 0) return undefined;
    const end = step.t + step.h;
    this.system.guard(end, step.x, this.#now);
    const changed = this.#changed();
    if (changed.length === 0) return undefined;
    const places = changed.map((k) => root((t) => this.#value(k, t, step), step.t, end));
    const first = Math.min(...places);
    const slack = 1e-12 * step.h;
    this.crossed = changed.filter((_, j) => places[j]! <= first + slack);
    return first;
  }

  #changed(): number[] {
    const changed: number[] = [];
    for (let k = 0; k < this.#signs.length; k++) {
      const sign = Math.sign(this.#now[k]!);
      if (sign === 0 || sign === this.#signs[k]) continue;
      if (this.#signs[k] === 0) this.#signs[k] = sign;
      else changed.push(k);
    }
    return changed;
  }

  /** Guard k at a time within a step; where the dense output starts at a rounding error beyond the zero, the old sign. */
  #value(k: number, t: number, step: AcceptedStep): number {
    if (t <= step.t) return this.#signs[k]! * Math.max(Number.MIN_VALUE, Math.abs(this.#startValue(k, step)));
    step.interpolate(t, this.#x);
    this.system.guard(t, this.#x, this.#now);
    return this.#now[k]!;
  }

  #startValue(k: number, step: AcceptedStep): number {
    step.interpolate(step.t, this.#x);
    this.system.guard(step.t, this.#x, this.#now);
    return this.#now[k]!;
  }
}
