/**
 * The state space of a register: systems of any dimensions, the first the leftmost Kronecker factor, so that its level
 * is the slowest part of an index.
 */
export interface Space {
  readonly dimensions: readonly number[];
  /** By how much an index grows with the level of each system. */
  readonly strides: readonly number[];
  /** ∏ dimensions: the states of the basis. */
  readonly size: number;
}

export function spaceOf(...dimensions: readonly number[]): Space {
  const strides = dimensions.map((_, k) => dimensions.slice(k + 1).reduce((product, d) => product * d, 1));
  return { dimensions, strides, size: dimensions.reduce((product, d) => product * d, 1) };
}

/** The space of some systems of a register, in the order in which they are named. */
export const partOf = ({ dimensions }: Space, systems: readonly number[]): Space =>
  spaceOf(...systems.map((k) => dimensions[k]!));

/** The systems that are not named, ascending. */
export const others = ({ dimensions }: Space, systems: readonly number[]): number[] =>
  [...dimensions.keys()].filter((k) => !systems.includes(k));

/** What each basis state of some systems (the first named is the slowest) adds to an index. */
export function offsetsOf({ dimensions, strides }: Space, systems: readonly number[]): Int32Array {
  let offsets = Int32Array.of(0);
  for (const k of systems) {
    const levels = dimensions[k]!;
    const finer = new Int32Array(offsets.length * levels);
    for (let i = 0; i < finer.length; i++) finer[i] = offsets[Math.floor(i / levels)]! + (i % levels) * strides[k]!;
    offsets = finer;
  }
  return offsets;
}

/** The same states with the systems in another order: system k is system `order[k]` of the given space. */
export function reorderedSpace(
  space: Space,
  order: readonly number[],
): { readonly space: Space; readonly from: Int32Array } {
  const result = partOf(space, order);
  const from = Int32Array.from({ length: space.size }, (_, i) =>
    order.reduce((index, k, place) => {
      const level = Math.floor(i / result.strides[place]!) % space.dimensions[k]!;
      return index + level * space.strides[k]!;
    }, 0),
  );
  return { space: result, from };
}
