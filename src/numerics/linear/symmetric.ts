import type { Pattern } from "../system.js";
import { type LinearSolver, Singular } from "./linear-solver.js";
import type { Supernodes } from "./supernodes.js";
import {
  factorSymmetric,
  refreshPendants,
  type SymmetricFactors,
  solveSymmetric,
  symmetricFactors,
} from "./symmetric-block.js";
import { absentDiagonal, type BlockShape, shapeOf } from "./symmetric-shape.js";

/** From so many products for each entry of the factor, to make it takes as long as some eight solutions. */
const dear = 40;

/** What is known of a pattern: shapes depend on where the diagonal is 0. */
interface Order {
  readonly pattern: Pattern;
  readonly found: Map<string, BlockShape | undefined>;
}

interface FactoredBlock {
  readonly values: Float64Array; // its entries
  readonly factors: SymmetricFactors | undefined; // undefined: a single entry
}

interface Factors {
  readonly shape: BlockShape;
  readonly blocks: readonly FactoredBlock[];
  readonly above: Float64Array;
  readonly work: Float64Array; // size n, by places
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
    return symmetric.refactor(roomFor(shape), values);
  },

  refactor(factors, values) {
    const { shape, blocks } = factors;
    for (const e of shape.absent) if (values[e] !== 0) return new Singular(shape.pattern.row[e]!);
    for (let k = 0; k < blocks.length; k++) {
      const block = takeBlock(factors, values, k);
      const done = block.factors === undefined ? isPivot(block.values) : factorSymmetric(block.factors, block.values);
      if (!done) return new Singular(shape.column[shape.blocks[k]!.from]!);
    }
    takeAbove(factors, values);
    return factors;
  },

  /** States of devices and nodes at sources are eliminated anew; the Cholesky factor of all other nodes stays. */
  refresh(factors, values) {
    const { shape, blocks } = factors;
    if (!shape.blocks.some((block) => block.shape && isDear(block.shape.plan))) return false;
    for (const e of shape.absent) if (values[e] !== 0) return false;
    for (let k = 0; k < blocks.length; k++) {
      const block = takeBlock(factors, values, k);
      if (!(block.factors === undefined ? isPivot(block.values) : refreshPendants(block.factors, block.values))) {
        return false;
      }
    }
    takeAbove(factors, values);
    return true;
  },

  solve({ shape, blocks, above, work }, b) {
    const { row, column, above: place } = shape;
    for (let k = 0; k < work.length; k++) work[k] = b[row[k]!]!;
    for (let block = blocks.length - 1; block >= 0; block--) {
      const { from } = shape.blocks[block]!;
      const { values, factors } = blocks[block]!;
      if (factors === undefined) work[from]! /= values[0]!;
      else solveSymmetric(factors, work, from);
      const to = from + (factors?.shape.size ?? 1);
      for (let k = from; k < to; k++) {
        for (let e = place.start[k]!; e < place.start[k + 1]!; e++) work[place.row[e]!]! -= above[e]! * work[k]!;
      }
    }
    for (let k = 0; k < work.length; k++) b[column[k]!] = work[k]!;
  },
};

/** Whether factoring takes so much longer than solving that a few more iterations are cheaper. */
const isDear = ({ panelStart, products }: Supernodes): boolean => products > dear * panelStart.at(-1)!;

/** Takes the entries of a block out of those of the matrix. */
function takeBlock({ shape, blocks }: Factors, values: Float64Array, k: number): FactoredBlock {
  const { entry } = shape.blocks[k]!;
  const block = blocks[k]!;
  for (let e = 0; e < entry.length; e++) block.values[e] = values[entry[e]!]!;
  return block;
}

function takeAbove({ shape, above }: Factors, values: Float64Array): void {
  for (let e = 0; e < above.length; e++) above[e] = values[shape.above.entry[e]!]!;
}

const isPivot = ([value]: Float64Array): boolean => value !== 0 && Number.isFinite(value);

function roomFor(shape: BlockShape): Factors {
  return {
    shape,
    blocks: shape.blocks.map(({ entry, shape }) => ({
      values: new Float64Array(entry.length),
      factors: shape && symmetricFactors(shape),
    })),
    above: new Float64Array(shape.above.entry.length),
    work: new Float64Array(shape.pattern.size),
  };
}
