import type { Amplitudes } from "./amplitudes.js";
import { type CircuitGate, fourShifts, stepsOf, twoShifts } from "./circuit-steps.js";
import { GateProgram } from "./gate-program.js";
import type { Watched } from "./watched.js";

/** The states of a program: that at the end, and two to work with. */
const [ended, worked, carried] = [0, 1, 2] as const;

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
  readonly #program: GateProgram;
  /** Of the program the gates that have an angle. */
  readonly #turns: readonly number[];
  readonly #spare: readonly [Amplitudes, Amplitudes];
  #angles: Float64Array = new Float64Array(0);

  /** @throws Error for more than 20 qubits, which no training would end with */
  constructor(
    readonly qubits: number,
    readonly gates: readonly CircuitGate[],
  ) {
    if (qubits > mostQubits) throw new Error(`${qubits} qubits are more than a circuit can have here`);
    this.size = 2 ** qubits;
    const steps = gates.flatMap((gate, k) => stepsOf(gate, k, qubits));
    this.#program = new GateProgram(steps, this.size, 3, gates.length);
    this.state = this.#program.state(ended);
    this.#spare = [this.#program.state(worked), this.#program.state(carried)];
    this.#turns = [...this.#program.gates.keys()].filter((k) => this.#program.gates[k]!.isTurn);
  }

  /** Sets `state` to what the gates make of a start. @param angles of each gate, rad; those of gates without one are not read */
  run(start: Amplitudes, angles: Float64Array): void {
    this.#angles = angles;
    copied(this.state, start);
    for (const k of this.#turns) this.#program.turn(k, angles[this.#program.gates[k]!.gate]!);
    this.#program.apply(ended);
  }

  /**
   * Writes d⟨O⟩/dθ of each gate's angle for the last `run` to `out`, for the gates that are `wanted`: O is carried back
   * through the gates once (T. Jones and J. Gacon, arXiv 2009.02823, 2020), three runs' worth of work.
   */
  slopes(watched: Watched, wanted: readonly boolean[], out: Float64Array): void {
    const [psi, lambda] = this.#spare;
    copied(psi, this.state);
    watched.act(psi, lambda);
    this.#program.slopes(worked, carried, wanted, out);
  }

  /** The same by parameter shifts, as a processor of qubits measures them: values alone, two or four a gate. */
  shiftedSlopes(watched: Watched, start: Amplitudes, wanted: readonly boolean[], out: Float64Array): void {
    out.fill(0);
    const [psi] = this.#spare;
    copied(psi, start);
    for (const [k, { gate, isTurn, isControlled }] of this.#program.gates.entries()) {
      if (isTurn && wanted[gate]) {
        const angle = this.#angles[gate]!;
        for (const [shift, weight] of isControlled ? fourShifts : twoShifts)
          out[gate]! +=
            weight * (this.#from(k, psi, angle + shift, watched) - this.#from(k, psi, angle - shift, watched));
        this.#program.turn(k, angle);
      }
      this.#program.apply(worked, k, k + 1);
    }
  }

  /** ⟨O⟩ at the end if gate k of the program turns by an angle what comes to it. */
  #from(first: number, psi: Amplitudes, angle: number, watched: Watched): number {
    const [, state] = this.#spare;
    copied(state, psi);
    this.#program.turn(first, angle);
    this.#program.apply(carried, first);
    return watched.value(state);
  }
}

const mostQubits = 20;
