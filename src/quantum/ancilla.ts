import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import { type DensityMatrix, productState, pure } from "./density-matrix.js";
import { gateMatrix } from "./gates.js";
import { LocalAction } from "./local-action.js";
import { partialTrace } from "./partial-trace.js";
import { namedQubitKets } from "./qubit-states.js";

/** One gate of the circuit of a damping: its name, its qubits (0 is the system, 1 the ancilla) and its angle. */
export interface DampingGate {
  readonly kind: "cry" | "cnot";
  readonly qubits: readonly [number, number];
  readonly angle: number | undefined;
}

/**
 * The circuit that damps a qubit by ΔK with an ancilla in |0⟩ = |g⟩, which is thrown away afterwards: a controlled RY from
 * the system on the ancilla and a CNOT back. θ = 2 arccos e^{−ΔK/2}, twice the angle of a rotation exp(−iθσy), written so
 * that small losses keep their digits.
 */
export function dampingCircuit(lost: number): readonly DampingGate[] {
  const angle = 2 * Math.atan2(Math.sqrt(-Math.expm1(-lost)), Math.exp(-lost / 2));
  return [
    { kind: "cry", qubits: [0, 1], angle },
    { kind: "cnot", qubits: [1, 0], angle: undefined },
  ];
}

/** Runs the circuit gate by gate on a system of a register, an ancilla beside it: the check of the damping map. */
export function dampedByCircuit(rho: DensityMatrix, system: number, lost: number): DensityMatrix {
  const ancilla = rho.space.dimensions.length;
  const places = [system, ancilla];
  let joint = productState(rho, pure(namedQubitKets["g"]!));
  for (const { kind, qubits, angle } of dampingCircuit(lost)) {
    const matrix: ComplexMatrix = gateMatrix(kind, angle);
    const action = new LocalAction(
      joint.space,
      qubits.map((k) => places[k]!),
      matrix,
    );
    joint = action.onBothSides(joint);
  }
  return partialTrace(joint, [...rho.space.dimensions.keys()]);
}
