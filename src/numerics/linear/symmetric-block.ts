import type { Pattern } from "../system.js";
import { type CholeskyFactor, choleskyFactor, factorPanels, solvePanels } from "./cholesky.js";
import { eliminationTree, neighboursOf } from "./elimination-tree.js";
import { minimumDegree } from "./ordering.js";
import { type Pendants, pendantsOf } from "./pendants.js";
import { placeInPanels, type Supernodes, supernodes } from "./supernodes.js";

/** What two entries that mirror each other may differ by, as a part of the diagonal. */
const asymmetry = 1e-12;
/** What eliminating a pendant may add to the diagonal, as a multiple of what stands there. */
const growth = 1e4;

/**
 * The shape of a square matrix that is symmetric once its pendants are eliminated: unknowns that at most two others are
 * joined with, such as the states of devices,
 *
 *     S = A − Σ cᵢ rᵢᵀ / dᵢ.
 */
export interface SymmetricShape {
  readonly size: number;
  readonly pendants: Pendants;
  readonly plan: Supernodes;
  /** For each entry of the matrix on the diagonal of S: its place in the order of elimination. */
  readonly diagonal: { readonly entry: Int32Array; readonly panel: Int32Array };
  /** For each pair of mirrored entries off it. */
  readonly off: Pairs;
  /** For each end of a pendant: where it stands on S's diagonal in the order of elimination; −1 where there is none. */
  readonly ends: Int32Array; // size 2 × pendants
  /** For each pendant: where the entry between its ends stands in the panels; −1 where there is none. */
  readonly between: Int32Array;
}

interface Pairs {
  readonly entry: Int32Array;
  readonly mirror: Int32Array;
  readonly panel: Int32Array;
  /** The places of row and column in the order of elimination. */
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/** A factored matrix of such a shape. */
export interface SymmetricFactors {
  readonly shape: SymmetricShape;
  readonly factor: CholeskyFactor;
  /** size pendants: 1/d */
  readonly pivot: Float64Array;
  /** size 2 × pendants each: r and c, by ends */
  readonly row: Float64Array;
  readonly column: Float64Array;
}

/** Looks whether a pattern is of that shape, with a whole diagonal; undefined if it is not. */
export function symmetricShape(pattern: Pattern): SymmetricShape | undefined {
  const mirror = mirrorsOf(pattern);
  if (mirror === undefined) return undefined;
  const pendants = pendantsOf(pattern, mirror);
  const { inside, ends: joined } = pendants;
  const { size, columnStart, row } = pattern;
  const found = {
    entry: new Int32Array(row.length),
    row: new Int32Array(row.length),
    column: new Int32Array(row.length),
  };
  let count = 0;
  const own: number[] = [];
  for (let j = 0; j < size; j++) {
    if (inside[j]! < 0) continue;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const i = row[e]!;
      if (i === j) own.push(e);
      else if (i > j && inside[i]! >= 0) {
        found.entry[count] = e;
        found.row[count] = inside[i]!;
        found.column[count++] = inside[j]!;
      }
    }
  }
  const lower = {
    entry: found.entry.subarray(0, count),
    row: found.row.subarray(0, count),
    column: found.column.subarray(0, count),
  };
  const hanging = pendants.unknown.length;
  const bridges = Int32Array.from({ length: hanging }, (_, k) => k).filter((k) => joined[2 * k + 1]! >= 0);
  const rows = bothOf(
    lower.row,
    bridges.map((k) => joined[2 * k]!),
  );
  const columns = bothOf(
    lower.column,
    bridges.map((k) => joined[2 * k + 1]!),
  );
  const neighbours = neighboursOf(own.length, rows, columns);
  const order = minimumDegree({ size: own.length, ...neighbours });
  const tree = eliminationTree(neighbours, order);
  const plan = supernodes(neighbours, tree);
  const placeOf = (k: number) => tree.place[k]!;
  const panelOf = (i: number, j: number) => placeInPanels(plan, placeOf(i), placeOf(j));
  return {
    size,
    pendants,
    plan,
    diagonal: {
      entry: tree.order.map((k) => own[k]!),
      panel: tree.order.map((_, k) => placeInPanels(plan, k, k)),
    },
    off: {
      entry: lower.entry.slice(),
      mirror: lower.entry.map((e) => mirror[e]!),
      panel: lower.row.map((i, k) => panelOf(i, lower.column[k]!)),
      row: lower.row.map(placeOf),
      column: lower.column.map(placeOf),
    },
    ends: joined.map((end) => (end < 0 ? -1 : placeOf(end))),
    between: Int32Array.from({ length: hanging }, (_, k) =>
      joined[2 * k + 1]! < 0 ? -1 : panelOf(joined[2 * k]!, joined[2 * k + 1]!),
    ),
  };
}

function bothOf(first: Int32Array, last: Int32Array): Int32Array {
  const both = new Int32Array(first.length + last.length);
  both.set(first);
  both.set(last, first.length);
  return both;
}

/** For each entry the one that mirrors it; undefined if one has none, or the diagonal is not whole. */
function mirrorsOf({ size, columnStart, row }: Pattern): Int32Array | undefined {
  const mirror = new Int32Array(row.length);
  const next = columnStart.slice(0, size);
  // Column j's entries stand in the order of their rows, so that row j's are met in the order of their columns.
  for (let j = 0; j < size; j++) {
    let whole = false;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
      const i = row[e]!;
      const other = next[i]!++;
      if (other >= columnStart[i + 1]! || row[other] !== j) return undefined;
      mirror[e] = other;
      if (i === j) whole = true;
    }
    if (!whole) return undefined;
  }
  return mirror;
}

/** Room for the factors. */
export function symmetricFactors(shape: SymmetricShape): SymmetricFactors {
  const count = shape.pendants.unknown.length;
  return {
    shape,
    factor: choleskyFactor(shape.plan),
    pivot: new Float64Array(count),
    row: new Float64Array(2 * count),
    column: new Float64Array(2 * count),
  };
}

/** Factors new numbers; false if they are not symmetric and positive definite, well away from where they cease to be. */
export function factorSymmetric(factors: SymmetricFactors, values: Float64Array): boolean {
  const { shape, factor } = factors;
  const { diagonal } = factor;
  const { entry, panel } = shape.diagonal;
  factor.panels.fill(0);
  for (let k = 0; k < entry.length; k++) diagonal[k] = values[entry[k]!]!;
  for (let k = 0; k < entry.length; k++) factor.panels[panel[k]!] = diagonal[k]!;
  return eliminatePendants(factors, values) && takePairs(factors, values) && factorPanels(factor) < 0;
}

/** Takes new numbers for the pendants, and keeps the factor of what is left without them; false if a pivot is none. */
export function refreshPendants({ shape, pivot, row, column }: SymmetricFactors, values: Float64Array): boolean {
  const { pendants, ends } = shape;
  for (let k = 0; k < pivot.length; k++) {
    pivot[k] = 1 / values[pendants.pivot[k]!]!;
    if (!Number.isFinite(pivot[k])) return false;
  }
  for (let end = 0; end < ends.length; end++) {
    if (ends[end]! < 0) continue;
    row[end] = values[pendants.row[end]!]!;
    column[end] = values[pendants.column[end]!]!;
  }
  return true;
}

function eliminatePendants({ shape, factor, pivot, row, column }: SymmetricFactors, values: Float64Array): boolean {
  const { pendants, ends, between } = shape;
  const { panels, diagonal } = factor;
  const { panel } = shape.diagonal;
  for (let k = 0; k < pivot.length; k++) {
    const d = values[pendants.pivot[k]!]!;
    pivot[k] = 1 / d;
    for (let end = 2 * k; end < 2 * k + 2; end++) {
      if (ends[end]! < 0) break;
      row[end] = values[pendants.row[end]!]!;
      column[end] = values[pendants.column[end]!]!;
      const change = (row[end]! * column[end]!) / d;
      if (!(Math.abs(change) <= growth * diagonal[ends[end]!]!)) return false;
      panels[panel[ends[end]!]!]! -= change;
    }
    if (between[k]! < 0) continue;
    const change = (column[2 * k]! * row[2 * k + 1]!) / d;
    const mirrored = (column[2 * k + 1]! * row[2 * k]!) / d;
    if (!isEqual(change, mirrored, diagonal[ends[2 * k]!]!, diagonal[ends[2 * k + 1]!]!)) return false;
    panels[between[k]!]! -= change;
  }
  return true;
}

function takePairs({ shape, factor }: SymmetricFactors, values: Float64Array): boolean {
  const { entry, mirror, panel, row, column } = shape.off;
  const { panels, diagonal } = factor;
  for (let k = 0; k < entry.length; k++) {
    const value = values[entry[k]!]!;
    if (!isEqual(value, values[mirror[k]!]!, diagonal[row[k]!]!, diagonal[column[k]!]!)) return false;
    panels[panel[k]!]! += value;
  }
  return true;
}

const isEqual = (one: number, other: number, a: number, b: number): boolean =>
  one === other || Math.abs(one - other) <= asymmetry * Math.sqrt(a * b);

/** Overwrites b[from …] by the solution. */
export function solveSymmetric(
  { shape, factor, pivot, row, column }: SymmetricFactors,
  b: Float64Array,
  from: number,
): void {
  const { pendants, ends } = shape;
  const { order } = shape.plan.tree;
  const { outside, unknown } = pendants;
  const { work } = factor;
  for (let k = 0; k < order.length; k++) work[k] = b[from + outside[order[k]!]!]!;
  for (let k = 0; k < pivot.length; k++) {
    const x = b[from + unknown[k]!]! * pivot[k]!;
    for (let end = 2 * k; end < 2 * k + 2; end++) if (ends[end]! >= 0) work[ends[end]!]! -= column[end]! * x;
  }
  solvePanels(factor);
  for (let k = 0; k < pivot.length; k++) {
    let sum = b[from + unknown[k]!]!;
    for (let end = 2 * k; end < 2 * k + 2; end++) if (ends[end]! >= 0) sum -= row[end]! * work[ends[end]!]!;
    b[from + unknown[k]!] = sum * pivot[k]!;
  }
  for (let k = 0; k < order.length; k++) b[from + outside[order[k]!]!] = work[k]!;
}
