import { type Terms, termsOf } from "./product-terms.js";
import type { Branch, Tree } from "./tree.js";

/**
 * Which rows of a truth table are one to a node. What it is given depends on its own inputs alone, `rows` of them in the order
 * of its branches; for each there are `before` × `after` rows of the table. Inputs are in basis states, so that they choose
 * columns of what the channel does, and only what other nodes give is multiplied.
 */
export interface NodeRows {
  readonly rows: number;
  readonly before: number;
  readonly after: number;
  /** The nodes that it takes from. */
  readonly below: readonly number[];
  /** Real numbers of the product of what they give. */
  readonly given: number;
  /** How many such states it meets. */
  readonly states: number;
  /** Of each row the place of its columns, and which row it is of what is given: where they are looked up. */
  readonly of: number;
  /** The first two nodes multiplied, then with the third, and so on. */
  readonly products: readonly NodeProduct[];
}

/** A product of what stands before with what a node gives. */
export interface NodeProduct {
  readonly terms: Terms;
  /** Real numbers of either. */
  readonly sizes: readonly [number, number];
  readonly rows: readonly [number, number];
  /** Of each row of the node that multiplies, which row of either belongs to it: where it is looked up. */
  readonly of: readonly [number, number];
}

export interface TreeRows {
  readonly nodes: readonly NodeRows[];
  /** What is looked up. */
  readonly look: readonly number[];
  /** Of each row, as the tree takes its inputs, the row of the table. */
  readonly table: readonly number[];
}

export function treeRows(tree: Tree): TreeRows {
  const look: number[] = [];
  const kept = (numbers: readonly number[]): number => look.push(...numbers) - numbers.length;
  const nodes: NodeRows[] = [];
  const wires: number[] = [];
  const rowsOf = (branch: Branch): number =>
    "wire" in branch ? tree.wires[branch.wire]! : product(tree.nodes[branch.node]!.takes.map(rowsOf));
  const visit = (node: number, before: number, after: number): void => {
    const { takes } = tree.nodes[node]!;
    const counts = takes.map(rowsOf);
    nodes[node] = nodeRows(tree, node, counts, before, after, kept);
    takes.forEach((branch, k) => {
      if ("wire" in branch) wires.push(branch.wire);
      else visit(branch.node, before * product(counts.slice(0, k)), product(counts.slice(k + 1)) * after);
    });
  };
  visit(tree.nodes.length - 1, 1, 1);
  const dimensions = wires.map((wire) => tree.wires[wire]!);
  const strides = wires.map((wire) => product(tree.wires.slice(wire + 1)));
  const table = Array.from({ length: product(dimensions) }, (_, row) =>
    digitsOf(row, dimensions).reduce((sum, digit, k) => sum + digit * strides[k]!, 0),
  );
  return { nodes, look, table };
}

function nodeRows(
  { nodes, wires }: Tree,
  node: number,
  counts: readonly number[],
  before: number,
  after: number,
  kept: (numbers: readonly number[]) => number,
): NodeRows {
  const { takes, part } = nodes[node]!;
  const dimensions = takes.map((branch) => ("wire" in branch ? wires[branch.wire]! : nodes[branch.node]!.part.output));
  const isBelow = takes.map((branch) => "node" in branch);
  const of = (values: readonly number[], below: boolean): number[] => values.filter((_, k) => isBelow[k] === below);
  const [fixed, open] = [of(dimensions, false), of(dimensions, true)];
  const columns = Array.from({ length: product(fixed) }, (_, digits) => {
    const index = (i: number): number => {
      const [ours, theirs] = [digitsOf(digits, fixed), digitsOf(i, open)];
      return numberOf(isBelow.map((below) => (below ? theirs : ours).shift()!), dimensions); // biome-ignore format: one thought
    };
    const size = product(open);
    return kept(Array.from({ length: size * size }, (_, e) => index(Math.floor(e / size)) * part.input + index(e % size))); // biome-ignore format: one thought
  });
  const rows = product(counts);
  const digits = Array.from({ length: rows }, (_, row) => digitsOf(row, counts));
  const given = digits.map((all) => numberOf(of(all, true), of(counts, true)));
  const chosen = digits.map((all) => columns[numberOf(of(all, false), fixed)]!);
  return {
    ...{ rows, before, after },
    below: takes.flatMap((branch) => ("node" in branch ? [branch.node] : [])),
    given: product(open) ** 2,
    states: product(of(counts, true)),
    of: kept(given.flatMap((row, r) => [chosen[r]!, row])),
    products: productsOf(open, of(counts, true), given, kept),
  };
}

function productsOf(
  dimensions: readonly number[],
  counts: readonly number[],
  given: readonly number[],
  kept: (numbers: readonly number[]) => number,
): NodeProduct[] {
  return dimensions.slice(1).map((dimension, k) => {
    const [first, rows, later] = [product(dimensions.slice(0, k + 1)), counts[k + 1]!, product(counts.slice(k + 2))];
    const own = given.map((row) => Math.floor(row / later));
    return {
      terms: termsOf(first, dimension, kept),
      sizes: [first ** 2, dimension ** 2],
      rows: [product(counts.slice(0, k + 1)), rows],
      of: [kept(own.map((row) => Math.floor(row / rows))), kept(own.map((row) => row % rows))],
    };
  });
}

const product = (values: readonly number[]): number => values.reduce((all, value) => all * value, 1);

/** The digits of a number whose bases are given, the most significant first. */
const digitsOf = (value: number, bases: readonly number[]): number[] =>
  bases.map((base, k) => Math.floor(value / product(bases.slice(k + 1))) % base);

const numberOf = (digits: readonly number[], bases: readonly number[]): number =>
  digits.reduce((value, digit, k) => value * bases[k]! + digit, 0);
