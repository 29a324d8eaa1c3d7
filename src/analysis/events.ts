import type { CompiledSystem } from "../equations/compiled-system.js";
import type { AcceptedStep } from "../numerics/integrator.js";
import { root } from "./interpolation.js";

/**
 * Watches the guards of a system along a stretch of time: each is ≥ 0 while things stay as they are, and an event is
 * where the first of them falls below 0.
 */
export class Watch {
  readonly #now: Float64Array; // size guards
  readonly #x: Float64Array; // size n: the solution at a trial time
  /** The guards that have fallen at the place found last. */
  crossed: readonly number[] = [];

  constructor(readonly system: CompiledSystem) {
    this.#now = new Float64Array(system.guards);
    this.#x = new Float64Array(system.pattern.size);
  }

  /** The guards that are below 0 at a point: events that a jump has brought about. */
  fallen(t: number, x: Float64Array): readonly number[] {
    this.crossed = [];
    if (this.#now.length === 0) return this.crossed;
    this.system.guard(t, x, this.#now);
    return this.#below();
  }

  /** The first time within an accepted step at which a guard falls below 0; undefined if none does. */
  look(step: AcceptedStep): number | undefined {
    if (this.#now.length === 0) return undefined;
    const end = step.t + step.h;
    this.system.guard(end, step.x, this.#now);
    const fallen = this.#below();
    if (fallen.length === 0) return undefined;
    const places = fallen.map((k) => root((t) => this.#value(k, t, step), step.t, end));
    const first = Math.min(...places);
    const slack = 1e-12 * step.h;
    this.crossed = fallen.filter((_, j) => places[j]! <= first + slack);
    return first;
  }

  #below(): readonly number[] {
    const below: number[] = [];
    for (let k = 0; k < this.#now.length; k++) if (this.#now[k]! < 0) below.push(k);
    return below;
  }

  /** Guard k at a time within a step. At the start it stood, whatever the dense output's rounding makes of it. */
  #value(k: number, t: number, step: AcceptedStep): number {
    step.interpolate(t, this.#x);
    this.system.guard(t, this.#x, this.#now);
    const value = this.#now[k]!;
    return t <= step.t ? Math.max(value, Number.MIN_VALUE) : value;
  }
}
