import { adjoint, type ComplexMatrix, identityMatrix, kronecker, matrixOf } from "../numerics/linear/complex-matrix.js";

// Gates are told in their own language, |0⟩ and |1⟩, and written down in ours: |e⟩ = |1⟩ comes before |g⟩ = |0⟩. Each
// matrix passes `inOurBasis` once, and nothing else knows.

const half = Math.SQRT1_2;

/** Both indices in the opposite order: |1…1⟩ first. What is in the one order comes out in the other. */
export function inOurBasis({ size, re, im }: ComplexMatrix): ComplexMatrix {
  return { size, re: re.toReversed(), im: im.toReversed() };
}

const phase = (angle: number): readonly [number, number] => [Math.cos(angle), Math.sin(angle)];

/** diag(1, e^{iφ}). */
const phaseGate = (angle: number): ComplexMatrix =>
  matrixOf([
    [1, 0],
    [0, phase(angle)],
  ]);

/** exp(−iθσ/2). */
const rotations = {
  rx: (angle: number) => {
    const [c, s] = phase(angle / 2);
    return matrixOf([
      [c, [0, -s]],
      [[0, -s], c],
    ]);
  },
  ry: (angle: number) => {
    const [c, s] = phase(angle / 2);
    return matrixOf([
      [c, -s],
      [s, c],
    ]);
  },
  rz: (angle: number) =>
    matrixOf([
      [phase(-angle / 2), 0],
      [0, phase(angle / 2)],
    ]),
};

const x = matrixOf([
  [0, 1],
  [1, 0],
]);
const y = matrixOf([
  [0, [0, -1]],
  [[0, 1], 0],
]);

/** |0⟩⟨0| ⊗ 1 + |1⟩⟨1| ⊗ U. */
function controlled(u: ComplexMatrix): ComplexMatrix {
  const gate = identityMatrix(4);
  for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 2; j++) {
      gate.re[4 * (i + 2) + j + 2] = u.re[2 * i + j]!;
      gate.im[4 * (i + 2) + j + 2] = u.im[2 * i + j]!;
    }
  }
  return gate;
}

const exchange = (way: number | readonly [number, number]): ComplexMatrix =>
  matrixOf([
    [1, 0, 0, 0],
    [0, 0, way, 0],
    [0, way, 0, 0],
    [0, 0, 0, 1],
  ]);

/** exp(−iθ/2 σ⊗σ) = cos θ/2 − i sin θ/2 σ⊗σ. */
function turnOfBoth(sigma: ComplexMatrix, angle: number): ComplexMatrix {
  const [c, s] = phase(angle / 2);
  const both = kronecker(sigma, sigma);
  const { re } = identityMatrix(4);
  return { size: 4, re: re.map((x, k) => c * x + s * both.im[k]!), im: both.re.map((x) => -s * x) };
}

const gates = {
  h: () =>
    matrixOf([
      [half, half],
      [half, -half],
    ]),
  x: () => x,
  y: () => y,
  z: () => phaseGate(Math.PI),
  s: () => phaseGate(Math.PI / 2),
  sdg: () => adjoint(phaseGate(Math.PI / 2)),
  t: () => phaseGate(Math.PI / 4),
  tdg: () => adjoint(phaseGate(Math.PI / 4)),
  p: phaseGate,
  ...rotations,
  cnot: () => controlled(x),
  cx: () => controlled(x),
  cy: () => controlled(y),
  cz: () => controlled(phaseGate(Math.PI)),
  crx: (angle: number) => controlled(rotations.rx(angle)),
  cry: (angle: number) => controlled(rotations.ry(angle)),
  crz: (angle: number) => controlled(rotations.rz(angle)),
  rxx: (angle: number) => turnOfBoth(x, angle),
  ryy: (angle: number) => turnOfBoth(y, angle),
  rzz: (angle: number) => turnOfBoth(phaseGate(Math.PI), angle),
  swap: () => exchange(1),
  iswap: () => exchange([0, 1]),
} satisfies Readonly<Record<string, (angle: number) => ComplexMatrix>>;

export type GateKind = keyof typeof gates;
export const gateKinds = Object.keys(gates) as readonly GateKind[];

/**
 * The matrix of a gate (M. Nielsen and I. Chuang, Quantum Computation and Quantum Information, §4.2 and 4.3) in the basis
 * (|e⟩, |g⟩) of each qubit. RY(θ) = exp(−iθσy/2); the first qubit of two controls.
 *
 * @param angle rad; of no use to gates without one
 */
export const gateMatrix = (kind: GateKind, angle = 0): ComplexMatrix => inOurBasis(gates[kind](angle));
