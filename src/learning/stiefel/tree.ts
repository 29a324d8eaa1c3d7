import type { Columns } from "../../numerics/linear/columns.js";
import { type Stack, stackOf } from "./stacked.js";

/** A channel that stands in a network: `input` and `output` are dimensions, `kraus` counts its operators. */
export interface Part {
  readonly input: number;
  readonly output: number;
  readonly kraus: number;
}

/** What a channel of a tree takes: what another one gives, or one of the network's inputs (wires, counted from 0). */
export type Branch = { readonly node: number } | { readonly wire: number };

export interface TreeNode {
  readonly part: Part;
  /** The first one is the most significant factor. */
  readonly takes: readonly Branch[];
  /** Its operators, where no training moves them. */
  readonly held?: Columns;
}

/** Channels in a tree, each behind those that it takes from; the last one gives the answer. */
export interface Tree {
  readonly nodes: readonly TreeNode[];
  /** The dimension of each input; the first one is the most significant digit of a row of the truth table. */
  readonly wires: readonly number[];
}

/** How a node hangs from the one above it. */
export interface Place {
  readonly node: number;
  readonly among: number;
}

/** Of each node the place above it; none above the last one. */
export function placesOf({ nodes }: Tree): readonly (Place | undefined)[] {
  const places = nodes.map((): Place | undefined => undefined);
  for (const [node, { takes }] of nodes.entries())
    for (const [among, branch] of takes.entries()) if ("node" in branch) places[branch.node] = { node, among };
  return places;
}

/** Of each input the basis state that it is in, for each row of the truth table. */
export function inputStates({ wires }: Tree): readonly Stack[] {
  const rows = wires.reduce((product, dimension) => product * dimension, 1);
  let slower = rows;
  return wires.map((dimension) => {
    slower /= dimension;
    const states = stackOf(rows, dimension);
    for (let row = 0; row < rows; row++) {
      const digit = Math.floor(row / slower) % dimension;
      states.re[row * dimension * dimension + digit * (dimension + 1)] = 1;
    }
    return states;
  });
}

/** The projector on wrong answers, 1 − |T⟩⟨T|, for each row of the truth table. */
export function outcomesOf(truth: ArrayLike<number>, dimension: number): Stack {
  const wrong = stackOf(truth.length, dimension);
  for (let row = 0; row < truth.length; row++)
    for (let o = 0; o < dimension; o++)
      wrong.re[row * dimension * dimension + o * (dimension + 1)] = o === truth[row] ? 0 : 1;
  return wrong;
}
