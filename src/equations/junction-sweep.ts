import type { Junction } from "../devices/device.js";
import type { LedLoop } from "./class-loop.js";
import type { DeviceClass } from "./classes.js";

/** A class of devices with a junction each. */
export interface JunctionClass {
  readonly of: DeviceClass;
  readonly junction: Junction;
  /** The number of its first junction. */
  readonly first: number;
  // Found once: a temperature that is set later makes an iteration longer, not wrong.
  readonly thermal: Float64Array; // size count, V
  readonly critical: Float64Array; // size count, V
  /** Where among the entries of the class the slopes of its two nodes by their own voltages stand. */
  readonly own: { readonly plus: number; readonly minus: number };
  /** Its loop, for so many values that differ between instances. */
  written: { readonly differing: number; readonly loop: LedLoop | undefined };
}

/**
 * One junction after the other is led to where the conductances at its nodes let it go, and what it cannot take of a
 * correction upwards goes on to these nodes, so that the next one sees it in the same sweep: Gauss and Seidel's iteration, of one
 * nonlinear equation each. In a chain of diodes a correction finds one that turns on, a sweep all of them.
 */
export class JunctionSweep {
  readonly #given: Float64Array; // size n: ∞ where an unknown is given
  readonly #x: Float64Array; // size n: the unknowns as the sweep leaves them
  readonly #more: Float64Array; // size n: the conductance at a node that the sweep has added, S
  #G: Float64Array = new Float64Array(0);

  /** @param laidDown size n: 1 where an unknown is given */
  constructor(laidDown: Uint8Array) {
    this.#given = Float64Array.from(laidDown, (isGiven) => (isGiven === 1 ? Infinity : 0));
    this.#x = new Float64Array(laidDown.length);
    this.#more = new Float64Array(laidDown.length);
  }

  /** Begins at the unknowns x; `G` is ∂f/∂x as it was loaded last. */
  begin(x: Float64Array, G: Float64Array): void {
    this.#x.set(x);
    this.#more.set(this.#given);
    this.#G = G;
  }

  /**
   * Moves the voltage of a junction; true if it is where the unknowns have it.
   *
   * @param passesOn whether what is left of the correction goes on to its nodes
   */
  settle(one: JunctionClass, index: number, voltage: Float64Array, passesOn: boolean): boolean {
    const { of, junction, first, own } = one;
    const thermal = one.thermal[index]!;
    const critical = one.critical[index]!;
    const to = voltageOf(one, index, this.#x);
    const from = voltage[first + index]!;
    if (!(Math.abs(to - from) > far * thermal)) {
      voltage[first + index] = to;
      return true;
    }
    const slope = slopeAt(from, thermal, critical);
    const high = of.places[index * of.columns + junction.plus]!;
    const low = of.places[index * of.columns + junction.minus]!;
    const above = Math.max(0, this.#conductance(one, index, own.plus, high) - slope);
    const below = Math.max(0, this.#conductance(one, index, own.minus, low) - slope);
    const rest = to > from && above > 0 && below > 0 ? 1 / (1 / above + 1 / below) : 0;
    const near = approached(to, from, thermal, critical, slope, rest);
    const taken = to - near > close * thermal ? Math.max(near, Math.min(to, 0)) : to;
    voltage[first + index] = taken;
    if (!passesOn) return taken === to;
    const change = slopeAt(taken, thermal, critical) - slope;
    if (high >= 0) this.#more[high]! += change;
    if (low >= 0) this.#more[low]! += change;
    if (rest > 0) this.#passOn(to - near, high, low, above === Infinity ? 0 : rest / above);
    return taken === to;
  }

  /** What a junction cannot take goes on to its nodes, a part of it to the upper one: each gives the less the more it conducts. */
  #passOn(left: number, high: number, low: number, part: number): void {
    if (high >= 0) this.#x[high]! -= part * left;
    if (low >= 0) this.#x[low]! += (1 - part) * left;
  }

  #conductance({ of: { current } }: JunctionClass, index: number, entry: number, place: number): number {
    const slot = current.slots[index * current.entries.length + entry]!;
    return slot < 0 ? Infinity : this.#G[slot]! + this.#more[place]!;
  }
}

/** The slope of a junction's current at a voltage, S: that at the knee is Vt/√2 over Vt, Nagel, UCB/ERL M520 (1975), appendix 3. */
const slopeAt = (voltage: number, thermal: number, critical: number): number =>
  Math.exp((voltage - critical) / thermal) * Math.SQRT1_2;

/** The voltage of a junction at x. */
export function voltageOf(
  { of: { places, columns }, junction: { plus, minus } }: JunctionClass,
  index: number,
  x: Float64Array,
) {
  const high = places[index * columns + plus]!;
  const low = places[index * columns + minus]!;
  return (high < 0 ? 0 : x[high]!) - (low < 0 ? 0 : x[low]!);
}

/** In Vt: what is so near is there, and what is further away than the other is led. */
const close = 1e-3;
const far = 2;

/** Newton's method takes so many steps to where a junction alone is led. */
const rounds = 5;

/**
 * Where a junction is evaluated that a correction moves from a voltage to another: where its current is that of the tangent
 * and what the rest of the circuit would give more, were it not to move so far,
 *
 *     is·(exp(v/Vt) − 1) = i + g·(to − from) + G·(to − v).
 *
 * With G = 0 that is SPICE's way, Nagel, UCB/ERL M520 (1975), appendix 3: then only where the law bends.
 */
function approached(to: number, from: number, thermal: number, critical: number, slope: number, rest: number): number {
  const saturation = thermal * Math.SQRT1_2 * Math.exp(-critical / thermal);
  if (rest === Infinity) return to;
  const tangent = thermal * slope - saturation + slope * (to - from);
  if (rest === 0) {
    if (to <= critical) return to;
    if (to < from) return fallen(to, from, thermal, critical);
    return thermal * Math.log(from > 0 ? tangent / saturation + 1 : to / thermal + 1);
  }
  const whole = tangent + rest * to;
  if (whole <= 0) return whole / rest;
  // Either part alone would go further: from there on Newton's method comes down without fail.
  let v = Math.min(whole / rest, thermal * Math.log(whole / saturation + 1));
  for (let k = 0; k < rounds; k++) {
    const current = saturation * Math.exp(v / thermal);
    v -= (current - saturation + rest * v - whole) / (current / thermal + rest);
  }
  return v;
}

/** Where the current is what the tangent at `from` gives at `to`. */
function fallen(to: number, from: number, thermal: number, critical: number): number {
  const rise = 1 + (to - from) / thermal;
  return rise > 0 ? from + thermal * Math.log(rise) : critical;
}
