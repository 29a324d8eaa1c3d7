import type { ChannelTree } from "./channel-tree.js";
import { LaneNode } from "./lane-node.js";
import { LaneRoom } from "./lane-room.js";
import { type LaneState, writeLane } from "./lane-state.js";
import { placesOf } from "./tree.js";
import { type NodePlaces, type SharedPlaces, type Squares, squaresOf, treePlaces } from "./tree-places.js";
import { type NodeRows, treeRows } from "./tree-rows.js";

const mostLanes = 64;
/** Numbers of all lanes: what is worked with stays in a processor's caches. */
const mostNumbers = 2 ** 19;

/**
 * A tree of channels, as `ChannelTree` is one, of some realisations side by side. Density matrices and observables are as many
 * real numbers as they have entries, and a channel a real matrix between them. A node meets as many states as its own inputs have
 * rows, and inputs in basis states are no factors of them: so there is much less to be done than a table has rows.
 */
export class LaneTree {
  /** How many realisations are moved together, at most: an even number. */
  readonly most: number;
  readonly room: LaneRoom;
  readonly rows: readonly NodeRows[];
  readonly places: readonly NodePlaces[];
  readonly shared: SharedPlaces;
  readonly costs: readonly LaneNode[];
  /** Rows of the table. */
  readonly count: number;
  readonly #above: readonly (readonly number[])[];
  readonly #table: readonly number[];
  /** The nodes whose states, and those whose observables, are not those of the points. */
  readonly #unsettled = new Set<number>();
  readonly #unseen = new Set<number>();
  /** Lanes of those that were taken up last, or one more: an even number. */
  width = 0;

  /**
   * @param runs realisations
   * @param numbers that others take of the room for each lane
   * @param held numbers that each group holds there for each lane
   */
  constructor(
    readonly of: ChannelTree,
    runs: number,
    numbers: number,
    held: number,
  ) {
    const { tree, moved } = of;
    const { nodes, look, table } = treeRows(tree);
    [this.rows, this.#table, this.count] = [nodes, table, table.length];
    let each = numbers;
    const furnish = (take: (numbers: number) => number) => treePlaces(tree, nodes, table.length, take);
    furnish((numbers) => (each += numbers));
    const fitting = Math.min(mostLanes, Math.max(2, Math.floor(mostNumbers / each)), runs);
    this.most = fitting + (fitting % 2);
    this.room = new LaneRoom((each + held * Math.ceil(runs / this.most)) * this.most, look, this.most);
    ({ nodes: this.places, shared: this.shared } = furnish((numbers) => this.room.take(numbers * this.most)));
    this.costs = moved.map((node) => new LaneNode(this, node));
    const places = placesOf(tree);
    this.#above = tree.nodes.map((_, node) => {
      const all: number[] = [];
      for (let up = places[node]?.node; up !== undefined; up = places[up]?.node) all.push(up);
      return all;
    });
  }

  /** Real numbers of what a node takes and gives. */
  squares = (node: number): Squares => squaresOf(this.of.tree, node);

  /** Takes up realisations, each trained node's by a state of its own. */
  begin(states: readonly LaneState[]): void {
    const { width } = states[0]!;
    if (width !== this.width) this.#widen(width);
    for (const node of this.rows.keys()) {
      this.#unsettled.add(node);
      this.#unseen.add(node);
    }
    for (const [part, node] of this.of.moved.entries()) this.moved(node, states[part]!);
  }

  /** Writes what is the same in all lanes. */
  #widen(width: number): void {
    this.width = width;
    const { memory } = this.room;
    const { tree, truth } = this.of;
    memory.fill(1, this.shared.one, this.shared.one + width);
    for (const [node, { held }] of tree.nodes.entries()) {
      if (held === undefined) continue;
      for (let lane = 0; lane < width; lane++) writeLane(memory, this.shared.point, width, lane, held);
      this.#form(node, this.shared.point);
    }
    const last = tree.nodes.length - 1;
    const { output } = tree.nodes[last]!.part;
    const { observable } = this.places[last]!;
    for (const [row, of] of this.#table.entries()) {
      for (let e = 0; e < output * output; e++) {
        const wrong = e % (output + 1) === 0 && e / (output + 1) !== truth[of] ? 1 : 0;
        const at = observable + (row * output * output + e) * width;
        memory.fill(wrong, at, at + width);
      }
    }
  }

  /** A node stands elsewhere. */
  moved(node: number, { points }: LaneState): void {
    this.#form(node, points);
  }

  #form(node: number, point: number): void {
    const { memory, kernels } = this.room;
    const { input, output, kraus } = this.of.tree.nodes[node]!.part;
    kernels.realForm(memory, point, this.places[node]!.form, output, input, kraus, this.width);
    const above = this.#above[node]!;
    this.#unsettled.add(node);
    for (const other of above) this.#unsettled.add(other);
    for (const other of this.rows.keys()) if (other !== node && !above.includes(other)) this.#unseen.add(other);
  }

  /** The place of what a node is given. */
  givenOf(node: number): number {
    const { below } = this.rows[node]!;
    if (below.length === 0) return this.shared.one;
    return below.length === 1 ? this.places[below[0]!]!.states : this.places[node]!.products.at(-1)!.states;
  }

  /** Brings what a node gives up to date. */
  settle(node: number): void {
    if (!this.#unsettled.delete(node)) return;
    const { memory, look, kernels } = this.room;
    const { below, rows, given, of, products } = this.rows[node]!;
    const { form, states } = this.places[node]!;
    for (const other of below) this.settle(other);
    this.#multiply(node, products.length);
    const { inputs, outputs } = this.squares(node);
    kernels.through(memory, look, form, this.givenOf(node), states, of, rows, given, inputs, outputs, this.width);
  }

  /** Brings what a wrong answer is of what a node gives up to date. */
  see(node: number): void {
    if (!this.#unseen.has(node)) return;
    const up = this.#above[node]![0];
    this.#unseen.delete(node);
    if (up === undefined) return;
    this.see(up);
    const { memory, look, kernels } = this.room;
    const { below, rows, before, after, given, of } = this.rows[up]!;
    const { form, observable, products: places } = this.places[up]!;
    const last = places.at(-1);
    const { inputs, outputs } = this.squares(up);
    const whole = last === undefined ? this.places[below[0]!]!.observable : last.observable;
    kernels.back(memory, look, form, observable, whole, of, rows, before, after, given, inputs, outputs, this.width);
    if (last !== undefined) this.#seePart(up, node);
  }

  /** Of what a wrong answer is of a product, what it is of one of its nodes: of the products before, until it is a factor. */
  #seePart(up: number, node: number): void {
    const { below, products } = this.rows[up]!;
    const { products: places } = this.places[up]!;
    const is = below.indexOf(node);
    for (const other of below) if (other !== node) this.settle(other);
    this.#multiply(up, is - 1);
    for (let k = products.length - 1; k >= Math.max(0, is - 1); k--) {
      const before = k === 0 ? this.places[below[0]!]! : places[k - 1]!;
      const factor = this.places[below[k + 1]!]!;
      if (is === k + 1) this.#part(up, k, 1, before.states, factor.observable);
      else this.#part(up, k, 0, factor.states, before.observable);
    }
  }

  /** Of a wrong answer of a product, what it is of what stands before (0) or of the factor (1), the other one given. */
  #part(up: number, k: number, mine: 0 | 1, given: number, to: number): void {
    const { memory, look, kernels } = this.room;
    const { rows, before, after, products } = this.rows[up]!;
    const { terms, sizes, of } = products[k]!;
    const { observable } = this.places[up]!.products[k]!;
    const other = mine === 0 ? 1 : 0;
    kernels.parts(memory, look, observable, given, to, terms.at, terms.plus, terms.minus, 1 + mine, 1 + other, of[other], rows, before, after, sizes[other], sizes[mine], this.width); // biome-ignore format: one thought
  }

  /** The first products of what a node is given, as many as are asked for. */
  #multiply(node: number, count: number): void {
    const { memory, look, kernels } = this.room;
    const { below, products } = this.rows[node]!;
    const { products: places } = this.places[node]!;
    for (let k = 0; k < count; k++) {
      const { terms, rows, sizes } = products[k]!;
      const { states: first } = k === 0 ? this.places[below[0]!]! : places[k - 1]!;
      const { states: second } = this.places[below[k + 1]!]!;
      kernels.products(memory, look, first, second, places[k]!.states, terms.at, terms.plus, terms.minus, ...rows, ...sizes, this.width); // biome-ignore format: one thought
    }
  }

  /** Overwrites what as many realisations cost, and the shares of the table's rows that they answer right. */
  score(cost: Float64Array, right: Float64Array): void {
    const last = this.rows.length - 1;
    this.settle(last);
    const { memory, kernels } = this.room;
    const { states, observable } = this.places[last]!;
    const { wrong, cost: costs, right: rights } = this.shared;
    const runs = cost.length;
    kernels.answers(memory, states, observable, wrong, this.count, this.squares(last).outputs, this.width);
    kernels.judge(memory, wrong, costs, rights, this.count, this.of.kind === "square" ? 1 : 0, runs, this.width);
    cost.set(memory.subarray(costs, costs + runs));
    right.set(memory.subarray(rights, rights + runs));
  }
}
