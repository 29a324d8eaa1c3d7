import { plainKernels } from "../numerics/linear/kernels/index.js";
import type { Rows } from "../numerics/linear/kernels/linear-rows.js";
import type { Furnished, Room } from "../numerics/linear/room.js";
import type { Linearization, Pattern } from "../numerics/system.js";
import { type Block, type DeviceClass, evaluate } from "./classes.js";

/**
 * The devices whose equations are linear with slopes that never change (resistors, capacitors, inductors, linear
 * controlled sources), added up once for all:
 *
 *     q = C₀ x,      f = G₀ x.
 */
export interface LinearPart {
  /** Writes C₀ and G₀ into the matrices, and C₀ x and G₀ x into q and f. */
  load(x: Float64Array, out: Linearization): void;
  /** The same with kernels, for arrays of a room. */
  loadIn({ arrays, kernels }: Furnished<LinearArrays>, x: Float64Array, out: Linearization): void;
  /** What that takes. */
  furnish(room: Room): LinearArrays;
  /** A value has changed: it is added up again before it is loaded next. */
  change(): void;
}

/** What is added up, in a room. */
export interface LinearArrays {
  readonly charges: Int32Array;
  readonly C: Rows & { readonly values: Float64Array };
  readonly G: Rows & { readonly values: Float64Array };
  /** The number of the sum that was copied last. */
  readonly state: Int32Array;
}

/** Up to so many entries. */
const small = 200;

/** A class that the linear part can stand for: fixed slopes, and nothing in it that depends on the time. */
export const isLinear = ({ device: { slopes, source, modes, switching } }: DeviceClass): boolean =>
  slopes?.fixed === "q and f" && !source && !modes && !switching;

/** @param charges the entries at which C may differ from 0; no others of it are written */
export function linearPart(classes: readonly DeviceClass[], pattern: Pattern, charges: Int32Array): LinearPart {
  const C = matrix(pattern);
  const G = matrix(pattern);
  const x = new Float64Array(pattern.size);
  let isCharged = false;
  const refresh = () => {
    clear(C);
    clear(G);
    for (const of of classes) {
      const sums = new Float64Array(of.rows);
      for (let index = 0; index < of.instances.length; index++) {
        evaluate(of, index, Number.NEGATIVE_INFINITY, x);
        if (of.charge.entries.length > 0) add(C, of, of.charge, index, of.at.q_x, sums);
        add(G, of, of.current, index, of.at.f_x, sums);
      }
    }
    isCharged = charges.some((e) => C.values[e] !== 0);
    if (isCharged) C.list = listOf(C, pattern);
    G.list = listOf(G, pattern);
  };
  let isStale = true;
  let sums = 0; // so often was it added up
  const freshen = () => {
    if (!isStale) return;
    refresh();
    isStale = false;
    sums++;
  };
  return {
    change: () => {
      isStale = true;
    },
    load(x, out) {
      freshen();
      for (let k = 0; k < charges.length; k++) out.C[charges[k]!] = C.values[charges[k]!]!;
      copy(G.values, out.G);
      if (isCharged) multiply(C, x, out.q);
      else out.q.fill(0);
      multiply(G, x, out.f);
    },
    furnish(room) {
      const matrixIn = () => ({
        row: room.ints(pattern.row.length),
        column: room.ints(pattern.row.length),
        value: room.doubles(pattern.row.length),
        values: room.doubles(pattern.row.length),
        sum: room.doubles(pattern.size),
      });
      return { charges: room.ints(charges), C: matrixIn(), G: matrixIn(), state: room.ints(1) };
    },
    loadIn({ arrays, kernels }, x, out) {
      freshen();
      if (arrays.state[0] !== sums) {
        bring(C, arrays.C);
        bring(G, arrays.G);
        arrays.state[0] = sums;
      }
      const { size } = pattern;
      kernels.copyPlaces(charges.length, arrays.charges, arrays.C.values, out.C);
      out.G.set(G.values);
      if (isCharged) kernels.multiplyByDifferences(size, C.list.row.length, arrays.C, x, out.q);
      else out.q.fill(0);
      kernels.multiplyByDifferences(size, G.list.row.length, arrays.G, x, out.f);
    },
  };
}

/** Copies a matrix into a room. */
function bring({ values, sum, list }: Matrix, to: LinearArrays["C"]): void {
  to.row.set(list.row);
  to.column.set(list.column);
  to.value.set(list.value);
  to.values.set(values);
  to.sum.set(sum);
}

interface Matrix {
  readonly values: Float64Array; // size nnz
  readonly sum: Float64Array; // size n: the sum of each row over all columns but that of ground
  list: Rows; // the entries off the diagonal that are not zero, and the sums
}

function matrix({ size, row }: Pattern): Matrix {
  const sum = new Float64Array(size);
  const list = { row: new Int32Array(0), column: new Int32Array(0), value: new Float64Array(0), sum };
  return { values: new Float64Array(row.length), sum, list };
}

function clear({ values, sum }: Matrix): void {
  values.fill(0);
  sum.fill(0);
}

/** Adds the slopes of one instance; `part` is room for the sums of its rows. */
function add(
  { values, sum }: Matrix,
  of: DeviceClass,
  { entries, slots }: Block,
  index: number,
  slopes: Float64Array,
  part: Float64Array,
): void {
  part.fill(0);
  for (let k = 0; k < entries.length; k++) {
    const slot = slots[index * entries.length + k]!;
    if (slot < 0) continue;
    values[slot]! += slopes[entries[k]!]!;
    part[Math.floor(entries[k]! / of.columns)]! += slopes[entries[k]!]!;
  }
  // Summed by instance, where the slopes of a device between two nodes cancel exactly.
  for (let row = 0; row < of.rows; row++) {
    const place = of.places[index * of.columns + row]!;
    if (place >= 0) sum[place]! += part[row]!;
  }
}

function listOf({ values, sum }: Matrix, { size, columnStart, row }: Pattern): Rows {
  let count = 0;
  for (let e = 0; e < values.length; e++) if (values[e] !== 0) count++;
  const list = { row: new Int32Array(count), column: new Int32Array(count), value: new Float64Array(count) };
  let k = 0;
  for (let j = 0; j < size; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      if (values[e] === 0 || row[e] === j) continue;
      list.row[k] = row[e]!;
      list.column[k] = j;
      list.value[k++] = values[e]!;
    }
  }
  return { row: list.row.subarray(0, k), column: list.column.subarray(0, k), value: list.value.subarray(0, k), sum };
}

/** Most circuits are so small that a call of `set` takes longer than a loop. */
function copy(from: Float64Array, to: Float64Array): void {
  if (from.length > small) to.set(from);
  else for (let e = 0; e < from.length; e++) to[e] = from[e]!;
}

const multiply = ({ sum, list }: Matrix, x: Float64Array, y: Float64Array): void =>
  plainKernels.multiplyByDifferences(sum.length, list.row.length, list, x, y);
