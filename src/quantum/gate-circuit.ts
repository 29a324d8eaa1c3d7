import { type CircuitGate, fourShifts, hasAngle, stepsOf, twoShifts } from "./circuit-steps.js";
import { type Amplitudes, type Kernel, kernelsOf } from "./gate-kernels.js";
import type { Watched } from "./watched.js";

export const amplitudes = (size: number): Amplitudes => ({ re: new Float64Array(size), im: new Float64Array(size) });

const copied = (to: Amplitudes, from: Amplitudes): void => {
  to.re.set(from.re);
  to.im.set(from.im);
};

/**
 * Gates on a register of qubits in a pure state, and slopes of ⟨O⟩ in their angles. Basis as everywhere: a qubit's |e⟩ = |1⟩
 * before |g⟩ = |0⟩, the first qubit slowest. One thread of use: it keeps its working space.
 */
export class GateCircuit {
  readonly size: number;
  /** At the end of `run`. */
  readonly state: Amplitudes;
  readonly #kernels: readonly Kernel[];
  /** Whether a kernel's gate has an angle. */
  readonly #turns: readonly boolean[];
  readonly #spare: readonly [Amplitudes, Amplitudes];
  #angles: Float64Array = new Float64Array(0);

  /** @throws Error for more than 20 qubits, which no training would end with */
  constructor(
    readonly qubits: number,
    readonly gates: readonly CircuitGate[],
  ) {
    if (qubits > mostQubits) throw new Error(`${qubits} qubits are more than a circuit can have here`);
    this.size = 2 ** qubits;
    this.state = amplitudes(this.size);
    this.#spare = [amplitudes(this.size), amplitudes(this.size)];
    this.#kernels = kernelsOf(
      gates.flatMap((gate, k) => stepsOf(gate, k, qubits)),
      this.size,
    );
    this.#turns = this.#kernels.map(({ gate }) => hasAngle(gates[gate]!));
  }

  /** Sets `state` to what the gates make of a start. @param angles of each gate, rad; those of gates without one are not read */
  run(start: Amplitudes, angles: Float64Array): void {
    this.#angles = angles;
    copied(this.state, start);
    for (let k = 0; k < this.#kernels.length; k++) {
      const kernel = this.#kernels[k]!;
      if (this.#turns[k]) kernel.turn(angles[kernel.gate]!);
      kernel.apply(this.state);
    }
  }

  /**
   * Writes d⟨O⟩/dθ of each gate's angle for the last `run` to `out`, for the gates that are `wanted`: O is carried back
   * through the gates once (T. Jones and J. Gacon, arXiv 2009.02823, 2020), three runs' worth of work.
   */
  slopes(watched: Watched, wanted: readonly boolean[], out: Float64Array): void {
    const [psi, lambda] = this.#spare;
    copied(psi, this.state);
    watched.act(psi, lambda);
    out.fill(0);
    let first = 0;
    while (first < this.#kernels.length && !wanted[this.#kernels[first]!.gate]) first++;
    for (let k = this.#kernels.length - 1; k >= first; k--) {
      const kernel = this.#kernels[k]!;
      if (wanted[kernel.gate]) out[kernel.gate]! += kernel.slope(psi, lambda);
      if (k === first) return; // nothing in front of it is wanted
      kernel.undo(psi);
      kernel.undo(lambda);
    }
  }

  /** The same by parameter shifts, as a processor of qubits measures them: values alone, two or four a gate. */
  shiftedSlopes(watched: Watched, start: Amplitudes, wanted: readonly boolean[], out: Float64Array): void {
    out.fill(0);
    const [psi] = this.#spare;
    copied(psi, start);
    for (const [k, kernel] of this.#kernels.entries()) {
      const { gate, isControlled } = kernel;
      if (wanted[gate]) {
        const angle = this.#angles[gate]!;
        for (const [shift, weight] of isControlled ? fourShifts : twoShifts)
          out[gate]! +=
            weight * (this.#from(k, psi, angle + shift, watched) - this.#from(k, psi, angle - shift, watched));
        kernel.turn(angle);
      }
      kernel.apply(psi);
    }
  }

  /** ⟨O⟩ at the end if kernel k turns by an angle what comes to it. */
  #from(first: number, psi: Amplitudes, angle: number, watched: Watched): number {
    const [, state] = this.#spare;
    copied(state, psi);
    this.#kernels[first]!.turn(angle);
    for (let k = first; k < this.#kernels.length; k++) this.#kernels[k]!.apply(state);
    return watched.value(state);
  }
}

const mostQubits = 20;
