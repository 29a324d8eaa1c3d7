import { type DeviceClass, evaluate } from "./classes.js";
import type { Guarded } from "./guard.js";

/** A drift back into a wall of less than this part of the largest seen at the wall is rounding. */
const rounding = 1e-4;

/** A state that its walls keep in a range. */
interface WalledState {
  readonly of: DeviceClass;
  readonly index: number;
  readonly row: number;
  readonly place: number;
  readonly negligible: number;
  low: number;
  high: number;
  /** −1 held at the lower wall, 1 at the upper one, 0 free. */
  side: number;
  /** The largest drift into the wall since it was reached, in the state's unit per second. */
  largest: number;
}

/**
 * The walls of states. A free state obeys its equation; where it reaches a wall and its drift points outwards, it is
 * held there (its row becomes dx/dt = 0) until the drift points inwards.
 *
 * The guard of a free state is its distance from the nearer wall, and below 0 at the wall if the drift leads outwards;
 * that of a held one is the drift outwards.
 */
export class Walls implements Guarded {
  readonly #states: readonly WalledState[];

  constructor(
    classes: readonly DeviceClass[],
    readonly lower: Float64Array,
    readonly upper: Float64Array,
  ) {
    this.#states = classes.flatMap(walledStates);
    this.refresh();
  }

  get guards(): number {
    return this.#states.length;
  }

  owner(k: number): number {
    const { of, index } = this.#states[k]!;
    return of.instances[index]!;
  }

  /** Reads the walls again: a value that they depend on may have changed. */
  refresh(): void {
    for (const state of this.#states) {
      const { of, index, row, place } = state;
      const own = of.device.own[row - of.device.terminals.length]!;
      [state.low, state.high] = own.walls!(of.values.of(index));
      this.lower[place] = state.low;
      this.upper[place] = state.high;
    }
  }

  guard(t: number, x: Float64Array, out: Float64Array, first: number): void {
    for (let k = 0; k < this.#states.length; k++) out[first + k] = guardOf(this.#states[k]!, t, x);
  }

  guardAt(k: number, t: number, x: Float64Array): number {
    return guardOf(this.#states[k]!, t, x);
  }

  cross(k: number, t: number, x: Float64Array): void {
    const state = this.#states[k]!;
    if (state.side !== 0) {
      free(state);
      return;
    }
    const side = sideOf(state, x);
    if (distance(state, x) > state.negligible || side * drift(state, t, x) <= 0) return;
    // Where the wall was reached is known to rounding only: from here on the state is exactly at it.
    x[state.place] = side < 0 ? state.low : state.high;
    hold(state, side);
  }

  /** A wall has its own tolerance: it is crossed as it says. */
  excuse(k: number, t: number, x: Float64Array): boolean {
    this.cross(k, t, x);
    return true;
  }

  settle(t: number, x: Float64Array): void {
    for (const state of this.#states) {
      free(state);
      state.largest = 0;
      if (distance(state, x) > 0) continue;
      const side = sideOf(state, x);
      if (side * drift(state, t, x) > 0) hold(state, side);
    }
  }
}

function walledStates(of: DeviceClass): WalledState[] {
  const { device, instances, columns, places } = of;
  return device.own.flatMap(({ walls, negligible }, k) => {
    if (walls === undefined) return [];
    const row = device.terminals.length + k;
    return [...instances.keys()].map((index) => ({
      of,
      index,
      row,
      place: places[index * columns + row]!,
      negligible,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      side: 0,
      largest: 0,
    }));
  });
}

function guardOf(state: WalledState, t: number, x: Float64Array): number {
  if (state.side !== 0) {
    const outwards = state.side * drift(state, t, x);
    state.largest = Math.max(state.largest, outwards);
    return outwards;
  }
  const inside = distance(state, x);
  if (inside > state.negligible) state.largest = 0;
  if (inside > 0) return inside;
  const outwards = sideOf(state, x) * drift(state, t, x);
  if (outwards > rounding * state.largest) return Math.min(inside, -state.negligible);
  return state.negligible;
}

/** From the nearer wall; below 0 outside. */
const distance = ({ low, high, place }: WalledState, x: Float64Array): number =>
  Math.min(x[place]! - low, high - x[place]!);

const sideOf = ({ low, high, place }: WalledState, x: Float64Array): number =>
  x[place]! - low < high - x[place]! ? -1 : 1;

/** dx/dt as the device's own equation has it, whether or not the state is held. */
function drift({ of, index, row }: WalledState, t: number, x: Float64Array): number {
  evaluate(of, index, t, x);
  return -of.at.f[row]!;
}

function hold(state: WalledState, side: number): void {
  const { of, index, row } = state;
  state.side = side;
  state.largest = 0;
  of.held[index * of.rows + row] = 1;
  of.heldCount++;
}

function free(state: WalledState): void {
  if (state.side === 0) return;
  const { of, index, row } = state;
  state.side = 0;
  of.held[index * of.rows + row] = 0;
  of.heldCount--;
}
