import type { Pattern } from "../system.js";
import type { Kernels } from "./kernels/index.js";
import { type LinearSolver, Singular } from "./linear-solver.js";
import { type Furnished, type Room, roomFor } from "./room.js";
import type { Supernodes } from "./supernodes.js";
import {
  factorSymmetric,
  type SymmetricFactors,
  solveSymmetric,
  symmetricFactors,
  takePendants,
} from "./symmetric-factors.js";
import { absentDiagonal, type Block, type BlockShape, shapeOf } from "./symmetric-shape.js";

/** From so many products for each entry of the factor, to make it takes as long as some eight solutions. */
const dear = 40;

/** What is known of a pattern: shapes depend on where the diagonal is 0. */
interface Order {
  readonly pattern: Pattern;
  readonly found: Map<string, BlockShape | undefined>;
}

/** The shape and the factors of a matrix, in a room. */
interface Arrays {
  readonly values: Float64Array; // size nnz: the entries of the matrix
  readonly row: Int32Array; // size n: row[k] of the matrix stands in place k
  readonly column: Int32Array; // size n
  readonly b: Float64Array; // size n: a right-hand side, then the solution
  readonly work: Float64Array; // size n: the same by places
  readonly absent: Int32Array;
  readonly above: { readonly start: Int32Array; readonly row: Int32Array; readonly entry: Int32Array };
  readonly blocks: readonly FactoredBlock[];
}

interface FactoredBlock {
  readonly from: number;
  readonly to: number;
  readonly factors: SymmetricFactors | undefined; // undefined: single entries
  readonly entry: Int32Array; // of single entries: theirs
  /** What is in `work` of them: of those that stay in the factor, and of the pendants. */
  readonly b: Float64Array;
  readonly own: Float64Array;
}

interface Factors extends Furnished<Arrays> {
  readonly shape: BlockShape;
}

/**
 * For circuits of reciprocal two-terminal devices: resistors, capacitors, memristors, and sources with an end at ground.
 * Their block triangular form has nodes at sources as single entries, and one block that is symmetric and positive
 * definite once the states of devices are eliminated: sparse Cholesky. All else is `Singular` here, for another solver.
 */
export const symmetric: LinearSolver<Order, Factors> = {
  analyze: (pattern) => ({ pattern, found: new Map() }),

  factor(order, values) {
    const absent = absentDiagonal(order.pattern, values);
    const key = absent.join();
    if (!order.found.has(key)) order.found.set(key, shapeOf(order.pattern, absent));
    const shape = order.found.get(key);
    if (shape === undefined) return new Singular(0);
    return symmetric.refactor({ shape, ...roomFor((room) => arraysOf(room, shape)) }, values);
  },

  refactor(factors, values) {
    const { shape, arrays, kernels } = factors;
    arrays.values.set(values);
    const present = appeared(factors);
    if (present !== undefined) return present;
    for (const block of arrays.blocks) {
      const refused = refusedBy(kernels, block, arrays.values);
      if (refused >= 0) return new Singular(shape.column[refused]!);
    }
    return factors;
  },

  /** States of devices and nodes at sources are eliminated anew; the Cholesky factor of all other nodes stays. */
  refresh(factors, values) {
    const { shape, arrays, kernels } = factors;
    if (!shape.blocks.some((block) => block.shape && isDear(block.shape.plan))) return false;
    arrays.values.set(values);
    if (appeared(factors) !== undefined) return false;
    return arrays.blocks.every(({ factors, entry }) =>
      factors === undefined
        ? kernels.findNoPivot(entry.length, entry, arrays.values) < 0
        : takePendants(kernels, factors, arrays.values),
    );
  },

  solve({ arrays, kernels }, b) {
    const { values, row, column, above, blocks, work } = arrays;
    arrays.b.set(b);
    kernels.gather(b.length, row, arrays.b, work);
    for (let k = blocks.length - 1; k >= 0; k--) {
      const { from, to, factors, entry, b, own } = blocks[k]!;
      if (factors === undefined) {
        kernels.solveSingles(from, to, entry, above.start, above.row, above.entry, values, work);
        continue;
      }
      solveSymmetric(kernels, factors, b, own);
      kernels.subtractColumns(from, to, above.start, above.row, above.entry, values, work);
    }
    kernels.scatter(b.length, column, work, arrays.b);
    b.set(arrays.b);
  },
};

/** Whether factoring takes so much longer than solving that a few more iterations are cheaper. */
const isDear = ({ panelStart, products }: Supernodes): boolean => products > dear * panelStart.at(-1)!;

/** An entry on the diagonal that is no longer 0, if there is one. */
function appeared({ shape, arrays: { values, absent }, kernels }: Factors): Singular | undefined {
  if (kernels.countPresent(absent.length, absent, values) === 0) return undefined;
  return new Singular(shape.pattern.row[shape.absent.find((e) => values[e] !== 0)!]!);
}

/** Factors a block; gives a place that is without a pivot, or −1. */
function refusedBy(kernels: Kernels, { from, factors, entry }: FactoredBlock, values: Float64Array): number {
  if (factors !== undefined) return factorSymmetric(kernels, factors, values) ? -1 : from;
  const refused = kernels.findNoPivot(entry.length, entry, values);
  return refused < 0 ? -1 : from + refused;
}

function arraysOf(room: Room, { pattern, absent, row, column, blocks, above }: BlockShape): Arrays {
  const work = room.doubles(pattern.size);
  return {
    values: room.doubles(pattern.row.length),
    row: room.ints(row),
    column: room.ints(column),
    b: room.doubles(pattern.size),
    work,
    absent: room.ints(absent),
    above: { start: room.ints(above.start), row: room.ints(above.row), entry: room.ints(above.entry) },
    blocks: blocks.map((block) => blockIn(room, block, work)),
  };
}

function blockIn(room: Room, { from, to, entry, shape }: Block, work: Float64Array): FactoredBlock {
  const factors = shape && symmetricFactors(room, shape);
  const middle = from + (factors?.size ?? 0);
  return {
    from,
    to,
    factors,
    entry: shape === undefined ? room.ints(entry) : entry,
    b: work.subarray(from, middle),
    own: work.subarray(middle, to),
  };
}
