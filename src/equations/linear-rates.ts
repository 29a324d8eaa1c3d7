import { type Furnished, roomFor } from "../numerics/linear/room.js";
import type { CompiledSystem } from "./compiled-system.js";
import type { Entries } from "./inverse-product.js";

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

/** The right-hand side of a linear circuit, as one product: see `reduceLinear`. */
export class LinearRates {
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
