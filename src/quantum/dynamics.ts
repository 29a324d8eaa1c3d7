import type { Operator } from "./operator.js";
import type { Rate } from "./rates.js";
import type { Space } from "./space.js";

/**
 * What moves a register:
 *
 *     dρ/dt = −i[H₀ + H, ρ] + Σ Γ (s ρ s† − ½{s†s, ρ}) + Σ γ (L ρ L† − ½{L†L, ρ}),
 *
 * with H₀ = Σ ω·sz/2 of qubits and Σ ω·a†a of oscillators, s the lowering operator of a damped system (|g⟩⟨e| or a).
 * Hamiltonians are in units of ħ: rad/s.
 */
export interface Dynamics {
  readonly space: Space;
  readonly systems: readonly FreeSystem[];
  readonly dampings: readonly Damping[];
  /** H, beside the systems' own. */
  readonly hamiltonian: Operator;
  readonly jumps: readonly Jump[];
  /** Where a coefficient jumps, ascending, beside those of the rates. */
  readonly breakpoints: readonly number[];
}

export interface FreeSystem {
  readonly kind: "qubit" | "oscillator";
  /** ω, rad/s. */
  readonly omega: number;
}

export interface Damping {
  readonly system: number;
  readonly rate: Rate;
}

export interface Jump {
  readonly operator: Operator;
  readonly rate: Rate;
}

/** The places of a system's rungs, from the ground up: a qubit's basis is (|e⟩, |g⟩). */
export const rungs = ({ space, systems }: Dynamics, system: number): Int32Array => {
  const up = Int32Array.from({ length: space.dimensions[system]! }, (_, n) => n);
  const levels = systems[system]!.kind === "qubit" ? up.reverse() : up;
  return levels.map((level) => level * space.strides[system]!);
};

/** All times at which something jumps, between two, ascending. */
export function breakpointsBetween({ breakpoints, dampings, jumps }: Dynamics, t0: number, t1: number): number[] {
  const all = [...breakpoints, ...[...dampings, ...jumps].flatMap(({ rate }) => rate.breakpoints)];
  return [...new Set(all)].filter((t) => t > t0 && t < t1).sort((a, b) => a - b);
}
