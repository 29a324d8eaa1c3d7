import type { Caption } from "./caption.js";
import type { QuantumCircuit } from "./quantum-circuit.js";
import type { Column } from "./result.js";

/** The pictures of quantum blocks. */
export type QuantumPicture = CircuitPicture | BlochPicture | RhoPicture;

/** A digital run as a circuit of gates. */
export interface CircuitPicture extends Caption {
  readonly kind: "circuit";
  readonly circuit: QuantumCircuit;
}

/** Where the Bloch vectors of qubits go. */
export interface BlochPicture extends Caption {
  readonly kind: "bloch";
  readonly time: Column;
  readonly paths: readonly BlochPath[];
}

export interface BlochPath {
  readonly name: string;
  /** ⟨sx⟩, ⟨sy⟩, ⟨sz⟩ at the times; |e⟩ is z = 1. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** 2π/ω of the qubit, in the unit of time, where it turns: each period gets its colour. */
  readonly period: number | undefined;
}

/** The entries of a density matrix at a time. */
export interface RhoPicture extends Caption {
  readonly kind: "rho";
  /** `rho(pair)`. */
  readonly matrix: string;
  /** Names of the states, in order: `ee`. */
  readonly basis: readonly string[];
  /** Size states × states, row-major. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Real and imaginary parts side by side, or magnitudes and phases. */
  readonly parts: "re" | "polar";
  /** A single time. */
  readonly at: Column;
}
