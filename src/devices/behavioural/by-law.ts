import type { Device, Entry } from "../device.js";
import { type Law, sourceOf } from "../law.js";

// What devices by an expression of the solution have in common. Each maker closes over one law, whose inputs are the
// device's controls; instances with the same law share the device. All are made once for a law.

const reference = "Nagel, SPICE2, UCB/ERL M520, Berkeley (1975): controlled sources; here any expression";

/** What is the same for all: the controls stand at `first`, behind terminals and own unknowns. */
interface Scratch {
  readonly u: Float64Array; // size inputs: the inputs of the law
  readonly y: Float64Array; // size 1 + inputs: its value and slopes
}

export const scratch = (law: Law): Scratch => ({
  u: new Float64Array(law.inputs),
  y: new Float64Array(1 + law.inputs),
});

/** Evaluates the law with the controls from place `first` of x on. */
export function evaluate(law: Law, { u, y }: Scratch, t: number, x: Float64Array, first: number): void {
  for (let k = 0; k < u.length; k++) u[k] = x[first + k]!;
  law.load(t, u, y);
}

export const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, k) => first + k);

/** Slopes of one row by columns. */
export const rowOf = (row: number, columns: readonly number[]): readonly Entry[] =>
  columns.map((column): Entry => [row, column]);

/** The parts of a device that come straight from its law. */
export function about(law: Law, first: number) {
  const { u } = scratch(law);
  return {
    reference,
    parameters: {},
    controls: law.inputs,
    smooth: law.smooth,
    ...sourceOf([law]),
    ...(law.guards > 0 && {
      switching: {
        count: law.guards,
        guard(t: number, x: Float64Array, _values: object, out: Float64Array) {
          for (let k = 0; k < u.length; k++) u[k] = x[first + k]!;
          law.guard(t, u, out);
        },
      },
    }),
  };
}

/** One device a law, made when it is first asked for. */
export function once(make: (law: Law) => Device): (law: Law) => Device {
  const made = new WeakMap<Law, Device>();
  return (law) => {
    const known = made.get(law);
    if (known !== undefined) return known;
    const fresh = make(law);
    made.set(law, fresh);
    return fresh;
  };
}
