import type { Dynamics } from "./dynamics.js";
import { isFree } from "./generator.js";
import { annihilation, numberOperator, sm, sz } from "./local-operators.js";
import { adjoint, type Operator, operator, product } from "./operator.js";
import type { Rate } from "./rates.js";
import { type SparseOperator, sparse } from "./sparse-operator.js";

/** What moves a register, laid out on it. */
export interface Motion {
  /** size D: E, what is diagonal and constant in the Hamiltonian, by which a rotating frame turns. */
  readonly energy: Float64Array;
  /** The rest of the Hamiltonian. */
  readonly hamiltonian: SparseOperator;
  readonly jumps: readonly LaidOutJump[];
}

export interface LaidOutJump {
  readonly rate: Rate;
  readonly L: SparseOperator;
  /** L†L. */
  readonly lost: SparseOperator;
}

export function laidOut(dynamics: Dynamics): Motion {
  const { space } = dynamics;
  const all = sparse(space, [...freeHamiltonian(dynamics), ...dynamics.hamiltonian]);
  const energy = new Float64Array(space.size);
  for (const term of all.filter(isFree)) {
    for (let k = 0; k < term.row.length; k++) {
      energy[term.row[k]!]! += (term.coefficient.re as number) * term.re[k]!;
    }
  }
  const jumps = allJumps(dynamics).map(({ operator: L, rate }) => ({
    rate,
    L: sparse(space, L),
    lost: sparse(space, product(adjoint(L), L)),
  }));
  return { energy, hamiltonian: all.filter((term) => !isFree(term)), jumps };
}

/** H₀ = Σ ω·sz/2 of qubits and Σ ω·a†a of oscillators. */
export const freeHamiltonian = ({ systems, space }: Dynamics): Operator =>
  systems.flatMap(({ kind, omega }, k) =>
    kind === "qubit" ? operator(omega / 2, [k, sz]) : operator(omega, [k, numberOperator(space.dimensions[k]!)]),
  );

/** All jumps, the dampings' among them. */
export const allJumps = ({ systems, space, dampings, jumps }: Dynamics): { operator: Operator; rate: Rate }[] => [
  ...dampings.map(({ system, rate }) => {
    const lowering = systems[system]!.kind === "qubit" ? sm : annihilation(space.dimensions[system]!);
    return { operator: operator(1, [system, lowering]), rate };
  }),
  ...jumps,
];
