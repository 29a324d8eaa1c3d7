import { type ComplexMatrix, identityMatrix, matrixOf } from "../numerics/linear/complex-matrix.js";
import { type Channel, channelOfMatrices } from "./channel.js";
import { gateMatrix, inOurBasis } from "./gates.js";

const scaledBy = (c: number, { size, re, im }: ComplexMatrix): ComplexMatrix => ({
  size,
  re: re.map((value) => c * value),
  im: im.map((value) => c * value),
});
const pauli = (kind: "x" | "y" | "z"): ComplexMatrix => gateMatrix(kind);
const mixture = (...parts: readonly (readonly [number, ComplexMatrix])[]): ComplexMatrix[] =>
  parts.map(([p, matrix]) => scaledBy(Math.sqrt(p), matrix));
const one = identityMatrix(2);

const channels = {
  /** Decay of |e⟩ with probability p. */
  damping: (p: number) => [
    matrixOf([
      [Math.sqrt(1 - p), 0],
      [0, 1],
    ]),
    matrixOf([
      [0, 0],
      [Math.sqrt(p), 0],
    ]),
  ],
  /** Off-diagonal elements times √(1 − p). */
  dephasing: (p: number) => [
    matrixOf([
      [1, 0],
      [0, Math.sqrt(1 - p)],
    ]),
    matrixOf([
      [0, 0],
      [0, Math.sqrt(p)],
    ]),
  ],
  /** (1 − p)ρ + p/2. */
  depolarizing: (p: number) =>
    mixture([1 - 0.75 * p, one], [p / 4, pauli("x")], [p / 4, pauli("y")], [p / 4, pauli("z")]),
  bitflip: (p: number) => mixture([1 - p, one], [p, pauli("x")]),
  phaseflip: (p: number) => mixture([1 - p, one], [p, pauli("z")]),
} satisfies Readonly<Record<string, (p: number) => ComplexMatrix[]>>;

export type ChannelKind = keyof typeof channels;
export const channelKinds = Object.keys(channels) as readonly ChannelKind[];

/**
 * The Kraus operators of a channel on a qubit of a register, in its basis (|e⟩, |g⟩), p its probability (M. Nielsen and
 * I. Chuang, Quantum Computation and Quantum Information, §8.3).
 */
export const krausOperators = (kind: ChannelKind, p: number): ComplexMatrix[] => channels[kind](p);

/** The same as a channel of its own, whose basis is (|0⟩, |1⟩): damping ends in |0⟩. */
export const standardChannel = (kind: ChannelKind, p: number): Channel =>
  channelOfMatrices(krausOperators(kind, p).map(inOurBasis));
