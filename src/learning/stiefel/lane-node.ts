import type { LaneCost } from "./lane-cost.js";
import type { LaneState } from "./lane-state.js";
import type { LaneTree } from "./lane-tree.js";

/** The cost of a tree as a function of one of its nodes, as `NodeCost` is of one realisation. */
export class LaneNode implements LaneCost {
  readonly rows: number;
  readonly count: number;
  readonly kept = 0;
  readonly found = 0;
  readonly #squares: 0 | 1;
  /** Where what the node is given and what a wrong answer is stand, of the lanes that costs are asked of. */
  #given = 0;
  #observable = 0;

  constructor(
    readonly tree: LaneTree,
    readonly node: number,
  ) {
    const { kind, tree: channels } = tree.of;
    const { input, output, kraus } = channels.nodes[node]!.part;
    [this.rows, this.count] = [output * kraus, input];
    this.#squares = kind === "square" ? 1 : 0;
  }

  evaluate(Y: number, f: number, width: number): void {
    const { room, shared, of } = this.tree;
    const { memory, look, kernels } = room;
    const { input, output, kraus } = of.tree.nodes[this.node]!.part;
    const rows = this.tree.rows[this.node]!;
    kernels.realForm(memory, Y, shared.form, output, input, kraus, width);
    kernels.nodeCost(memory, look, shared.form, this.#given, this.#observable, f, shared.numbers, rows.of, rows.rows, rows.before, rows.after, rows.given, input * input, output * output, this.#squares, width); // biome-ignore format: one thought
  }

  slope(S: number, xi: number, overlap: number, square: number, width: number): void {
    const { room, shared, of, places } = this.tree;
    const { memory, look, kernels } = room;
    const { input, output, kraus } = of.tree.nodes[this.node]!.part;
    const rows = this.tree.rows[this.node]!;
    const { states, observable } = places[this.node]!;
    this.tree.settle(this.node);
    this.tree.see(this.node);
    const given = this.tree.givenOf(this.node);
    kernels.nodeSlope(memory, look, shared.form, given, states, observable, shared.numbers, rows.of, rows.rows, rows.before, rows.after, rows.given, input * input, output * output, this.#squares, width); // biome-ignore format: one thought
    kernels.backFromForm(memory, shared.form, S, xi, shared.numbers, output, input, kraus, width);
    kernels.project(memory, S, xi, overlap, this.rows, this.count, width);
    kernels.inner(memory, xi, xi, square, this.rows * this.count, width);
  }

  take({ lanes, width: all }: LaneState, count: number, width: number): void {
    const { room, shared, places, rows, count: whole } = this.tree;
    const { memory, left, kernels } = room;
    const { below, given } = rows[this.node]!;
    [this.#given, this.#observable] = [this.tree.givenOf(this.node), places[this.node]!.observable];
    if (count === lanes) return;
    const numbers = whole * this.tree.squares(this.node).outputs;
    kernels.gathered(memory, left, this.#observable, all, shared.observable, width, count, numbers);
    this.#observable = shared.observable;
    if (below.length === 0) return;
    const states = given * rows[this.node]!.states;
    kernels.gathered(memory, left, this.#given, all, shared.given, width, count, states);
    this.#given = shared.given;
  }
}
