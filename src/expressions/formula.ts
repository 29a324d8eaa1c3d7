/**
 * An expression whose names are resolved: parameters and functions are gone, what is left are numbers, the time,
 * and inputs (signals, states) by their index. It is what a device is evaluated from.
 */
export type Formula =
  | { readonly kind: "number"; readonly value: number }
  /** The time of the analysis, s; 0 in a static one. */
  | { readonly kind: "time" }
  /** Entry `index` of the array of inputs that the formula is evaluated with. */
  | { readonly kind: "input"; readonly index: number }
  /** An entry of the list of functions (`functions.ts`); the operators stand there too: `+`, `<`, `if`. */
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Formula[] };

export const number = (value: number): Formula => ({ kind: "number", value });

export const call = (name: string, ...of: readonly Formula[]): Formula => ({ kind: "call", name, arguments: of });

/** A formula ready to run: one function of straight-line code, built from the tree alone. */
export interface Program {
  /** How many inputs it reads: indices 0 … inputs − 1. */
  readonly inputs: number;
  /** The value at time t (s; −∞ in a static analysis reads as 0). */
  value(t: number, u: Float64Array): number;
  /** Writes the value to out[0] and ∂/∂u[k] to out[1 + k]. */
  load(t: number, u: Float64Array, out: Float64Array): void;
  /** Between its breakpoints continuous, with continuous slopes, wherever it is defined (no `if(v(a)>0, …)`, `abs` …). */
  readonly smooth: boolean;
  /** The number of switching functions: quantities at whose change of sign the formula may jump. */
  readonly guards: number;
  /** Writes the switching functions to out[0 … guards − 1]; one that stands in a branch not taken reads 1. */
  guard(t: number, u: Float64Array, out: Float64Array): void;
  /** Times ≥ 0 at which a condition affine in `time` changes (or a table of it has a corner), ascending, s. */
  readonly breakpoints: readonly number[];
}
