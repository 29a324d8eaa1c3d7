import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import type { Amplitudes } from "./amplitudes.js";
import { type ModeGateKind, modeOperator, modeSlope } from "./mode-gates.js";
import { offsetsOf, others, type Space } from "./space.js";
import type { Watched } from "./watched.js";

export interface ModeGate {
  readonly kind: ModeGateKind;
  readonly systems: readonly number[];
}

/**
 * Gates on oscillators in a pure state, between their levels, and slopes of ⟨O⟩ in the gates' parameters. A gate is that of all
 * levels, cut, so that what is led above the top is lost; ⟨O⟩ = ⟨ψ|O|ψ⟩/⟨ψ|ψ⟩. Since cut gates cannot be undone, the state
 * in front of each is kept. One thread of use: it keeps its working space.
 */
export class ModeCircuit {
  readonly #gates: readonly Placed[];
  /** In front of each gate, and at the end. */
  readonly #states: readonly Amplitudes[];
  readonly #spare: readonly [Amplitudes, Amplitudes];
  #norm = 1;

  constructor(
    readonly space: Space,
    gates: readonly ModeGate[],
  ) {
    const room = (): Amplitudes => ({ re: new Float64Array(space.size), im: new Float64Array(space.size) });
    this.#gates = gates.map((gate) => new Placed(space, gate));
    this.#states = Array.from({ length: gates.length + 1 }, room);
    this.#spare = [room(), room()];
  }

  run(start: Amplitudes, parameters: Float64Array): void {
    this.#states[0]!.re.set(start.re);
    this.#states[0]!.im.set(start.im);
    for (const [k, gate] of this.#gates.entries()) {
      gate.set(parameters[k]!);
      multiply(gate, gate.operator, this.#states[k]!, this.#states[k + 1]!, false);
    }
    this.#norm = product(this.#end, this.#end);
  }

  get #end(): Amplitudes {
    return this.#states.at(-1)!;
  }

  mean(watched: Watched): number {
    return watched.value(this.#end) / this.#norm;
  }

  /** Writes d⟨O⟩/ds of each gate that is `wanted` for the last `run`: (O − ⟨O⟩)|ψ⟩ is carried back through the gates once. */
  slopes(watched: Watched, wanted: readonly boolean[], out: Float64Array): void {
    let [lambda, other] = this.#spare;
    const mean = this.mean(watched);
    watched.act(this.#end, lambda);
    for (let k = 0; k < lambda.re.length; k++) {
      lambda.re[k] = (lambda.re[k]! - mean * this.#end.re[k]!) / this.#norm;
      lambda.im[k] = (lambda.im[k]! - mean * this.#end.im[k]!) / this.#norm;
    }
    out.fill(0);
    const first = wanted.indexOf(true);
    for (let k = this.#gates.length - 1; k >= 0 && k >= first; k--) {
      const gate = this.#gates[k]!;
      if (wanted[k]) {
        multiply(gate, gate.slope(), this.#states[k]!, other, false);
        out[k] = 2 * product(lambda, other);
      }
      multiply(gate, gate.operator, lambda, other, true);
      [lambda, other] = [other, lambda];
    }
  }

  /** The greatest share that the highest level of a system held in the last `run`, at the start or behind any gate. */
  top(system: number): number {
    const { dimensions, strides } = this.space;
    const tops = this.#states.map((state) => {
      let [sum, all] = [0, 0];
      for (let k = 0; k < state.re.length; k++) {
        const p = state.re[k]! ** 2 + state.im[k]! ** 2;
        all += p;
        if (Math.floor(k / strides[system]!) % dimensions[system]! === dimensions[system]! - 1) sum += p;
      }
      return sum / all;
    });
    return Math.max(...tops);
  }
}

/** A gate at its place; its matrices are made when its parameter changes. */
class Placed {
  readonly rows: Int32Array;
  readonly bases: Int32Array;
  readonly #levels: readonly number[];
  #s = 0;
  #operator: ComplexMatrix | undefined;
  #slope: ComplexMatrix | undefined;

  constructor(
    space: Space,
    readonly gate: ModeGate,
  ) {
    this.rows = offsetsOf(space, gate.systems);
    this.bases = offsetsOf(space, others(space, gate.systems));
    this.#levels = gate.systems.map((system) => space.dimensions[system]!);
  }

  set(s: number): void {
    if (s === this.#s) return;
    this.#s = s;
    this.#operator = undefined;
    this.#slope = undefined;
  }

  get operator(): ComplexMatrix {
    this.#operator ??= modeOperator(this.gate.kind, this.#levels, this.#s);
    return this.#operator;
  }

  slope(): ComplexMatrix {
    this.#slope ??= modeSlope(this.gate.kind, this.#levels, this.#s);
    return this.#slope;
  }
}

/** out = A|ψ⟩, or A†|ψ⟩, at the gate's place. */
function multiply({ rows, bases }: Placed, A: ComplexMatrix, psi: Amplitudes, out: Amplitudes, isAdjoint: boolean) {
  const n = rows.length;
  const [along, across, sign] = isAdjoint ? [1, n, -1] : [n, 1, 1];
  for (const base of bases) {
    for (let i = 0; i < n; i++) {
      let [re, im] = [0, 0];
      for (let j = 0; j < n; j++) {
        const at = i * along + j * across;
        const [a, b] = [A.re[at]!, sign * A.im[at]!];
        if (a === 0 && b === 0) continue;
        const from = base + rows[j]!;
        re += a * psi.re[from]! - b * psi.im[from]!;
        im += a * psi.im[from]! + b * psi.re[from]!;
      }
      const to = base + rows[i]!;
      out.re[to] = re;
      out.im[to] = im;
    }
  }
}

/** Re⟨a|b⟩. */
function product(a: Amplitudes, b: Amplitudes): number {
  let sum = 0;
  for (let k = 0; k < a.re.length; k++) sum += a.re[k]! * b.re[k]! + a.im[k]! * b.im[k]!;
  return sum;
}
