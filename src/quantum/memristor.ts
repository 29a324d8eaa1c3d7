import type { DensityMatrix } from "./density-matrix.js";
import type { Dynamics } from "./dynamics.js";
import { momentum, position, sx, sy } from "./local-operators.js";
import { adjoint, commutator, type Operator, operator, product, scaled } from "./operator.js";
import { expectation, sparse } from "./sparse-operator.js";

/** Voltage and current of a damped system. */
export interface MemristorSignals {
  voltage(rho: DensityMatrix, t: number): number;
  current(rho: DensityMatrix, t: number): number;
  /** Γ(t), 1/s. */
  rate(t: number): number;
}

/** What a memristor's signals are made of: V = ⟨voltage⟩, I = Γ(t)V + ⟨beside⟩. */
export interface MemristorOperators {
  readonly voltage: Operator;
  /** What the charge −2V turns into by free motion, d(−2V)/dt = ω⟨quadrature⟩: A·σx, or mωx of an oscillator. */
  readonly quadrature: Operator;
  /** What couplings, drives and jumps add to the current; empty of an uncoupled memristor. */
  readonly beside: Operator;
  /** Γ(t), 1/s. */
  rate(t: number): number;
}

/**
 * The two faces of a damped system as a memristor (J. Salmilehto and others, Scientific Reports 7, 42044, 2017). With
 * A = √(mħω/2):
 *
 *     qubit:       V = −(A/2)⟨σy⟩,   I = A(d⟨σy⟩/dt − ω⟨σx⟩)
 *     oscillator:  V = ⟨p⟩/2,        I = −(d⟨p⟩/dt + mω²⟨x⟩),   p = iA(a† − a)
 *
 * The derivative is that of the equation of motion, never a difference of values: its free part cancels, the damping
 * gives ΓV, and what couples the system gives ±⟨i[H, ·]⟩ and ±⟨L†·L − ½{L†L, ·}⟩. Alone, I = ΓV exactly.
 *
 * @param behind what acts behind each digital step of length h, as the motion that does it over a step: i log(gate)/h …
 * @param amplitude A
 */
export function memristorOperators(
  dynamics: Dynamics,
  system: number,
  behind: Pick<Dynamics, "hamiltonian" | "jumps"> = noSteps,
  amplitude = Math.SQRT1_2,
): MemristorOperators {
  const { space, systems, dampings } = dynamics;
  const rates = dampings.filter((damping) => damping.system === system).map(({ rate }) => rate);
  const isQubit = systems[system]!.kind === "qubit";
  const levels = space.dimensions[system]!;
  const charge = isQubit
    ? operator(amplitude, [system, sy])
    : operator(-Math.SQRT2 * amplitude, [system, momentum(levels)]);
  const quadrature = isQubit
    ? operator(amplitude, [system, sx])
    : operator(Math.SQRT2 * amplitude, [system, position(levels)]);
  return {
    voltage: scaled(charge, -0.5),
    quadrature,
    beside: [
      ...commutator([...dynamics.hamiltonian, ...behind.hamiltonian], charge),
      ...dissipated([...dynamics.jumps, ...behind.jumps], charge),
    ],
    rate: (t) => rates.reduce((sum, one) => sum + one.at(t), 0),
  };
}

/** Of runs without steps. */
export const noSteps: Pick<Dynamics, "hamiltonian" | "jumps"> = { hamiltonian: [], jumps: [] };

/** The signals of a memristor by the states that they are asked of. */
export function memristorSignals(...of: Parameters<typeof memristorOperators>): MemristorSignals {
  const [{ space }] = of;
  const { voltage, beside, rate } = memristorOperators(...of);
  const [laid, extra] = [sparse(space, voltage), sparse(space, beside)];
  const volts = (rho: DensityMatrix) => expectation(laid, rho).re;
  return { voltage: volts, rate, current: (rho, t) => rate(t) * volts(rho) + expectation(extra, rho, t).re };
}

/** Σ γ(L†BL − ½{L†L, B}): what jumps do to an observable. */
const dissipated = (jumps: Dynamics["jumps"], B: Operator): Operator =>
  jumps.flatMap(({ operator: L, rate }) => {
    const gamma = (t: number) => rate.at(t);
    const LL = product(adjoint(L), L);
    return [
      ...scaled(product(adjoint(L), product(B, L)), gamma),
      ...scaled(product(LL, B), (t) => -rate.at(t) / 2),
      ...scaled(product(B, LL), (t) => -rate.at(t) / 2),
    ];
  });
