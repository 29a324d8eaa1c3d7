import type { Device } from "../device.js";
import { type Law, nextOf } from "../law.js";

/** A law of a device's own time that reads unknowns of the device, each by its place in x and times a scale. */
export class PlacedLaw {
  readonly #u: Float64Array; // size inputs
  readonly #y: Float64Array; // size 1 + inputs

  constructor(
    readonly law: Law,
    readonly reads: readonly { readonly place: number; readonly scale: number }[],
    /** Its time is `clock` times the circuit's; a static analysis is at 0. */
    readonly clock: number,
  ) {
    this.#u = new Float64Array(law.inputs);
    this.#y = new Float64Array(1 + law.inputs);
  }

  value(t: number, x: Float64Array): number {
    return this.law.value(this.#time(t), this.#read(x));
  }

  /** Value and slopes in what it reads, in the order of `reads`; valid until the next call. */
  load(t: number, x: Float64Array): Float64Array {
    this.law.load(this.#time(t), this.#read(x), this.#y);
    for (const [k, { scale }] of this.reads.entries()) this.#y[1 + k]! *= scale;
    return this.#y;
  }

  /** What a device whose only law it is has of it: corners, jumps, smoothness. `period`: its own shortest, s. */
  about(period: number): Pick<Device, "smooth" | "source" | "switching"> {
    const { law, clock } = this;
    return {
      smooth: law.smooth,
      source: { next: (t) => nextOf([law], clock * t) / clock, period: () => period },
      ...(law.guards > 0 && {
        switching: {
          count: law.guards,
          guard: (t, x, _values, out) => law.guard(this.#time(t), this.#read(x), out),
        },
      }),
    };
  }

  #time = (t: number): number => (t === Number.NEGATIVE_INFINITY ? 0 : this.clock * t);

  #read(x: Float64Array): Float64Array {
    for (const [k, { place, scale }] of this.reads.entries()) this.#u[k] = scale * x[place]!;
    return this.#u;
  }
}
