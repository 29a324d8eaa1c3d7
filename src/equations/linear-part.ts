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
  /** A value has changed: it is added up again before it is loaded next. */
  change(): void;
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
        add(C, of, of.charge, index, of.at.q_x, sums);
        add(G, of, of.current, index, of.at.f_x, sums);
      }
    }
    C.list = listOf(C, pattern);
    isCharged = C.values.some((value) => value !== 0);
    G.list = listOf(G, pattern);
  };
  let isStale = true;
  return {
    change: () => {
      isStale = true;
    },
    load(x, out) {
      if (isStale) refresh();
      isStale = false;
      for (let k = 0; k < charges.length; k++) out.C[charges[k]!] = C.values[charges[k]!]!;
      copy(G.values, out.G);
      if (isCharged) multiply(C, x, out.q);
      else out.q.fill(0);
      multiply(G, x, out.f);
    },
  };
}

interface Matrix {
  readonly values: Float64Array; // size nnz
  readonly sum: Float64Array; // size n: the sum of each row over all columns but that of ground
  list: Entries; // the entries off the diagonal that are not zero
}

interface Entries {
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

const matrix = ({ size, row }: Pattern): Matrix => ({
  values: new Float64Array(row.length),
  sum: new Float64Array(size),
  list: { row: new Int32Array(0), column: new Int32Array(0), value: new Float64Array(0) },
});

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

function listOf({ values }: Matrix, { size, columnStart, row }: Pattern): Entries {
  const chosen = new Int32Array(values.length);
  const columns = new Int32Array(values.length);
  let count = 0;
  for (let j = 0; j < size; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      if (values[e] === 0 || row[e] === j) continue;
      chosen[count] = e;
      columns[count++] = j;
    }
  }
  const places = chosen.subarray(0, count);
  return {
    row: places.map((e) => row[e]!),
    column: columns.slice(0, count),
    value: Float64Array.from(places, (e) => values[e]!),
  };
}

/** Most circuits are so small that a call of `set` takes longer than a loop. */
function copy(from: Float64Array, to: Float64Array): void {
  if (from.length > small) to.set(from);
  else for (let e = 0; e < from.length; e++) to[e] = from[e]!;
}

/**
 * Writes A x into y as  Σ_j a_ij (x_j − x_i) + (Σ_j a_ij) x_i:  a small difference of two large voltages keeps its digits,
 * as it does in a device of its own.
 */
function multiply({ sum, list: { row, column, value } }: Matrix, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < sum.length; i++) y[i] = sum[i]! * x[i]!;
  for (let e = 0; e < row.length; e++) {
    const i = row[e]!;
    y[i]! += value[e]! * (x[column[e]!]! - x[i]!);
  }
}
