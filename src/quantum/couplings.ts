import {
  type ComplexMatrix,
  combined,
  identityMatrix,
  kronecker,
  multiplied,
  zeroMatrix,
} from "../numerics/linear/complex-matrix.js";
import { projector, sx, sy, sz } from "./local-operators.js";
import { type Operator, operator } from "./operator.js";

const one = identityMatrix(2);
const excited = projector(2, 0);

/** c · P ⊗ Q. */
type Part = readonly [number, ComplexMatrix, ComplexMatrix];

/**
 * K as a sum of products on two qubits; the first controls. σ are those of the memristors, so that rotations about y and z
 * go the other way round than the gates of those names: |e⟩ = |1⟩ comes first, and gates' Y and Z are −σy and −σz.
 */
const generators = {
  xx: [[1, sx, sx]],
  yy: [[1, sy, sy]],
  zz: [[1, sz, sz]],
  /** exp(−iδK) is the partial iSWAP exp(−iδ(xx + yy)/2). */
  xy: [
    [0.5, sx, sx],
    [0.5, sy, sy],
  ],
  /** |g⟩⟨g| ⊗ 1 + |e⟩⟨e| ⊗ R(δ), R(δ) = exp(−iδσ/2): the excited state is the 1 of gates. */
  crx: [[0.5, excited, sx]],
  cry: [[0.5, excited, sy]],
  crz: [[0.5, excited, sz]],
  /** At δ = π the controlled X and Z, at less a root of them. */
  cx: [
    [0.5, excited, one],
    [-0.5, excited, sx],
  ],
  cz: [
    [0.5, excited, one],
    [0.5, excited, sz],
  ],
  /** exp(−iδ SWAP): commutes with ρ ⊗ ρ, so that it does nothing to equal systems. */
  pswap: [
    [0.5, one, one],
    [0.5, sx, sx],
    [0.5, sy, sy],
    [0.5, sz, sz],
  ],
  /** (1 − SWAP)/2: at δ = π the exchange of both systems. */
  swap: [
    [0.25, one, one],
    [-0.25, sx, sx],
    [-0.25, sy, sy],
    [-0.25, sz, sz],
  ],
} as const satisfies Readonly<Record<string, readonly Part[]>>;

export type CouplingKind = keyof typeof generators;
export const couplingKinds = Object.keys(generators) as readonly CouplingKind[];

/** δ of a kind whose name says by how much: the whole gate. */
export const usualAngle: Readonly<Partial<Record<CouplingKind, number>>> = { cx: Math.PI, cz: Math.PI, swap: Math.PI };

/** K between two qubits, so that g·K stands in the Hamiltonian, or exp(−iδK) acts at once. */
export const couplingOperator = (kind: CouplingKind, a: number, b: number): Operator =>
  generators[kind].flatMap(([c, p, q]) => {
    const factors = [[a, p] as const, [b, q] as const].filter(([, matrix]) => matrix !== one);
    return operator(c, ...factors);
  });

/** exp(−iδK), 4 × 4 in the basis |ee⟩, |eg⟩, |ge⟩, |gg⟩. */
export const couplingGate = (kind: CouplingKind, delta: number): ComplexMatrix =>
  turnedBy(
    generators[kind].reduce((sum, [c, p, q]) => combined(1, sum, c, kronecker(p, q)), zeroMatrix(4)),
    delta,
  );

/** exp(−iδK) of a Hermitian K: Taylor's series of a small part of δ, then squared. */
export function turnedBy(K: ComplexMatrix, delta: number): ComplexMatrix {
  let bound = 0;
  for (const value of [...K.re, ...K.im]) bound += Math.abs(value);
  const squarings = Math.max(0, Math.ceil(Math.log2(4 * Math.abs(delta) * bound + 1e-300)));
  // −iδK/2^squarings
  const small = combined(delta / 2 ** squarings, { size: K.size, re: K.im, im: K.re.map((x) => -x) }, 0, K);
  let term = identityMatrix(K.size);
  let sum = identityMatrix(K.size);
  for (let k = 1; k <= 14; k++) {
    term = combined(1 / k, multiplied(term, small), 0, K);
    sum = combined(1, sum, 1, term);
  }
  for (let k = 0; k < squarings; k++) sum = multiplied(sum, sum);
  return sum;
}
