import type { Law } from "./law.js";

/** What an input of a law of a device is. */
export type Read =
  | { readonly kind: "terminal"; readonly index: number }
  | { readonly kind: "state"; readonly index: number }
  /** The current of branch `index`, which must be given by its voltage. */
  | { readonly kind: "current"; readonly index: number }
  /** A parameter: a number, by which no slope is asked. */
  | { readonly kind: "parameter"; readonly name: string };

/** A law and what its inputs are: reads[k] is input k. */
export interface BoundLaw {
  readonly law: Law;
  readonly reads: readonly Read[];
}

/** A law with its inputs' places in x, and room to evaluate it. */
export interface Bound {
  readonly law: Law;
  readonly column: Int32Array; // size inputs: the place in x, −1 for a parameter
  readonly parameter: readonly string[]; // size inputs: the parameter's name, "" for an unknown
  readonly u: Float64Array; // size inputs
  readonly y: Float64Array; // size 1 + inputs: value and slopes
}

/** Where things stand in x. */
export interface Places {
  readonly states: number; // place of the first state
  readonly currents: readonly number[]; // by branch; −1 where the law gives the current
}

/** Finds where the inputs of a law stand. */
export function bound({ law, reads }: BoundLaw, place: Places): Bound {
  const columnOf = (read: Read): number => {
    switch (read.kind) {
      case "terminal":
        return read.index;
      case "state":
        return place.states + read.index;
      case "current": {
        const at = place.currents[read.index]!;
        if (at < 0) throw new Error("a law reads the current of a branch that is given by its current");
        return at;
      }
      case "parameter":
        return -1;
    }
  };
  return {
    law,
    column: Int32Array.from(reads, columnOf),
    parameter: reads.map((read) => (read.kind === "parameter" ? read.name : "")),
    u: new Float64Array(law.inputs),
    y: new Float64Array(1 + law.inputs),
  };
}

/** Takes the inputs of a law out of x and the values. */
export function gather(
  { column, parameter, u }: Bound,
  x: Float64Array,
  values: Readonly<Record<string, number>>,
): void {
  for (let k = 0; k < u.length; k++) u[k] = column[k]! < 0 ? values[parameter[k]!]! : x[column[k]!]!;
}

/** Evaluates a law with its slopes: they stand in `y` afterwards. */
export function evaluate(at: Bound, t: number, x: Float64Array, values: Readonly<Record<string, number>>): void {
  gather(at, x, values);
  at.law.load(t, at.u, at.y);
}

/** The value of a law alone. */
export function valueAt(at: Bound, t: number, x: Float64Array, values: Readonly<Record<string, number>>): number {
  gather(at, x, values);
  return at.law.value(t, at.u);
}

/** Adds `sign` times the slopes of a law to the row that begins at `start`. */
export function addSlopes({ column, y }: Bound, sign: number, f_x: Float64Array, start: number): void {
  for (let k = 0; k < column.length; k++) if (column[k]! >= 0) f_x[start + column[k]!]! += sign * y[1 + k]!;
}
