import { factoredMatrix } from "../numerics/linear/choose.js";
import { type Furnished, roomFor } from "../numerics/linear/room.js";
import { linearization, type Pattern } from "../numerics/system.js";
import type { CompiledSystem } from "./compiled-system.js";
import { type Reduced, split } from "./reduce.js";

/** A linear circuit as an explicit ordinary differential equation. */
export interface ReducedLinear extends Reduced {
  /** About the largest |λ| of its eigenvalues, 1/s. */
  fastest(): number;
}

/** So many columns may take a solution each; and a product may have so many times the entries of what it is made of. */
const most = { solutions: 500, growth: 2 };

/**
 * A circuit whose slopes never change as an explicit ordinary differential equation of its dynamic unknowns s, driven by
 * sources d(t) in a few rows,
 *
 *     (dx_s/dt, x_a) = −K⁻¹ (G x_s + d(t)) = M (x_s, d(t)),
 *
 * where K has the columns of C for the dynamic unknowns and those of G for the algebraic ones. M is made once, so that a rate
 * is a product. Undefined where K has no inverse, where M is not sparse, where something jumps, or looks back.
 */
export function reduceLinear(system: CompiledSystem): ReducedLinear | undefined {
  if (system.isLinear !== true || system.guards > 0 || system.lookBack || system.carried.length > 0) return undefined;
  const at = linearization(system);
  system.load(Number.NEGATIVE_INFINITY, new Float64Array(system.pattern.size), at);
  const { dynamic, algebraic } = split(system.pattern, at.C);
  if (dynamic.length === 0) return undefined;
  const isDynamic = new Uint8Array(system.pattern.size);
  for (const j of dynamic) isDynamic[j] = 1;
  const K = columnsOf(system.pattern, (j) => (isDynamic[j] === 1 ? at.C : at.G));
  const G = columnsOf(system.pattern, () => at.G);
  const { driven, negligible, kind } = system;
  const product = productOf(K, G, dynamic, driven);
  if (product === undefined) return undefined;
  const order = new Int32Array(system.pattern.size);
  order.set(dynamic);
  order.set(algebraic, dynamic.length);
  const rates = new Rates(system, driven, dynamic.length, order, product);
  return {
    explicit: {
      size: dynamic.length,
      negligible: Float64Array.from(dynamic, (j) => negligible[j]!),
      ...(kind && { kind: Int32Array.from(dynamic, (j) => kind[j]!) }),
      rate(t, y, out) {
        const finite = rates.find(t, y);
        out.set(rates.ofDynamic);
        return finite;
      },
    },
    states: (all) => Float64Array.from(dynamic, (j) => all[j]!),
    expand(t, y, all) {
      const finite = rates.find(t, y);
      for (let k = 0; k < dynamic.length; k++) all[dynamic[k]!] = y[k]!;
      for (let k = 0; k < algebraic.length; k++) all[algebraic[k]!] = rates.ofAlgebraic[k]!;
      return finite;
    },
    last() {},
    leap() {},
    forget() {},
    cost: { iterations: 0, factorizations: 1 },
    fastest: () => rates.radius(),
  };
}

/** A matrix by compressed columns. */
interface Columns {
  readonly pattern: Pattern;
  readonly values: Float64Array;
}

/** Entries of a matrix, one after the other. */
class Entries {
  readonly row: number[] = [];
  readonly column: number[] = [];
  readonly value: number[] = [];

  add(row: number, column: number, value: number): void {
    this.row.push(row);
    this.column.push(column);
    this.value.push(value);
  }
}

/** The entries that are not 0, of columns that are taken out of several matrices. */
function columnsOf({ size, columnStart, row }: Pattern, valuesOf: (j: number) => Float64Array): Columns {
  const rows: number[] = [];
  const values: number[] = [];
  const start = new Int32Array(size + 1);
  for (let j = 0; j < size; j++) {
    const given = valuesOf(j);
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      if (given[e] === 0) continue;
      rows.push(row[e]!);
      values.push(given[e]!);
    }
    start[j + 1] = rows.length;
  }
  return { pattern: { size, columnStart: start, row: Int32Array.from(rows) }, values: Float64Array.from(values) };
}

/** −K⁻¹ times the chosen columns of G, and behind them the unit vectors of the driven rows; undefined where it is not sparse. */
function productOf(K: Columns, G: Columns, dynamic: Int32Array, driven: Int32Array): Entries | undefined {
  const matrix = factoredMatrix(K.pattern);
  if (matrix.factor(K.values) !== undefined) return undefined;
  const alone = pivotsAlone(K);
  const product = new Entries();
  const limit = most.growth * (G.values.length + K.pattern.size);
  let solutions = 0;
  const b = new Float64Array(K.pattern.size);
  const solve = (column: number): boolean => {
    matrix.solve(b);
    for (let i = 0; i < b.length; i++) if (b[i] !== 0) product.add(i, column, -b[i]!);
    b.fill(0);
    return ++solutions <= most.solutions && product.value.length <= limit;
  };
  const { columnStart, row } = G.pattern;
  for (let k = 0; k < dynamic.length; k++) {
    let isPlain = true;
    for (let e = columnStart[dynamic[k]!]!; e < columnStart[dynamic[k]! + 1]!; e++) {
      if (alone[row[e]!] === 0) isPlain = false;
    }
    for (let e = columnStart[dynamic[k]!]!; e < columnStart[dynamic[k]! + 1]!; e++) {
      if (isPlain) product.add(row[e]!, k, -G.values[e]! / alone[row[e]!]!);
      else b[row[e]!]! += G.values[e]!;
    }
    if (!isPlain && !solve(k)) return undefined;
  }
  for (let k = 0; k < driven.length; k++) {
    b[driven[k]!] = 1;
    if (!solve(dynamic.length + k)) return undefined;
  }
  return product;
}

/** size n: the entry on the diagonal where it stands alone in its row and its column, else 0. */
function pivotsAlone({ pattern: { size, columnStart, row }, values }: Columns): Float64Array {
  const inRow = new Int32Array(size);
  for (let e = 0; e < row.length; e++) inRow[row[e]!]!++;
  const pivots = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const e = columnStart[j]!;
    if (columnStart[j + 1] === e + 1 && row[e] === j && inRow[j] === 1) pivots[j] = values[e]!;
  }
  return pivots;
}

/** Powers of A find its largest eigenvalues from below. */
const powers = 24;

/** What stands in the room of a product: M by compressed rows, those of dynamic unknowns first. */
interface Product {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
  readonly x: Float64Array; // the dynamic unknowns, and behind them what drives
  readonly out: Float64Array; // size n
}

class Rates {
  /** Of the last product: dx/dt of the dynamic unknowns, and the algebraic ones. */
  readonly ofDynamic: Float64Array;
  readonly ofAlgebraic: Float64Array;
  readonly #room: Furnished<Product>;
  readonly #drive: Float64Array; // size n: room for what drives
  readonly #driven: Int32Array; // rows
  readonly #size: number; // dynamic unknowns
  #t = NaN; // of the last product

  constructor(
    readonly system: CompiledSystem,
    driven: Int32Array,
    size: number,
    order: Int32Array,
    { row, column, value }: Entries,
  ) {
    const n = order.length;
    const place = new Int32Array(n);
    for (let k = 0; k < n; k++) place[order[k]!] = k;
    const start = new Int32Array(n + 1);
    for (const i of row) start[place[i]! + 1]!++;
    for (let k = 0; k < n; k++) start[k + 1]! += start[k]!;
    const next = start.slice();
    const columns = new Int32Array(row.length);
    const values = new Float64Array(row.length);
    for (let e = 0; e < row.length; e++) {
      const at = next[place[row[e]!]!]!++;
      columns[at] = column[e]!;
      values[at] = value[e]!;
    }
    this.#room = roomFor((room) => ({
      start: room.ints(start),
      column: room.ints(columns),
      value: room.doubles(values),
      x: room.doubles(size + driven.length),
      out: room.doubles(n),
    }));
    this.#drive = new Float64Array(n);
    this.#driven = driven;
    this.#size = size;
    this.ofDynamic = this.#room.arrays.out.subarray(0, size);
    this.ofAlgebraic = this.#room.arrays.out.subarray(size);
  }

  /** False if it is not finite. What was found last is not found again. */
  find(t: number, y: Float64Array): boolean {
    const { arrays } = this.#room;
    if (t !== this.#t || !this.#isLast(y)) {
      this.#t = t;
      arrays.x.set(y);
      const driven = this.#driven;
      for (let k = 0; k < driven.length; k++) this.#drive[driven[k]!] = 0;
      this.system.drive(t, this.#drive);
      for (let k = 0; k < driven.length; k++) arrays.x[this.#size + k] = this.#drive[driven[k]!]!;
      return this.#multiply();
    }
    return true;
  }

  #isLast(y: Float64Array): boolean {
    const { x } = this.#room.arrays;
    for (let k = 0; k < y.length; k++) if (y[k] !== x[k]) return false;
    return true;
  }

  /** False if it is not finite. */
  #multiply(): boolean {
    const { arrays, kernels } = this.#room;
    const { start, column, value, x, out } = arrays;
    const finite = kernels.multiplyRows(out.length, start, column, value, x, out) === 1;
    if (!finite) this.#t = NaN;
    return finite;
  }

  /** By powers of A, two at a time: one alone goes to and fro between voltages and currents. */
  radius(): number {
    const { x } = this.#room.arrays;
    this.#t = NaN;
    x.fill(0);
    // Numbers without any pattern that a matrix might share.
    for (let k = 0; k < this.#size; k++) x[k] = Math.sin(k * k + 1);
    let found = 0;
    for (let k = 0; k < powers; k++) {
      const size = norm(x);
      if (!(size > 0)) return 0;
      for (let i = 0; i < x.length; i++) x[i]! /= size;
      for (let twice = 0; twice < 2; twice++) {
        this.#multiply();
        x.set(this.ofDynamic);
      }
      found = Math.sqrt(norm(x));
    }
    return found;
  }
}

function norm(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * x[i]!;
  return Math.sqrt(sum);
}
