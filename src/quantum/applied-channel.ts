import { type ComplexMatrix, zeroMatrix } from "../numerics/linear/complex-matrix.js";
import type { Channel } from "./channel.js";
import { type Space, spaceOf } from "./space.js";

/** A system of a register as a channel sees it. */
export interface ChannelSide {
  /** Its place in the register. */
  readonly system: number;
  readonly levels: number;
  /** Its levels as |0⟩, |1⟩, … are counted stand in the register from the last to the first: a qubit's are (|e⟩, |g⟩). */
  readonly isReversed: boolean;
}

/** Kraus operators on some systems of a register, in the order of the matrices' Kronecker factors. */
export interface AppliedChannel {
  readonly systems: readonly number[];
  readonly kraus: readonly ComplexMatrix[];
}

/**
 * A channel that takes the state of some systems and gives it to others: with K its Kraus operators, |0⟩⟨j| ⊗ K for each basis
 * state j of what it gives to without having taken it, whose own state is lost; what it takes and does not give back is left
 * in |0⟩. Σ A†A = Σⱼ |j⟩⟨j| ⊗ Σ K†K = 1, so that it is a channel of all these systems.
 *
 * @param from as many levels in all as the channel's input, the first the slow part
 * @param to the same of its output
 */
export function appliedChannel(
  channel: Channel,
  from: readonly ChannelSide[],
  to: readonly ChannelSide[],
): AppliedChannel {
  const [emptied, lost] = [without(from, to), without(to, from)];
  const all = [...from, ...lost];
  const space = spaceOf(...all.map(({ levels }) => levels));
  const [takes, gives, loses] = [from, to, lost].map((some) => placesOf(some, all, space));
  const ground = placesOf(emptied, all, space)[0]!;
  const { input, output, count, re, im } = channel;
  const kraus = Array.from({ length: count }, (_, a) =>
    Array.from(loses!, (j): ComplexMatrix => {
      const matrix = zeroMatrix(space.size);
      for (let o = 0; o < output; o++) {
        for (let i = 0; i < input; i++) {
          const [at, entry] = [(ground + gives![o]!) * space.size + takes![i]! + j, (a * output + o) * input + i];
          matrix.re[at] = re[entry]!;
          matrix.im[at] = im[entry]!;
        }
      }
      return matrix;
    }),
  ).flat();
  return { systems: all.map(({ system }) => system), kraus };
}

const without = (some: readonly ChannelSide[], those: readonly ChannelSide[]): readonly ChannelSide[] =>
  some.filter(({ system }) => those.every((it) => it.system !== system));

/** What each basis state of some systems, as a channel counts them, adds to an index of all. */
function placesOf(some: readonly ChannelSide[], all: readonly ChannelSide[], { strides }: Space): readonly number[] {
  return some.reduce<readonly number[]>(
    (places, { system, levels, isReversed }) => {
      const stride = strides[all.findIndex((it) => it.system === system)]!;
      const level = (n: number) => (isReversed ? levels - 1 - n : n);
      return places.flatMap((place) => Array.from({ length: levels }, (_, n) => place + level(n) * stride));
    },
    [0],
  );
}
