import type { AcceptedStep } from "../numerics/integrator.js";
import { interior } from "../numerics/interior.js";
import { type DeviceClass, gather } from "./classes.js";
import type { LookBack } from "./compiled-system.js";
import type { Corners } from "./corners.js";

/**
 * So often does a corner come again, where it is no jump: an integrator between smooths it by one derivative each time,
 * and what is left then is smooth for every method.
 */
const mostReturns = 6;

/** A change by less than this part of the largest value so far is no jump. */
const jump = 1e-6;

/** A corner that a delay brings again. */
interface Return {
  readonly t: number; // s
  /** How many delays it has gone through; from 0 on again where the quantity jumps. */
  readonly returns: number;
}

/** One device that looks back. */
interface Delayed {
  readonly of: DeviceClass;
  readonly values: Float64Array; // size samples
  /** Corners that are to come, ascending: a delay keeps their order. */
  coming: Return[];
  largest: number; // |quantity| so far
}

/** The delays of a circuit, and the corners that they bring again; undefined where it has none. */
export function delaysOf(
  classes: readonly DeviceClass[],
  corners: Corners,
  size: number,
): (LookBack & { nextBreak(t: number): number }) | undefined {
  const all = classes.filter(({ device }) => device.past !== undefined);
  if (all.length === 0) return undefined;
  return new Delays(
    all.map((of) => ({ of, values: new Float64Array(of.device.past!.samples.length), coming: [], largest: 0 })),
    corners,
    size,
  );
}

class Delays implements LookBack {
  readonly shortest: number;
  readonly #x: Float64Array; // size n: the solution within a step
  #next: Return = { t: Number.NaN, returns: 0 };
  #now: Return = { t: Number.NaN, returns: 0 };

  constructor(
    readonly all: readonly Delayed[],
    readonly corners: Corners,
    size: number,
  ) {
    this.shortest = all.reduce((least, { of }) => Math.min(least, of.device.past!.span), Number.POSITIVE_INFINITY);
    this.#x = new Float64Array(size);
  }

  begin(x: Float64Array): void {
    for (const one of this.all) {
      const value = quantity(one.of, 0, x);
      one.of.device.past!.begin(value);
      one.coming = [];
      one.largest = Math.abs(value);
    }
  }

  /** The first corner after t of a source or of what a delay brings again, s. */
  nextBreak(t: number): number {
    if (t !== this.#now.t) this.#now = t === this.#next.t ? this.#next : { t, returns: 0 };
    let next: Return = { t: this.corners.next(t), returns: 0 };
    for (const one of this.all) {
      while (one.coming.length > 0 && one.coming[0]!.t <= t) one.coming.shift();
      const first = one.coming[0];
      if (first !== undefined && first.t < next.t) next = first;
    }
    this.#next = next;
    return next.t;
  }

  /** To be told of once the next corner has been asked for at t: that says what has brought this one. */
  corner(t: number, before: Float64Array, after: Float64Array): void {
    const { returns } = this.#now;
    for (const one of this.all) {
      const { span } = one.of.device.past!;
      const [a, b] = [quantity(one.of, t, before), quantity(one.of, t, after)];
      one.largest = Math.max(one.largest, Math.abs(b));
      const jumps = Math.abs(b - a) > jump * one.largest;
      if (jumps || returns < mostReturns) one.coming.push({ t: t + span, returns: jumps ? 1 : returns + 1 });
    }
  }

  keep(step: AcceptedStep, until: number): void {
    const inside = interior(step.t, until);
    for (const { of, values } of this.all) {
      const past = of.device.past!;
      for (let k = 0; k < values.length; k++) {
        const t = step.t + (until - step.t) * past.samples[k]!;
        if (t === step.t + step.h) values[k] = quantity(of, inside(t), step.x);
        else {
          step.interpolate(t, this.#x);
          values[k] = quantity(of, inside(t), this.#x);
        }
      }
      past.keep(step.t, until, values);
    }
  }
}

/** What a device remembers, at (t, x) of the circuit. */
function quantity(of: DeviceClass, t: number, x: Float64Array): number {
  gather(of, 0, x);
  return of.device.past!.of(t, of.x);
}
