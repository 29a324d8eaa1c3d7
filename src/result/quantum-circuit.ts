/**
 * The quantum circuit of a digital run: from |0…0⟩ the state at the start, then steps of the same gates with angles of
 * their own, and what acts once between them. In gates |1⟩ is the excited state, |0⟩ the ground state.
 */
export interface QuantumCircuit {
  /** The netlist's name of the block. */
  readonly block: string;
  /** From top to bottom. */
  readonly wires: readonly CircuitWire[];
  /** Makes the state at the start from |0…0⟩. */
  readonly preparation: readonly CircuitGate[];
  readonly parts: readonly CircuitPart[];
  /** What the letters of the angles mean. */
  readonly letters: readonly CircuitLetter[];
  /** The time of a step, in the block's unit. */
  readonly dt: number;
  /** Measurements of each observable; undefined: as many as one likes. */
  readonly shots: number | undefined;
}

export interface CircuitWire {
  /** Of a system its name; of an environment that of the system that it damps. */
  readonly name: string;
  /** An environment starts in |0⟩ and is thrown away in each step. */
  readonly role: "system" | "environment";
  /** The state at the start in a formula, as it is known: `\psi_{a}`. */
  readonly state: string;
  /** Which of ⟨sx⟩, ⟨sy⟩, ⟨sz⟩ are asked for at the end. */
  readonly measured: readonly ("x" | "y" | "z")[];
}

export interface CircuitPart {
  /** Gates that are repeated, or gates that act once. */
  readonly kind: "steps" | "once";
  /** How many steps went before. */
  readonly first: number;
  /** How many times the gates act; 1 of `once`. */
  readonly count: number;
  readonly gates: readonly CircuitGate[];
}

/** Gates of OpenQASM's standard library, those that a coupling needs beside them, and a reset to |0⟩. */
export type CircuitGateName =
  | ("h" | "x" | "y" | "z" | "s" | "sdg" | "t" | "tdg" | "rx" | "ry" | "rz" | "p")
  | ("cx" | "cy" | "cz" | "cp" | "crx" | "cry" | "crz" | "swap")
  | ("iswap" | "rxx" | "ryy" | "rzz")
  | ("reset" | "channel");

export interface CircuitGate {
  readonly name: CircuitGateName;
  /** Places among the wires; the first of two controls. */
  readonly wires: readonly number[];
  /** rad: one for each step of the whole run, or one for all; undefined for gates without. */
  readonly angles: readonly number[] | undefined;
  /** The angle as a formula: `-\omega\Delta t`. */
  readonly symbol: string;
  /** Further controls of a state's preparation, which go before `wires`: each on |0⟩ or |1⟩. */
  readonly controls?: readonly { readonly wire: number; readonly on: 0 | 1 }[];
  /** Of a `channel`, what it is. */
  readonly channel?: CircuitChannel;
}

/** A channel by a unitary, of its wires and of spare qubits that start in |0⟩ and are forgotten behind it. */
export interface CircuitChannel {
  /** The netlist's name of it. */
  readonly name: string;
  readonly spare: number;
  /** The unitary: places are those among its wires, then among the spare ones. */
  readonly gates: readonly CircuitGate[];
}

export interface CircuitLetter {
  /** A formula: `\theta_{i}`. */
  readonly letter: string;
  /** What it is; undefined where its value says all. */
  readonly meaning: string | undefined;
  /** Its least and its largest value, rad. */
  readonly range: readonly [number, number];
}

/** The angle of a gate in a step, from 0. */
export const angleIn = ({ angles }: CircuitGate, step: number): number | undefined =>
  angles === undefined ? undefined : angles.length === 1 ? angles[0] : angles[step];
