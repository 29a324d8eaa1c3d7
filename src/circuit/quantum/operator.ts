import type { Program } from "../../expressions/formula.js";
import type { Unknown } from "../circuit.js";

/**
 * An operator of a block, as plain data: Σ coefficient · (product of local operators). Nothing is multiplied out; who
 * computes with it chooses how. Basis of a qubit: level 0 is |e⟩, level 1 is |g⟩; of an oscillator: |0⟩, |1⟩, …
 */
export type Operator = readonly OperatorTerm[];

export interface OperatorTerm {
  readonly coefficient: Coefficient;
  /** One for each system that the term acts on, by ascending `system`; none: a multiple of the identity. */
  readonly factors: readonly LocalOperator[];
}

/** A product of elementary operators of one system, in the order in which it is written: the last acts first. */
export interface LocalOperator {
  /** Its place among the block's systems. */
  readonly system: number;
  readonly product: readonly ElementaryOperator[];
}

/**
 * Of a qubit `sx sy sz sp sm`, of an oscillator `ann cre num pos mom`, of both `proj`, |level⟩⟨level|. In the basis
 * (|e⟩, |g⟩): sz = |e⟩⟨e| − |g⟩⟨g|, sy = [[0, −i], [i, 0]], sm = |g⟩⟨e|. `pos` = √(ħ/2mω)(a + a†),
 * `mom` = i√(mħω/2)(a† − a), with m and ω of the oscillator and ħ of the block. (`id` leaves no factor.)
 */
export type ElementaryOperator =
  | { readonly name: (typeof qubitOperators)[number] | (typeof oscillatorOperators)[number] }
  | { readonly name: "proj"; readonly level: number };

export const qubitOperators = ["sx", "sy", "sz", "sp", "sm"] as const;
export const oscillatorOperators = ["ann", "cre", "num", "pos", "mom"] as const;

/** A complex number that may follow time and signals. */
export interface Coefficient {
  readonly re: Drive;
  readonly im: Drive;
}

/** A real number, or a law of time and of what drives the block. */
export type Drive =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "law"; readonly law: Program; readonly inputs: readonly DriveInput[] };

/**
 * What a law of a block reads beside time: classical unknowns, the records of the block's monitors (feedforward), and the
 * memory µ of the LC circuit that it belongs to.
 */
export type DriveInput =
  | Unknown
  | { readonly kind: "record"; readonly monitor: number }
  | { readonly kind: "memory" }
  /** A weight or a feature of the block, by its place in `numbers`; none is left in what a run computes with. */
  | { readonly kind: "number"; readonly index: number };

/** A drive that never changes. */
export const steady = (value: number): Drive => ({ kind: "number", value });
