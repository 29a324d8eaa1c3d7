import type { Signal } from "../circuit/circuit.js";

/** Two values this near to each other, relative to the column or in the unit, are both sides of no jump. */
const alike = { relative: 1e-6, volts: 1e-9, amperes: 1e-15, else: 1e-21 };

/** Whether the last two of a signal's values, some that it had of late, are the same but for rounding. */
export function isNoJump(values: Float64Array, { unit }: Pick<Signal, "unit">): boolean {
  const floor = unit === "V" ? alike.volts : unit === "A" ? alike.amperes : alike.else;
  let largest = 0;
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k]!));
  return Math.abs(values.at(-1)! - values.at(-2)!) <= floor + alike.relative * largest;
}
