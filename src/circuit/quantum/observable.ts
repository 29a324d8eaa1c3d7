import type { Ket } from "./block.js";
import type { Operator } from "./operator.js";

/** What can be asked of a block at a time: a real number each. Systems and devices by their places in the block. */
export type QuantumObservable =
  /** V and I of a memristor, times its `scale`. */
  | { readonly kind: "voltage" | "current"; readonly memristor: number }
  /** The current that a port draws from its node. */
  | { readonly kind: "port"; readonly port: number }
  /** Its rate Γ(t). */
  | { readonly kind: "rate"; readonly memristor: number }
  /** ⟨op⟩, or its imaginary part where the operator is not Hermitian. */
  | { readonly kind: "expectation"; readonly operator: Operator; readonly part: "re" | "im" }
  /** Of the reduced density matrix of one system, or of all (`systems` empty). */
  | {
      readonly kind: "element";
      readonly systems: readonly number[];
      readonly row: number;
      readonly column: number;
      readonly part: "re" | "im";
    }
  | { readonly kind: "population"; readonly system: number; readonly level: number }
  /** Tr ρ² and −Tr ρ log₂ρ of some systems; of all where none are named. */
  | { readonly kind: "purity" | "entropy"; readonly systems: readonly number[] }
  /** Of two qubits (Wootters). */
  | { readonly kind: "concurrence"; readonly systems: readonly [number, number] }
  /** Σ|negative eigenvalues| of ρ of both sides, transposed on the first. */
  | { readonly kind: "negativity"; readonly systems: readonly number[]; readonly others: readonly number[] }
  /** With a ket, or the state at the start (undefined); of some systems, of all where none are named. */
  | { readonly kind: "fidelity"; readonly systems: readonly number[]; readonly target: Ket | undefined }
  | { readonly kind: "bloch"; readonly system: number; readonly axis: "x" | "y" | "z" }
  /** Population of an oscillator's highest level. */
  | { readonly kind: "top"; readonly system: number }
  /** `angle`: the pulse area θ of an ion, sin²(θ/2) = R. */
  | { readonly kind: "nin" | "nout" | "reflectivity" | "angle"; readonly photonic: number }
  /** ∫dy of a monitor. */
  | { readonly kind: "record"; readonly monitor: number }
  /** Of an LC circuit. */
  | { readonly kind: "moment"; readonly circuit: number; readonly of: Moment }
  /** Of each loop of a memristor, at the loop's end: none at a time by itself. */
  | { readonly kind: (typeof loopFigures)[number]; readonly memristor: number };

/** V, I and γ of an LC circuit; ⟨q⟩, ⟨φ⟩, µ, the variances, and Tr ρ². */
export type Moment = "v" | "i" | "rate" | (typeof moments)[number];
export const moments = ["q", "phi", "mu", "qq", "ff", "qf", "purity"] as const;

/** Those that are mean values of the state, which devices of a circuit can read. */
export const isMeanValue = ({ kind }: QuantumObservable): boolean =>
  ["voltage", "current", "port", "rate", "expectation", "element", "population", "bloch", "top"].includes(kind);

/** Those of what stands beside the register, which is no part of its state; devices of a circuit can read them, too. */
export const isBeside = ({ kind }: QuantumObservable): boolean =>
  ["nin", "nout", "reflectivity", "angle", "moment"].includes(kind);

/** F = 4πS/P²; |I| at V = 0 over max|I|; rms(I − ΓV)/rms(I); the sum of the lobes' areas. */
export const loopFigures = ["formfactor", "pinch", "ohm", "area"] as const;
