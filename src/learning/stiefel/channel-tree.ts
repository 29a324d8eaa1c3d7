import type { Columns } from "../../numerics/linear/columns.js";
import { backThrough, type Choi, choiOf, fillChoiOf, through } from "./choi.js";
import type { Cost } from "./cost.js";
import { NodeCost } from "./node-cost.js";
import { expectations, partOf, productOf, type Stack, stackOf, transposed } from "./stacked.js";
import type { CostKind } from "./table-cost.js";
import type { Shape, Trainable } from "./trainable.js";
import { type Branch, inputStates, outcomesOf, type Place, placesOf, type Tree } from "./tree.js";

/**
 * A tree of channels that shall give a truth table, each trained while the others are held: numbers to be found grow with the
 * number of channels, and not with the dimension of all inputs together. Going over the rows of the table still does.
 *
 * Inputs of a channel of a tree never come from the same place, so that its state is a product: σ = ρ_1 ⊗ ρ_2 … . What a wrong
 * answer is of one channel's output is found from above: O_1 = Tr_2[(1 ⊗ ρ_2) N†(O)].
 */
export class ChannelTree implements Trainable {
  /** Of what is trained, in the order of the tree. */
  readonly shapes: readonly Shape[];
  readonly effort: number;
  /** The nodes that are trained. */
  readonly moved: readonly number[];
  readonly #places: readonly (Place | undefined)[];
  readonly #chois: readonly Choi[];
  readonly #wires: readonly Stack[];
  readonly #states: readonly Stack[];
  readonly #wrong: Stack;
  readonly #stale = new Set<number>();
  #points: readonly Columns[] = [];

  /** @param truth the wanted output for each row of the table */
  constructor(
    readonly tree: Tree,
    readonly truth: ArrayLike<number>,
    readonly kind: CostKind,
  ) {
    const { nodes } = tree;
    this.moved = [...nodes.keys()].filter((node) => nodes[node]!.held === undefined);
    this.shapes = this.moved.map((node) => {
      const { input, output, kraus } = nodes[node]!.part;
      return { rows: output * kraus, count: input };
    });
    this.effort = nodes.reduce((sum, { part }) => sum + truth.length * 8 * (part.input * part.output) ** 2, 0);
    this.#places = placesOf(tree);
    this.#chois = nodes.map(({ part }) => choiOf(part.input, part.output));
    for (const [node, { held }] of nodes.entries()) if (held !== undefined) fillChoiOf(held, this.#chois[node]!);
    this.#wires = inputStates(tree);
    this.#states = nodes.map(({ part }) => stackOf(truth.length, part.output));
    this.#wrong = outcomesOf(truth, nodes.at(-1)!.part.output);
  }

  begin(points: readonly Columns[]): void {
    this.#points = this.tree.nodes.map(({ held }, node) => held ?? points[this.moved.indexOf(node)]!);
    for (const node of this.tree.nodes.keys()) this.#stale.add(node);
  }

  costOf(part: number): Cost {
    this.#settle();
    const moved = this.moved[part]!;
    const X = productOf(this.#observable(moved), transposed(this.#given(moved)));
    // Whoever asks for the cost is about to move the channel.
    for (let node: number | undefined = moved; node !== undefined; node = this.#places[node]?.node)
      this.#stale.add(node);
    return new NodeCost(this.tree.nodes[moved]!.part, X, this.kind);
  }

  cost(): number {
    return this.errors().reduce((sum, q) => sum + (this.kind === "square" ? q * q : q), 0);
  }

  errors(): Float64Array {
    this.#settle();
    return expectations(this.#wrong, this.#states.at(-1)!).map((q) => Math.max(0, q)); // what is below 0 is rounding
  }

  /** Brings the states behind moved channels up to date. */
  #settle(): void {
    for (const node of [...this.#stale].sort((a, b) => a - b)) {
      if (this.tree.nodes[node]!.held === undefined) fillChoiOf(this.#points[node]!, this.#chois[node]!);
      through(this.#chois[node]!, this.#given(node), this.#states[node]!);
    }
    this.#stale.clear();
  }

  /** The states of a branch's output. */
  #statesOf(branch: Branch): Stack {
    return "node" in branch ? this.#states[branch.node]! : this.#wires[branch.wire]!;
  }

  /** What a channel is given. */
  #given(node: number): Stack {
    return this.tree.nodes[node]!.takes.map((branch) => this.#statesOf(branch)).reduce(productOf);
  }

  /** What a wrong answer of the network is, of the output of a channel. */
  #observable(node: number): Stack {
    const place = this.#places[node];
    if (place === undefined) return this.#wrong;
    const { part, takes } = this.tree.nodes[place.node]!;
    const back = stackOf(this.truth.length, part.input);
    backThrough(this.#chois[place.node]!, this.#observable(place.node), back);
    const others = takes.map((branch) => this.#statesOf(branch));
    return partOf(back, others, place.among);
  }
}
