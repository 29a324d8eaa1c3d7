import { root } from "../analysis/interpolation.js";
import { gated, gateGuard, gateMode, gateNext } from "../devices/perceptrons/gate.js";
import type { StepControl } from "../numerics/integrator.js";
import { extrapolation } from "../numerics/integrators/extrapolation.js";
import type { ExplicitSystem } from "../numerics/system.js";
import type { WeightLaw } from "./network.js";
import { ReadingStuck } from "./reading-stuck.js";

/** The local error that is tolerated, relative to a weight; and so many steps, and events, are enough for one reading. */
const control = { relative: 1e-13, maxSteps: 100_000 } satisfies Partial<StepControl>;
const mostEvents = 1000;

/** Memristors whose currents depend on their own weights. */
export interface ReadSystem {
  readonly laws: readonly WeightLaw[];
  /** Size weights: the threshold that each device has. */
  readonly ith: Float64Array;
  /** Size weights: 1 at those that never move. */
  readonly stuck: Uint8Array;
  /** Writes the current through each memristor, A, at weights w. */
  currents(w: Float64Array, into: Float64Array): void;
}

/**
 * Moves weights by dw/dt = rate·sgn(I)·(|I| − ith) within their windows and walls, for as long as a reading takes, while
 * the currents follow the weights. Edges of windows and walls are located.
 *
 * @throws ReadingStuck where that comes to no end
 */
export function moveByReading(system: ReadSystem, w: Float64Array, duration: number): void {
  const motion = new Motion(system, w);
  for (let t = 0, event = 0; t < duration && motion.isMoving(); event++) {
    if (event === mostEvents) throw new ReadingStuck("too many events");
    t = motion.carry(t, duration);
  }
}

const pressed = { no: 0, low: -1, high: 1 } as const;

class Motion {
  readonly #i: Float64Array; // size weights: currents, A
  readonly #gate: Uint8Array; // size weights
  readonly #wall: Int8Array; // size weights
  readonly #explicit: ExplicitSystem;
  readonly #trial: Float64Array; // size weights
  /** Gates from 0 on, walls behind them, that an event has crossed. */
  #crossed: readonly number[] = [];

  constructor(
    readonly system: ReadSystem,
    readonly w: Float64Array,
  ) {
    const { length } = w;
    this.#i = new Float64Array(length);
    this.#trial = new Float64Array(length);
    system.currents(w, this.#i);
    this.#gate = Uint8Array.from(system.laws, ({ a }, k) => gateMode(this.#i[k]!, system.ith[k]!, a));
    this.#wall = new Int8Array(length);
    this.#press();
    this.#explicit = {
      size: length,
      negligible: new Float64Array(length).fill(1e-6),
      rate: (_t, y, out) => {
        system.currents(y, this.#i);
        for (let k = 0; k < length; k++) out[k] = this.#wall[k] === pressed.no ? this.#drive(k) : 0;
        return out.every(Number.isFinite);
      },
    };
  }

  isMoving(): boolean {
    return this.w.some((_, k) => this.#wall[k] === pressed.no && this.#drive(k) !== 0);
  }

  /** Follows the weights from t to the end, or to the first event; gives when that is. */
  carry(t: number, end: number): number {
    const steps = extrapolation.integrate(this.#explicit, t, this.w, end, { ...control, maxStep: end - t }, (step) =>
      this.#look(step),
    );
    for (;;) {
      const next = steps.next();
      if (!next.done) continue;
      const { outcome, x, t: reached } = next.value;
      if (outcome !== "reached" && outcome !== "stopped") throw new ReadingStuck(outcome);
      this.w.set(x);
      this.#turn();
      return reached;
    }
  }

  /** How fast weight k would move without walls. */
  #drive(k: number): number {
    if (this.system.stuck[k] === 1) return 0;
    return this.system.laws[k]!.rate * gated(this.#i[k]!, this.system.ith[k]!, this.#gate[k]!);
  }

  /** How far gate k, or wall k − n, is from its change; the currents are those of w. */
  #guard(k: number, w: Float64Array): number {
    const n = w.length;
    if (k < n) return gateGuard(this.#i[k]!, this.system.ith[k]!, this.system.laws[k]!.a, this.#gate[k]!);
    const { min, max } = this.system.laws[k - n]!;
    const wall = this.#wall[k - n]!;
    return wall === pressed.no ? Math.min(w[k - n]! - min, max - w[k - n]!) : wall * this.#drive(k - n);
  }

  /** The first time within a step at which a gate or a wall changes. */
  #look(step: Parameters<Parameters<typeof extrapolation.integrate>[5]>[0]): number | undefined {
    const end = step.t + step.h;
    this.system.currents(step.x, this.#i);
    const fallen = Array.from({ length: 2 * this.w.length }, (_, k) => k).filter((k) => this.#guard(k, step.x) < 0);
    if (fallen.length === 0) return undefined;
    const at = (k: number) => (t: number) => {
      step.interpolate(t, this.#trial);
      this.system.currents(this.#trial, this.#i);
      const value = this.#guard(k, this.#trial);
      return t <= step.t ? Math.max(value, Number.MIN_VALUE) : value; // at the start it stood, whatever rounding says
    };
    const places = fallen.map((k) => root(at(k), step.t, end));
    const first = places.reduce((least, place) => Math.min(least, place));
    this.#crossed = fallen.filter((_, j) => places[j]! <= first + 1e-12 * step.h);
    return first;
  }

  /** Makes the changes of the event that has come. */
  #turn(): void {
    const n = this.w.length;
    this.system.currents(this.w, this.#i);
    for (const k of this.#crossed) {
      if (k >= n) continue;
      const { a } = this.system.laws[k]!;
      this.#gate[k] = gateNext(this.#gate[k]!, this.#i[k]!, this.system.ith[k]!, a);
    }
    for (const k of this.#crossed) {
      if (k < n) continue;
      const { min, max } = this.system.laws[k - n]!;
      if (this.#wall[k - n] === pressed.no) this.w[k - n] = this.w[k - n]! - min < max - this.w[k - n]! ? min : max;
    }
    this.#crossed = [];
    this.#press();
  }

  /** Holds what is driven against its wall, and lets go what is not. */
  #press(): void {
    for (const [k, { min, max }] of this.system.laws.entries()) {
      const drive = this.#drive(k);
      const w = this.w[k]!;
      this.#wall[k] = w <= min && drive < 0 ? pressed.low : w >= max && drive > 0 ? pressed.high : pressed.no;
    }
  }
}
