import type { CompiledSystem } from "../equations/compiled-system.js";
import type { AcceptedStep } from "../numerics/integrator.js";
import { root } from "./interpolation.js";

/** A place is found by the dense output, whose error is a small part of what a guard changes over a step. */
const errorOfPlace = 0.1;

/** So much later, as part of the step, an event is looked for that had not come; then ten times as much, and so on. */
const firstSlip = 1e-10;

/** A guard that rattles has fallen only where it is so many times beyond what it rattles by. */
const clearOfNoise = 8;

/** An event so close before the end of a step, as part of the time, is at its end: a corner may follow there at once. */
const indistinct = 64 * Number.EPSILON;

/**
 * Watches the guards of a system along a stretch of time: each is ≥ 0 while things stay as they are, and an event is
 * where the first of them falls below 0.
 */
export class Watch {
  readonly #now: Float64Array; // size guards
  readonly #x: Float64Array; // size n: the solution at a trial time
  /** The guards that have fallen at the place found last. */
  crossed: readonly number[] = [];
  /** How often in a row the event at hand turned out to lie a little later. */
  #slips = 0;
  #usual = 0; // s: the step in which it was met first
  /** How far each of them was from 0 at the end of the step. */
  readonly #reach = new Map<number, number>();
  /** How far from 0 guards stood right after their events, of those that came without time between them. */
  readonly #noise = new Map<number, number>();
  readonly #bands = new Map<number, number>(); // by guard: how far below 0 it may be as if it stood

  constructor(readonly system: CompiledSystem) {
    this.#now = new Float64Array(system.guards);
    this.#x = new Float64Array(system.pattern.size);
  }

  /** Begins another stretch of time, as if nothing had been watched before. */
  begin(): void {
    this.crossed = [];
    this.#slips = 0;
    this.#usual = 0;
    this.#reach.clear();
  }

  /** The guards that are below 0 at a point: events that a jump has brought about. */
  fallen(t: number, x: Float64Array): readonly number[] {
    const crossed = this.crossed;
    this.crossed = [];
    if (this.#now.length === 0) return this.crossed;
    this.#guard(t, x);
    for (const k of crossed) this.#noise.set(k, Math.max(this.#noise.get(k) ?? 0, Math.abs(this.#now[k]!)));
    return this.#below();
  }

  /** Time has passed since the last event. */
  calm(): void {
    this.#noise.clear();
  }

  /**
   * Guards have fallen many times without time between them. A state that its own law stops (`x > 0 ? g : 0`) stands
   * at the bound but for rounding, by which its condition goes to and fro: from now on a guard has fallen where it is
   * clear of that. One that is driven to and fro by more than rounding goes on.
   */
  widen(rattling: readonly number[]): void {
    for (const k of rattling) this.#bands.set(k, (this.#bands.get(k) ?? 0) + clearOfNoise * (this.#noise.get(k) ?? 0));
  }

  #guard(t: number, x: Float64Array): void {
    this.system.guard(t, x, this.#now);
    for (const [k, band] of this.#bands) this.#now[k]! += band;
  }

  /** The first time within an accepted step at which a guard falls below 0; undefined if none does. */
  look(step: AcceptedStep): number | undefined {
    if (this.#now.length === 0) return undefined;
    const end = step.t + step.h;
    this.#guard(end, step.x);
    const fallen = this.#below();
    this.#reach.clear(); // what was crossed before this step was not crossed just now
    if (fallen.length === 0) return undefined;
    const ends = new Map(fallen.map((k) => [k, Math.abs(this.#now[k]!)]));
    const slack = 1e-12 * step.h;
    const { k: earliest, place: first } = this.#first(fallen, step, end);
    const by = this.#fallenBy(fallen, first + slack, step, end);
    this.crossed = by.includes(earliest) ? by : [earliest, ...by];
    for (const k of this.crossed) this.#reach.set(k, ends.get(k)!);
    if (this.#slips === 0) this.#usual = step.h;
    if (end - first <= indistinct * Math.abs(end)) return end;
    return this.#slips === 0 ? first : Math.min(end, first + 10 ** this.#slips * firstSlip * this.#usual);
  }

  /**
   * The guard that falls first, and where. By the place where one falls the others have fallen, or they do later and are
   * done with: so a thousand guards that fall in one step cost a few searches.
   */
  #first(fallen: readonly number[], step: AcceptedStep, end: number): { readonly k: number; readonly place: number } {
    let first = { k: fallen[0]!, place: end };
    for (let waiting = fallen; waiting.length > 0; ) {
      // The middle one: where guards fall in the order of their numbers, the last would be followed by all others.
      const k = waiting[waiting.length >> 1]!;
      first = { k, place: root((t) => this.#value(k, t, step), step.t, first.place) };
      waiting = this.#fallenBy(waiting, first.place, step, end).filter((other) => other !== k);
    }
    return first;
  }

  /** Those of the guards that have fallen by a time within the step. */
  #fallenBy(guards: readonly number[], t: number, step: AcceptedStep, end: number): readonly number[] {
    if (t >= end) return guards;
    step.interpolate(t, this.#x);
    return guards.filter((k) => this.#guardAt(k, t) < 0);
  }

  /** How much later than found an event may lie, s: rising from round to round. */
  later(round: number): number {
    return 10 ** round * firstSlip * this.#usual;
  }

  /** The event lies a little later than it was found: at the place found the solution is still on the near side. */
  slip(): void {
    this.#slips++;
  }

  /** The event has come. */
  settle(): void {
    this.#slips = 0;
  }

  /**
   * Whether guard k, which was crossed just now and is below 0 again, is so by the error of the solution alone: by a
   * small part of what it changed over the step.
   */
  isError(k: number): boolean {
    const reach = this.#reach.get(k);
    return reach !== undefined && Math.abs(this.#now[k]!) <= errorOfPlace * reach;
  }

  #below(): readonly number[] {
    const below: number[] = [];
    for (let k = 0; k < this.#now.length; k++) if (this.#now[k]! < 0) below.push(k);
    return below;
  }

  /** Guard k at the trial time. */
  #guardAt(k: number, t: number): number {
    return this.system.guardAt(k, t, this.#x) + (this.#bands.get(k) ?? 0);
  }

  /** Guard k at a time within a step. At the start it stood, whatever the dense output's rounding makes of it. */
  #value(k: number, t: number, step: AcceptedStep): number {
    step.interpolate(t, this.#x);
    const value = this.#guardAt(k, t);
    return t <= step.t ? Math.max(value, Number.MIN_VALUE) : value;
  }
}
