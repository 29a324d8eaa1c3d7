import { type LocalEntries, type LocalKernel, LocalKernels, type LocalPlaces } from "./local-kernel.js";
import { offsetsOf, others, partOf, type Space } from "./space.js";

/** A real matrix on some systems of a register, ascending, by its entries on their space; those of one place add up. */
export interface LocalPart {
  readonly systems: readonly number[];
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/**
 * A matrix on a register that is a sum of matrices on few systems each. Nothing of the register's size is kept but places:
 * a product goes over the register once for each set of systems that a part has, and those of fewer systems go with
 * others that hold theirs.
 */
export class LocalSum {
  readonly #size: number;
  readonly #groups: readonly Group[];
  readonly #kernels: readonly LocalKernel[];

  constructor(space: Space, parts: readonly LocalPart[]) {
    this.#size = space.size;
    this.#groups = grouped(space, parts);
    const kernels = new LocalKernels();
    this.#kernels = this.#groups.map(({ matrix }) => kernels.of(matrix));
  }

  /** out = factor · (A − shift)·y + plus; `plus` may be `out`. */
  apply(factor: number, shift: number, y: Float64Array, plus: Float64Array | undefined, out: Float64Array): void {
    const back = -factor * shift;
    if (plus === undefined) for (let i = 0; i < out.length; i++) out[i] = back * y[i]!;
    else for (let i = 0; i < out.length; i++) out[i] = back * y[i]! + plus[i]!;
    for (const [k, add] of this.#kernels.entries()) add(factor, y, out, this.#groups[k]!);
  }

  /** The smallest value on the diagonal. */
  leastOfDiagonal(): number {
    const diagonal = new Float64Array(this.#size);
    for (const { matrix, places, bases } of this.#groups) {
      for (const [row, column, value] of matrix.entries) {
        if (row === column) for (const base of bases) diagonal[base + places[row]!]! += value;
      }
    }
    return diagonal.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  }
}

/** All parts that act on a set of systems, or on some of it, in one. */
interface Group extends LocalPlaces {
  readonly matrix: LocalEntries;
}

function grouped(space: Space, parts: readonly LocalPart[]): readonly Group[] {
  const largestFirst = parts
    .filter(({ value }) => value.some((x) => x !== 0))
    .sort((a, b) => b.systems.length - a.systems.length);
  const groups: { readonly systems: readonly number[]; readonly parts: LocalPart[] }[] = [];
  for (const part of largestFirst) {
    const home = groups.find(({ systems }) => part.systems.every((system) => systems.includes(system)));
    if (home === undefined) groups.push({ systems: part.systems, parts: [part] });
    else home.parts.push(part);
  }
  return groups
    .map(({ systems, parts: own }) => ({
      matrix: summed(space, systems, own),
      places: offsetsOf(space, systems),
      bases: offsetsOf(space, others(space, systems)),
    }))
    .filter(({ matrix }) => matrix.entries.length > 0);
}

/** The sum of parts on the systems of a group. */
function summed(space: Space, systems: readonly number[], parts: readonly LocalPart[]): LocalEntries {
  const local = partOf(space, systems);
  const sums = new Map<number, number>(); // by row · size + column
  for (const part of parts) {
    const own = part.systems.map((system) => systems.indexOf(system));
    const places = offsetsOf(local, own);
    for (const base of offsetsOf(local, others(local, own))) {
      part.value.forEach((value, k) => {
        const at = (base + places[part.row[k]!]!) * local.size + base + places[part.column[k]!]!;
        sums.set(at, (sums.get(at) ?? 0) + value);
      });
    }
  }
  const entries = [...sums].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b);
  return {
    size: local.size,
    entries: entries.map(([at, value]) => [Math.floor(at / local.size), at % local.size, value]),
  };
}
