import type { Tree } from "./tree.js";
import type { NodeRows } from "./tree-rows.js";

/** Where the numbers of a node stand in the room. */
export interface NodePlaces {
  /** The channel as a real matrix. */
  readonly form: number;
  /** What it gives for each row of its own inputs. */
  readonly states: number;
  /** What is a wrong answer of what it gives, for each row of the table. */
  readonly observable: number;
  /** Products of what it is given, and what a wrong answer is of each. */
  readonly products: readonly { readonly states: number; readonly observable: number }[];
}

/** Room that nodes share: each finds what it needs at its beginning. */
export interface SharedPlaces {
  /** The number 1: what a node is given by its inputs alone. */
  readonly one: number;
  readonly point: number;
  readonly form: number;
  readonly given: number;
  readonly observable: number;
  readonly numbers: number;
  /** Of each row of the table, the probability of a wrong answer. */
  readonly wrong: number;
  readonly cost: number;
  readonly right: number;
}

/** How many real numbers a density matrix or an observable has. */
export interface Squares {
  readonly inputs: number;
  readonly outputs: number;
}

/** Of what a node takes and gives. */
export function squaresOf({ nodes }: Tree, node: number): Squares {
  const { input, output } = nodes[node]!.part;
  return { inputs: input ** 2, outputs: output ** 2 };
}

/**
 * Places for all that a tree works with, of `take`, which gives room for so many numbers of each lane.
 *
 * @param count rows of the table
 */
export function treePlaces(
  tree: Tree,
  nodes: readonly NodeRows[],
  count: number,
  take: (numbers: number) => number,
): { readonly nodes: readonly NodePlaces[]; readonly shared: SharedPlaces } {
  const squares = tree.nodes.map((_, node) => squaresOf(tree, node));
  const largest = (of: (node: number) => number): number => take(Math.max(...tree.nodes.map((_, node) => of(node))));
  const own = nodes.map(({ rows, products }, node): NodePlaces => {
    const { inputs, outputs } = squares[node]!;
    return {
      form: take(inputs * outputs),
      states: take(rows * outputs),
      observable: take(count * outputs),
      products: products.map(({ sizes: [a, b], rows: [c, d] }) => {
        return { states: take(a * b * c * d), observable: take(a * b * count) };
      }),
    };
  });
  const shared: SharedPlaces = {
    one: take(1),
    point: largest((node) => {
      const { input, output, kraus } = tree.nodes[node]!.part;
      return 2 * input * output * kraus;
    }),
    form: largest((node) => squares[node]!.inputs * squares[node]!.outputs),
    given: largest((node) => nodes[node]!.states * nodes[node]!.given),
    observable: largest((node) => count * squares[node]!.outputs),
    numbers: largest((node) => Math.max(4, squares[node]!.outputs)),
    wrong: take(count),
    cost: take(1),
    right: take(1),
  };
  return { nodes: own, shared };
}
