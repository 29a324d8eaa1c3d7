import { type FactoredMatrix, factoredMatrix } from "../numerics/linear/choose.js";
import type { Pattern } from "../numerics/system.js";

/**
 * Memristors and the lines between them: what lies between the units that drive rows and the neurons that take what
 * columns carry. Its places are counted in one row: the nodes whose voltages are not known, the units, and the inputs of
 * neurons, which are at 0 V. By Kirchhoff's law, at every node i,
 *
 *     Σ_edges g·(v_i − v_j) = 0
 */
export interface Grid {
  readonly nodes: number;
  readonly sources: readonly { readonly unit: number; readonly volts: number }[]; // volts of a unit's value of 1
  readonly sinks: readonly { readonly neuron: number; readonly gain: number }[]; // u of a current of 1 A
  readonly edges: readonly Edge[];
}

/** A conductance between two places: of a line, or, with a weight, of a memristor: conductance·w. */
export interface Edge {
  readonly a: number;
  readonly b: number;
  readonly weight: number | undefined;
  readonly conductance: number; // S
}

/** Power that a reading takes, in W. */
export interface ReadPower {
  devices: number;
  lines: number;
}

/** Solves a grid, again and again, for other weights and other values of the units. */
export class GridReader {
  readonly #matrix: FactoredMatrix;
  readonly #entries: Float64Array;
  readonly #places: readonly (readonly number[])[]; // of aa, bb, ab, ba of each edge in `entries`; −1: none
  readonly #v: Float64Array; // size places
  readonly #right: Float64Array; // size nodes
  readonly #g: Float64Array; // size edges

  constructor(readonly grid: Grid) {
    const { pattern, places } = patternOf(grid);
    this.#matrix = factoredMatrix(pattern);
    this.#places = places;
    this.#entries = new Float64Array(pattern.row.length);
    this.#right = new Float64Array(grid.nodes);
    this.#v = new Float64Array(grid.nodes + grid.sources.length + grid.sinks.length);
    this.#g = new Float64Array(grid.edges.length);
  }

  /** Adds to u, by neuron, what the grid brings; `weights` as they are read, `values` by unit. */
  read(weights: ArrayLike<number>, values: ArrayLike<number>, u: Float64Array): void {
    const { grid } = this;
    const [v, right, g] = [this.#v, this.#right, this.#g];
    for (const [k, { unit, volts }] of grid.sources.entries()) v[grid.nodes + k] = volts * values[unit]!;
    this.#entries.fill(0);
    right.fill(0);
    for (const [k, { a, b, weight, conductance }] of grid.edges.entries()) {
      g[k] = weight === undefined ? conductance : conductance * weights[weight]!;
      for (const [sign, place] of this.#places[k]!.entries())
        if (place >= 0) this.#entries[place]! += sign < 2 ? g[k]! : -g[k]!;
      if (a < grid.nodes && b >= grid.nodes) right[a]! += g[k]! * v[b]!;
      if (b < grid.nodes && a >= grid.nodes) right[b]! += g[k]! * v[a]!;
    }
    // Nodes that only memristors without conductance reach carry no current, whatever their voltage.
    if (this.#matrix.factor(this.#entries) === undefined) this.#matrix.solve(right);
    else right.fill(Number.NaN);
    v.set(right);
    this.#collect(u);
  }

  #collect(u: Float64Array): void {
    const { grid } = this;
    const first = grid.nodes + grid.sources.length;
    for (const [k, { a, b }] of grid.edges.entries()) {
      const current = this.#g[k]! * (this.#v[a]! - this.#v[b]!);
      if (a >= first) u[grid.sinks[a - first]!.neuron]! -= grid.sinks[a - first]!.gain * current;
      if (b >= first) u[grid.sinks[b - first]!.neuron]! += grid.sinks[b - first]!.gain * current;
    }
  }

  /** Writes the currents of the last reading through the memristors of weights, from a to b, A. */
  currents(into: Float64Array): void {
    for (const [k, { a, b, weight }] of this.grid.edges.entries())
      if (weight !== undefined) into[weight] = this.#g[k]! * (this.#v[a]! - this.#v[b]!);
  }

  /** Adds the power of the last reading, Σ g·v². */
  power(into: ReadPower): void {
    for (const [k, { a, b, weight }] of this.grid.edges.entries()) {
      const power = this.#g[k]! * (this.#v[a]! - this.#v[b]!) ** 2;
      if (weight === undefined) into.lines += power;
      else into.devices += power;
    }
  }
}

/** The pattern of a grid's conductance matrix, and where each edge stands in its entries. */
function patternOf({ nodes, edges }: Grid): { readonly pattern: Pattern; readonly places: readonly number[][] } {
  const columns = Array.from({ length: nodes }, (_, k) => new Set([k]));
  for (const { a, b } of edges) {
    if (a >= nodes || b >= nodes) continue;
    columns[a]!.add(b);
    columns[b]!.add(a);
  }
  const sorted = columns.map((rows) => [...rows].sort((a, b) => a - b));
  const columnStart = new Int32Array(nodes + 1);
  for (const [k, rows] of sorted.entries()) columnStart[k + 1] = columnStart[k]! + rows.length;
  const at = (i: number, j: number): number => (i < nodes && j < nodes ? columnStart[j]! + sorted[j]!.indexOf(i) : -1);
  return {
    pattern: { size: nodes, columnStart, row: Int32Array.from(sorted.flat()) },
    places: edges.map(({ a, b }) => [at(a, a), at(b, b), at(a, b), at(b, a)]),
  };
}

/** The first neuron that a grid brings anything to; Infinity if it brings nothing to any. */
export const firstNeuron = ({ sinks }: Grid): number =>
  sinks.reduce((first, { neuron, gain }) => (gain === 0 ? first : Math.min(first, neuron)), Number.POSITIVE_INFINITY);

/** What the grids of a network bring to its neurons, each read as soon as all that drives it is known. */
export class Grids {
  readonly #readers: readonly GridReader[][]; // by the neuron before which they are read
  readonly #u: Float64Array; // size neurons

  constructor(grids: readonly Grid[], neurons: number) {
    this.#u = new Float64Array(neurons);
    this.#readers = Array.from({ length: neurons }, () => []);
    for (const grid of grids) {
      const first = firstNeuron(grid);
      this.#readers[first]!.push(new GridReader(grid));
    }
  }

  /** What neuron k gets, for weights as they are read; neurons are asked in their order, from 0 on. */
  at(k: number, weights: ArrayLike<number>, values: ArrayLike<number>): number {
    if (k === 0) this.#u.fill(0);
    for (const reader of this.#readers[k]!) reader.read(weights, values, this.#u);
    return this.#u[k]!;
  }

  /** Writes the currents of the last reading through memristors, by their weights, A; others stay as they are. */
  currents(into: Float64Array): void {
    for (const reader of this.#readers.flat()) reader.currents(into);
  }

  /** The power of the last reading of all grids. */
  power(): ReadPower {
    const into = { devices: 0, lines: 0 };
    for (const reader of this.#readers.flat()) reader.power(into);
    return into;
  }
}
