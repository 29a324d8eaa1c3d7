import type { Span } from "../../text/source.js";
import type { EncodedState } from "./encode.js";
import type { BlockInput } from "./inputs.js";
import type { QuantumObservable } from "./observable.js";
import type { Drive, Operator } from "./operator.js";

// All that a quantum block is stands in one file: it is what elaboration promises to whatever computes.

/**
 * `.quantum name … .endquantum`: a register of qubits and oscillators, and all that acts on it. System 0 is the leftmost
 * Kronecker factor. With `units=natural` ħ = 1 and everything is in natural units; with `si` in rad/s, s, J.
 */
export interface QuantumBlock {
  /** Lower case. */
  readonly name: string;
  readonly units: BlockUnits;
  readonly systems: readonly QuantumSystem[];
  /** Joint states; they go before those of their systems. A system stands in one of them at most. */
  readonly joint: readonly JointState[];
  /** The start is the thermal state of the Hamiltonian at t = 0, and no system has one of its own. */
  readonly thermal: ThermalStart | undefined;
  readonly memristors: readonly QuantumMemristor[];
  readonly photonics: readonly PhotonicMemristor[];
  readonly circuits: readonly LcCircuit[];
  /** Added to the free Hamiltonians of the systems: H/ħ in rad/s; Hermitian at all times. */
  readonly hamiltonian: readonly Operator[];
  readonly jumps: readonly Jump[];
  /** Couplings, channels and gates in the order of their cards, in which they act where they act at once. */
  readonly operations: readonly Operation[];
  readonly monitors: readonly Monitor[];
  readonly ports: readonly QuantumPort[];
  /** Weights and features: what trainings and their data set. */
  readonly numbers: readonly BlockNumber[];
  /** What follows them, as laws; `hamiltonian` and the angles of gates are these at the present values. */
  readonly laws: { readonly hamiltonian: readonly Operator[]; readonly amplitudes: readonly EncodedState[] };
  /** What takes in a row of a data set each period, in the order of their lines. Only a readout (`.train … features=`) runs such a block. */
  readonly inputs: readonly BlockInput[];
  /** What devices of the circuit read of it, by number: mean values. */
  readonly outputs: readonly QuantumObservable[];
  /** `.op`, `.dc` and `.tran` compute it with the circuit, as one of its devices. */
  readonly isInCircuit: boolean;
  readonly span: Span;
}

/** `weight w1 0.3`, `feature x1`: a number of a block that a training sets, or a column of its data. */
export interface BlockNumber {
  readonly kind: "weight" | "feature";
  readonly name: string;
  readonly value: number;
  readonly span: Span;
}

export interface BlockUnits {
  readonly system: "natural" | "si";
  /** 1 in natural units, else in J·s. */
  readonly hbar: number;
  /** What one natural unit is, as `omega0=` (rad/s), `vunit=` (V) and `iunit=` (A) say; a block beside a circuit needs them. */
  readonly omega0: number | undefined;
  readonly vunit: number | undefined;
  readonly iunit: number | undefined;
}

/** A factor of the register. */
export type QuantumSystem = {
  readonly name: string;
  /** Levels: 2 for a qubit, with |e⟩ before |g⟩. */
  readonly dimension: number;
  /** Frequency ω of its free Hamiltonian in rad/s (H/ħ): ω/2·sz of a qubit, ω·num of an oscillator; 0: it has none. */
  readonly omega: number;
  /** m of `pos` and `mom`, and of a memristor's V and I. */
  readonly mass: number;
  readonly span: Span;
} & (
  | { readonly kind: "qubit"; readonly state: QubitState }
  | { readonly kind: "oscillator"; readonly state: OscillatorState }
);

/** ρ = (1 + x·sx + y·sy + z·sz)/2, |(x, y, z)| ≤ 1. cos θ|e⟩ + e^{iφ} sin θ|g⟩ is (sin 2θ cos φ, sin 2θ sin φ, cos 2θ). */
export interface QubitState {
  readonly bloch: readonly [x: number, y: number, z: number];
  /** The ket's θ and φ where the netlist gives them, so that closed forms need no arctangent. */
  readonly angles: { readonly theta: number; readonly phi: number } | undefined;
}

export type OscillatorState =
  /** |α⟩, α = re + i·im; `cat`: (|α⟩ ± |−α⟩)/norm. Cut at the top level and normalised. */
  | { readonly kind: "coherent"; readonly re: number; readonly im: number; readonly cat: "even" | "odd" | undefined }
  | { readonly kind: "fock"; readonly level: number }
  /** S(r)|0⟩ with S(r) = exp(r(a² − a†²)/2). */
  | { readonly kind: "squeezed"; readonly r: number }
  /** Σ p_n|n⟩⟨n| with ⟨n⟩ = mean. */
  | { readonly kind: "thermal"; readonly mean: number }
  /** Σ c_n|n⟩, normalised, as many as there are levels. */
  | { readonly kind: "ket"; readonly ket: Ket };

/** Amplitudes, the last system's level changing fastest. */
export interface Ket {
  readonly re: readonly number[];
  readonly im: readonly number[];
}

/** `state (a,b) ket={…} | bell=phi+ | rho="f.csv"`. */
export interface JointState {
  /** Places of the systems, in the order in which the card names them, which is the order of the basis. */
  readonly systems: readonly number[];
  readonly state:
    | { readonly kind: "ket"; readonly ket: Ket }
    /** Row-major, size dim × dim. */
    | { readonly kind: "rho"; readonly re: readonly number[]; readonly im: readonly number[] };
  readonly span: Span;
}

/** `thermal beta=2`: e^{−βH}/Z, β for H/ħ: in natural units, or in s. */
export interface ThermalStart {
  readonly beta: number;
  readonly span: Span;
}

/**
 * `memristor M1 a …`: decay of a system at the rate Γ(t) ≥ 0, dρ/dt = … + Γ(s₋ρs₊ − ½{s₊s₋, ρ}) (a for s₋ on an
 * oscillator). With A = √(mħω/2) its voltage is −(A/2)⟨sy⟩ (⟨mom⟩/2 on an oscillator), its current
 * A(d⟨sy⟩/dt − ω⟨sx⟩) by the generator, both times `scale`. Uncoupled I = ΓV.
 */
export interface QuantumMemristor {
  readonly name: string;
  readonly system: number;
  readonly rate: DecayRate;
  readonly scale: number;
  /** `negative=yes`: the rate may turn negative (no completely positive map between any two times). */
  readonly mayBeNegative: boolean;
  readonly span: Span;
}

export type DecayRate =
  /** Γ = γ₀(1 − sin(cos ωt)), ω the system's: its integral has a closed form. */
  | { readonly kind: "standard"; readonly gamma0: number }
  /** Γ in rad/s. */
  | { readonly kind: "rate"; readonly rate: Drive }
  /** K(t) = ∫₀ᵗΓ, a law of time alone. */
  | { readonly kind: "integral"; readonly integral: Drive };

/**
 * `photonic P1 …`: a beam splitter of reflectivity R(t) = ½ + (1/T)∫(n_in − ½) over the last T = `window` seconds;
 * n_out = (1 − R)n_in. In front of a mode of the block it is an amplitude damping on the way to whoever looks; on its own
 * it has an input n_in(t). `ion I1 …` is the same map: sin²(θ/2) = R of an ion goes to an auxiliary level.
 */
export interface PhotonicMemristor {
  readonly name: string;
  readonly platform: "photonic" | "ion";
  readonly input: { readonly kind: "mode"; readonly system: number } | { readonly kind: "drive"; readonly nin: Drive };
  readonly window: number;
  /** Before t = 0: n_in = ½, or what its law says of those times. */
  readonly history: "half" | "periodic";
  readonly span: Span;
}

/**
 * `lc L1 …`: an LC circuit in a Gaussian state, whose charge is measured at strength k and whose damping γ follows the
 * record's voltage, µ' = y'/C: V = ⟨q⟩/C, I = 2γ(µ)⟨q⟩. No part of the register.
 */
export interface LcCircuit {
  readonly name: string;
  /** F, H; or natural. */
  readonly capacitance: number;
  readonly inductance: number;
  /** γ, 1/s; it may read `memory`. */
  readonly rate: Drive;
  /** k. */
  readonly strength: number;
  /** D; undefined: γħωC. */
  readonly diffusion: number | undefined;
  /** ⟨q⟩, ⟨φ⟩ and µ at the start. */
  readonly charge: number;
  readonly flux: number;
  readonly memory: number;
  readonly span: Span;
}

/** `lindblad {L} rate={…}`: rate·(LρL† − ½{L†L, ρ}). */
export interface Jump {
  readonly operator: Operator;
  readonly rate: Drive;
  readonly mayBeNegative: boolean;
  readonly span: Span;
}

export type Operation =
  | ({ readonly kind: "coupling" } & Coupling)
  | ({ readonly kind: "gate"; readonly when: When } & Gate)
  | ({ readonly kind: "channel"; readonly when: When } & Channel)
  | ({ readonly kind: "mode"; readonly when: When } & ModeAction);

/** When a gate or a channel acts: once at the start, behind each digital step, or at a time (s or natural). */
export type When =
  | { readonly kind: "start" }
  | { readonly kind: "step" }
  | { readonly kind: "at"; readonly time: number };

export const couplingKinds = ["xx", "yy", "zz", "xy", "crx", "cry", "crz", "cx", "cz", "pswap", "swap"] as const;

/** `couple U1 a b yy delta=` (exp(−iδ·K) behind each digital step) or `g=` (g·K in H/ħ). The control is the first. */
export interface Coupling {
  readonly name: string;
  readonly type: (typeof couplingKinds)[number];
  readonly systems: readonly [number, number];
  readonly strength: { readonly kind: "delta"; readonly delta: number } | { readonly kind: "g"; readonly g: Drive };
  readonly frame: "laboratory" | "rotating";
  readonly span: Span;
}

export const gateKinds = [
  ...(["h", "x", "y", "z", "s", "sdg", "t", "tdg", "rx", "ry", "rz", "p"] as const),
  ...(["cnot", "cx", "cy", "cz", "crx", "cry", "crz", "rxx", "ryy", "rzz", "swap", "iswap"] as const),
] as const;

/** Half turns, which have no direction: behind each step they are no motion over it. (That of `y` leaves ⟨sy⟩ alone.) */
export const halfTurns: readonly Gate["type"][] = ["h", "x", "z", "cnot", "cx", "cy", "cz", "swap"];

/** `gate ry a {theta}`, in the language of gates: |e⟩ is |1⟩, |g⟩ is |0⟩; RY(θ) = exp(−iθ·sy/2). */
export interface Gate {
  readonly type: (typeof gateKinds)[number];
  readonly systems: readonly number[];
  /** rad; undefined for gates without an angle. */
  readonly angle: number | undefined;
  /** The angle as a law of weights and features; undefined: it is a number. */
  readonly law: Drive | undefined;
  readonly span: Span;
}

export const modeGateKinds = ["displace", "kick", "squeeze", "rotate", "beamsplitter", "kerr"] as const;

/** `gate squeeze o {r}`, `channel L1 o kind=loss p=0.1`: what acts on oscillators at once. The operators are told in `quantum/mode-operators.ts`. */
export interface ModeAction {
  readonly type: (typeof modeGateKinds)[number] | "loss";
  /** Two of a beam splitter, else one. */
  readonly systems: readonly number[];
  /** s of D(s) and D(is), r, φ, θ, k; of a loss the share of photons that is lost. */
  readonly angle: number;
  /** The same as a law of weights and features; undefined: it is a number. */
  readonly law: Drive | undefined;
  readonly span: Span;
}

export const channelKinds = ["damping", "dephasing", "depolarizing", "bitflip", "phaseflip"] as const;

/** `channel K1 a kind=damping p=0.1`, `channel K1 (a,b) channel=c`, `apply c (a,b) -> o`. */
export interface Channel {
  /** Of an `apply`, that of its `.channel`. */
  readonly name: string;
  /** All that it acts on. */
  readonly systems: readonly number[];
  readonly map: StandardChannel | NamedChannel;
  readonly span: Span;
}

/** On one qubit; p is its probability, 0…1. */
export interface StandardChannel {
  readonly kind: "standard";
  readonly type: (typeof channelKinds)[number];
  readonly p: number;
}

/** One of the circuit's channels. What it takes and does not give back is left in |0⟩, |g⟩ of a qubit; what it gives to forgets its own state. */
export interface NamedChannel {
  readonly kind: "named";
  /** Its place among the circuit's channels. */
  readonly channel: number;
  /** Systems, the first the slow part of its basis, which counts from |0⟩ on. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** `monitor W1 a {sz(a)} strength=k`: dρ = −k[q,[q,ρ]]dt + √(2k)({q,ρ} − 2⟨q⟩ρ)dW; record dy = ⟨q⟩dt + dW/√(8k). */
export interface Monitor {
  readonly name: string;
  readonly operator: Operator;
  readonly strength: number;
  readonly span: Span;
}

/** `port P1 a node=out op={sy(a)} k=0.3`: adds −k·v·op to H and draws i = k⟨(i/ħ)[H₀, op]⟩ from the node. */
export interface QuantumPort {
  readonly name: string;
  /** Of the circuit. */
  readonly node: number;
  /** Its voltage v. */
  readonly voltage: Drive;
  readonly operator: Operator;
  readonly k: number;
  readonly span: Span;
}

export const currentEstimates = ["identity", "forward", "central", "rotating_backward", "rotating_central"] as const;

/** `.qtran [tstep] tstop [tstart] …`: the evolution of one block by itself. */
export interface QtranCard {
  readonly kind: "qtran";
  /** Its place among the circuit's blocks. */
  readonly block: number;
  /** The output grid; undefined: the digital steps, else 1000 points. */
  readonly step: number | undefined;
  readonly stop: number;
  readonly start: number;
  readonly method: "lindblad" | "digital" | "trajectories";
  /** The digital step: `dt=`, or 2π/ω/`steps_per_period` of the first memristor; undefined for `lindblad`. */
  readonly dt: number | undefined;
  /** Measurements of each observable and step; undefined: its expectation is exact. */
  readonly shots: number | undefined;
  /** How a memristor's current comes about: by the equation of motion, or by differences between digital steps. */
  readonly current: (typeof currentEstimates)[number];
  /** Realisations of shots or trajectories. */
  readonly runs: number;
  /** Undefined: the run's. */
  readonly seed: number | undefined;
  readonly reltol: number;
  readonly span: Span;
}
