import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import { type CircuitGate, fourShifts, type Step, stepsOf, turns, twoShifts } from "./circuit-steps.js";
import { gateMatrix } from "./gates.js";
import type { Watched } from "./watched.js";

/** Two planes of amplitudes, size D. */
export interface Amplitudes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

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
  readonly #steps: readonly Step[];
  readonly #matrices: Float64Array; // size steps × 8: ee, eg, ge, gg, each re, im
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
    this.#steps = gates.flatMap((gate, k) => stepsOf(gate, k, qubits));
    this.#matrices = new Float64Array(8 * this.#steps.length);
    for (const [k, { type }] of this.#steps.entries()) this.#set(k, gateMatrix(type));
  }

  /** Sets `state` to what the gates make of a start. @param angles of each gate, rad; those of gates without one are not read */
  run(start: Amplitudes, angles: Float64Array): void {
    this.#angles = angles;
    copied(this.state, start);
    for (const [k, step] of this.#steps.entries()) {
      this.#turn(k, angles[step.gate]!);
      this.#apply(k, this.state);
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
    for (let k = this.#steps.length - 1; k >= 0; k--) {
      const { gate } = this.#steps[k]!;
      this.#inverse(k, psi);
      if (wanted[gate]) out[gate]! += this.#slope(k, psi, lambda);
      this.#inverse(k, lambda);
    }
  }

  /** The same by parameter shifts, as a processor of qubits measures them: values alone, two or four a gate. */
  shiftedSlopes(watched: Watched, start: Amplitudes, wanted: readonly boolean[], out: Float64Array): void {
    out.fill(0);
    const [psi] = this.#spare;
    copied(psi, start);
    for (const [k, { gate, control }] of this.#steps.entries()) {
      if (wanted[gate]) {
        const angle = this.#angles[gate]!;
        for (const [shift, weight] of control === 0 ? twoShifts : fourShifts)
          out[gate]! +=
            weight * (this.#from(k, psi, angle + shift, watched) - this.#from(k, psi, angle - shift, watched));
        this.#turn(k, angle);
      }
      this.#apply(k, psi);
    }
  }

  /** ⟨O⟩ at the end if step k turns by an angle what comes to it. */
  #from(first: number, psi: Amplitudes, angle: number, watched: Watched): number {
    const [, state] = this.#spare;
    copied(state, psi);
    this.#turn(first, angle);
    for (let k = first; k < this.#steps.length; k++) this.#apply(k, state);
    return watched.value(state);
  }

  /** The matrix of a rotation at an angle. */
  #turn(k: number, angle: number): void {
    const { type } = this.#steps[k]!;
    if (!turns.includes(type)) return;
    const m = this.#matrices;
    const at = 8 * k;
    const [c, s] = [Math.cos(angle / 2), Math.sin(angle / 2)];
    m.fill(0, at, at + 8);
    if (type === "p") {
      m[at] = Math.cos(angle);
      m[at + 1] = Math.sin(angle);
      m[at + 6] = 1;
      return;
    }
    m[at] = c;
    m[at + 6] = c;
    if (type === "rx") {
      m[at + 3] = -s;
      m[at + 5] = -s;
    } else if (type === "ry") {
      m[at + 2] = s;
      m[at + 4] = -s;
    } else {
      m[at + 1] = s;
      m[at + 7] = -s;
    }
  }

  #set(k: number, { re, im }: ComplexMatrix): void {
    for (let entry = 0; entry < 4; entry++) {
      this.#matrices[8 * k + 2 * entry] = re[entry]!;
      this.#matrices[8 * k + 2 * entry + 1] = im[entry]!;
    }
  }

  #apply(k: number, psi: Amplitudes): void {
    const m = this.#matrices;
    const at = 8 * k;
    this.#mix(k, psi, m[at]!, m[at + 1]!, m[at + 2]!, m[at + 3]!, m[at + 4]!, m[at + 5]!, m[at + 6]!, m[at + 7]!);
  }

  /** U†. */
  #inverse(k: number, psi: Amplitudes): void {
    const m = this.#matrices;
    const at = 8 * k;
    this.#mix(k, psi, m[at]!, -m[at + 1]!, m[at + 4]!, -m[at + 5]!, m[at + 2]!, -m[at + 3]!, m[at + 6]!, -m[at + 7]!);
  }

  /** The matrix (a b; c d) on the target, where the control is at its first level, |e⟩ = |1⟩. */
  #mix(
    k: number,
    { re, im }: Amplitudes,
    ar: number,
    ai: number,
    br: number,
    bi: number,
    cr: number,
    ci: number,
    dr: number,
    di: number,
  ): void {
    const { target, control } = this.#steps[k]!;
    const size = this.size;
    for (let base = 0; base < size; base += 2 * target) {
      for (let i = base; i < base + target; i++) {
        if ((i & control) !== 0) continue;
        const j = i + target;
        const x = re[i]!;
        const y = im[i]!;
        const u = re[j]!;
        const v = im[j]!;
        re[i] = ar * x - ai * y + br * u - bi * v;
        im[i] = ar * y + ai * x + br * v + bi * u;
        re[j] = cr * x - ci * y + dr * u - di * v;
        im[j] = cr * y + ci * x + dr * v + di * u;
      }
    }
  }

  /** 2 Re⟨λ|dU/dθ|ψ⟩: dU/dθ is U(θ + π)/2 of a rotation, and diag(ie^{iθ}, 0) of a phase. */
  #slope(k: number, psi: Amplitudes, lambda: Amplitudes): number {
    const { type, target, control, gate } = this.#steps[k]!;
    const isPhase = type === "p";
    const angle = this.#angles[gate]!;
    this.#turn(k, isPhase ? angle + Math.PI / 2 : angle + Math.PI);
    const m = this.#matrices;
    const at = 8 * k;
    let sum = 0;
    for (let base = 0; base < this.size; base += 2 * target) {
      for (let i = base; i < base + target; i++) {
        if ((i & control) !== 0) continue;
        const j = i + target;
        const [x, y, u, v] = [psi.re[i]!, psi.im[i]!, psi.re[j]!, psi.im[j]!];
        const er = m[at]! * x - m[at + 1]! * y + m[at + 2]! * u - m[at + 3]! * v;
        const ei = m[at]! * y + m[at + 1]! * x + m[at + 2]! * v + m[at + 3]! * u;
        sum += lambda.re[i]! * er + lambda.im[i]! * ei;
        if (isPhase) continue; // the other level does not turn
        const gr = m[at + 4]! * x - m[at + 5]! * y + m[at + 6]! * u - m[at + 7]! * v;
        const gi = m[at + 4]! * y + m[at + 5]! * x + m[at + 6]! * v + m[at + 7]! * u;
        sum += lambda.re[j]! * gr + lambda.im[j]! * gi;
      }
    }
    this.#turn(k, angle);
    return isPhase ? 2 * sum : sum;
  }
}

const mostQubits = 20;
