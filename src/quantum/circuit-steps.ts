import type { GateKind } from "./gates.js";

/** A gate of a circuit; those of `turns` take an angle. */
export interface CircuitGate {
  readonly type: GateKind;
  /** Qubits; the control is the first. */
  readonly systems: readonly number[];
}

/** A 2 × 2 matrix on one qubit, where the control, if there is one, is |1⟩. */
export interface Step {
  readonly gate: number;
  readonly type: GateKind;
  /** By how much an index grows with the target's level, and with the control's; 0: none. */
  readonly target: number;
  readonly control: number;
}

/** What a controlled gate does to its target. */
const targets: Partial<Record<GateKind, GateKind>> = {
  ...({ cnot: "x", cx: "x", cy: "y", cz: "z" } as const),
  ...({ crx: "rx", cry: "ry", crz: "rz" } as const),
};
const turns: readonly GateKind[] = ["rx", "ry", "rz", "p", "rxx", "ryy", "rzz"];

/** Shifts of an angle, and what the values there count in the slope: f′ = Σ weight·(f(θ + shift) − f(θ − shift)). */
type ShiftRule = readonly (readonly [shift: number, weight: number])[];

/** Generators with one difference of eigenvalues, ±1 (K. Mitarai et al., Phys. Rev. A 98, 032309, 2018). */
export const twoShifts: ShiftRule = [[Math.PI / 2, 1 / 2]];
/** Of a controlled rotation they are ½ and 1 (G. Anselmetti et al., New J. Phys. 23, 113010, 2021). */
export const fourShifts: ShiftRule = [
  [Math.PI / 2, (Math.SQRT2 + 1) / (4 * Math.SQRT2)],
  [(3 * Math.PI) / 2, -(Math.SQRT2 - 1) / (4 * Math.SQRT2)],
];

/** Whether a gate has an angle. */
export const hasAngle = ({ type }: CircuitGate): boolean => turns.includes(targets[type] ?? type);

/** @param gate its place in the circuit */
export function stepsOf({ type, systems }: CircuitGate, gate: number, qubits: number): readonly Step[] {
  const [first = 0, second = first] = systems;
  const stride = (qubit: number): number => 2 ** (qubits - 1 - qubit);
  const one = (kind: GateKind, qubit: number): Step => ({ gate, type: kind, target: stride(qubit), control: 0 });
  const two = (kind: GateKind, control: number, target: number): Step => ({
    gate,
    type: kind,
    target: stride(target),
    control: stride(control),
  });
  const swap = [two("x", first, second), two("x", second, first), two("x", first, second)];
  // A controlled Pauli makes σ of one of its qubits σ⊗σ of both, and back: X of the control, Y of it, Z of the target.
  const between = (kind: GateKind, by: GateKind, on: number): readonly Step[] => {
    const both = two(by, first, second);
    return [both, one(kind, on), both];
  };
  if (type === "rxx") return between("rx", "x", first);
  if (type === "ryy") return between("ry", "y", first);
  if (type === "rzz") return between("rz", "x", second);
  if (type === "swap") return swap;
  if (type === "iswap") return [one("s", first), one("s", second), two("z", first, second), ...swap];
  const inner = targets[type];
  return [inner === undefined ? one(type, first) : two(inner, first, second)];
}
