import type { Span } from "../../text/source.js";
import type { StandardChannel } from "../quantum/block.js";

/** A complex matrix as the netlist gives it; row-major. */
export interface ComplexEntries {
  readonly rows: number;
  readonly columns: number;
  readonly re: readonly number[];
  readonly im: readonly number[];
}

/** `.channel` and `.compress`: a quantum channel by its name. Its bases are counted, |0⟩ first. */
export interface ChannelCard {
  /** Lower case. */
  readonly name: string;
  readonly input: number; // dimension of what it takes
  readonly output: number; // dimension of what it gives
  /** The Kraus operators that it is written with; of one that is composed or compressed, no fewer than it has. */
  readonly count: number;
  readonly definition: ChannelDefinition;
  readonly span: Span;
}

export type ChannelDefinition =
  | { readonly kind: "kraus"; readonly operators: readonly ComplexEntries[] }
  | { readonly kind: "unitary"; readonly matrix: ComplexEntries }
  /** W, a row a list: E(ρ) = diag(W diag ρ). */
  | { readonly kind: "stochastic"; readonly rows: readonly (readonly number[])[] }
  | StandardChannel
  /** Drawn by Haar's measure; seed undefined: the run's. */
  | { readonly kind: "haar"; readonly seed: number | undefined }
  | { readonly kind: "network"; readonly tree: ChannelNode }
  /** Of another channel, by its place among them all. */
  | {
      readonly kind: "compressed";
      readonly of: number;
      readonly rank: number;
      readonly method: (typeof compressions)[number];
      readonly seed: number | undefined;
    };

/** `choi`: the heaviest operators of the minimal form. `sketch`: random sums of all. Both then made to preserve traces. */
export const compressions = ["choi", "sketch"] as const;

/** A channel, by its place among them all, and what it is given: side by side, the first the slow part of an index. */
export interface ChannelNode {
  readonly kind: "channel";
  readonly channel: number;
  readonly arguments: readonly ChannelTree[];
}

/** A part of a network of channels: one of them, or an input, which is passed on as it is. */
export type ChannelTree = ChannelNode | ChannelInput;

export interface ChannelInput {
  readonly kind: "input";
  readonly name: string;
  readonly dimension: number;
}
