import type { ExplicitSystem } from "../numerics/system.js";
import type { DensityMatrix } from "./density-matrix.js";
import type { Dynamics } from "./dynamics.js";
import { Generator, isFree } from "./generator.js";
import { annihilation, numberOperator, sm, sz } from "./local-operators.js";
import { adjoint, type Operator, operator, product } from "./operator.js";
import type { Rate } from "./rates.js";
import { Sandwich } from "./sandwich.js";
import { sparse } from "./sparse-operator.js";

/** An unknown of ρ matters down to this part of 1/D beside what is tolerated of the largest. */
const negligible = 1e-3;

/**
 * The master equation as an ordinary one, in the rotating frame of all that is diagonal and constant in the Hamiltonian,
 * ρ̃ = e^{iEt} ρ e^{−iEt}: what is left is slow, so that steps are long.
 *
 *     dρ̃/dt = X + X† + Σ γ L̃ρ̃L̃†,     X = (−iH̃ − ½Σ γ L̃†L̃) ρ̃
 *
 * The unknowns are the upper triangle of ρ̃, row by row, all real parts and then all imaginary ones: D(D + 1) numbers.
 * Nothing of the size D² × D² is made, nor a product of full matrices: X sums rows of ρ̃, as many as an operator has entries
 * in a row.
 */
export class MasterEquation implements ExplicitSystem {
  readonly size: number;
  readonly negligible: Float64Array;
  readonly kind: Int32Array;
  readonly #D: number;
  readonly #energy: Float64Array; // size D: E
  readonly #generator: Generator;
  readonly #sandwiches: readonly Sandwich[];
  readonly #decay: Float64Array; // size D: ½Σ γ (L†L)ₐₐ at the present time
  readonly #re: Float64Array; // size D × D: ρ̃
  readonly #im: Float64Array;
  readonly #xr: Float64Array; // size D × D: X
  readonly #xi: Float64Array;

  constructor(dynamics: Dynamics) {
    const { space } = dynamics;
    const D = space.size;
    const jumps = allJumps(dynamics);
    const hamiltonian = sparse(space, [...freeHamiltonian(dynamics), ...dynamics.hamiltonian]);
    this.#D = D;
    this.size = D * (D + 1);
    this.negligible = new Float64Array(this.size).fill(negligible / D);
    this.kind = new Int32Array(this.size);
    this.#energy = new Float64Array(D);
    for (const term of hamiltonian.filter(isFree)) {
      for (let k = 0; k < term.row.length; k++) {
        this.#energy[term.row[k]!]! += (term.coefficient.re as number) * term.re[k]!;
      }
    }
    const losses = jumps.map(({ operator: L, rate }) => ({ rate, entries: sparse(space, product(adjoint(L), L)) }));
    this.#generator = new Generator(
      D,
      this.#energy,
      hamiltonian.filter((term) => !isFree(term)),
      losses,
    );
    this.#sandwiches = jumps.map(({ operator: L, rate }) => new Sandwich(D, this.#energy, sparse(space, L), rate));
    this.#decay = new Float64Array(D);
    const plane = () => new Float64Array(D * D);
    [this.#re, this.#im, this.#xr, this.#xi] = [plane(), plane(), plane(), plane()];
  }

  rate(t: number, y: Float64Array, out: Float64Array): boolean {
    const [D, n] = [this.#D, this.size / 2];
    this.#unpack(y);
    this.#generator.at(t, this.#decay);
    this.#generator.timesRows(this.#re, this.#im, this.#xr, this.#xi);
    close(D, n, this.#xr, this.#xi, this.#decay, y, out, this.#generator.isDiagonal);
    for (const sandwich of this.#sandwiches) sandwich.add(t, this.#re, this.#im, out);
    return true;
  }

  /** The unknowns of a state at t. */
  packed({ re, im }: DensityMatrix, t: number): Float64Array {
    const [D, n] = [this.#D, this.size / 2];
    const y = new Float64Array(this.size);
    for (let a = 0, k = 0; a < D; a++) {
      for (let b = a; b < D; b++, k++) {
        const angle = (this.#energy[a]! - this.#energy[b]!) * t;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const [x, z] = [re[a * D + b]!, im[a * D + b]!];
        y[k] = x * c - z * s;
        y[n + k] = x * s + z * c;
      }
    }
    return y;
  }

  /** Writes the state that the unknowns tell at t, in the laboratory. */
  state(y: Float64Array, t: number, { re, im }: DensityMatrix): void {
    const [D, n] = [this.#D, this.size / 2];
    const [cos, sin] = [this.#energy.map((e) => Math.cos(e * t)), this.#energy.map((e) => Math.sin(e * t))];
    for (let a = 0, k = 0; a < D; a++) {
      for (let b = a; b < D; b++, k++) {
        // e^{−i(Eₐ − E_b)t}
        const c = cos[a]! * cos[b]! + sin[a]! * sin[b]!;
        const s = cos[a]! * sin[b]! - sin[a]! * cos[b]!;
        const x = y[k]!;
        const z = y[n + k]!;
        re[a * D + b] = re[b * D + a] = x * c - z * s;
        im[a * D + b] = x * s + z * c;
        im[b * D + a] = a === b ? 0 : -im[a * D + b]!;
      }
      im[a * D + a] = 0;
    }
  }

  #unpack(y: Float64Array): void {
    const D = this.#D;
    const n = this.size / 2;
    const re = this.#re;
    const im = this.#im;
    for (let a = 0, k = 0; a < D; a++) {
      for (let b = a, p = a * D + a, q = p; b < D; b++, k++, p++, q += D) {
        const x = y[k]!;
        const z = y[n + k]!;
        re[p] = x;
        im[p] = z;
        re[q] = x;
        im[q] = -z;
      }
      im[a * D + a] = 0;
    }
  }
}

/** out = X + X† − (dₐ + d_b)ρ̃ on the upper triangle. */
function close(
  D: number,
  n: number,
  xr: Float64Array,
  xi: Float64Array,
  decay: Float64Array,
  y: Float64Array,
  out: Float64Array,
  isDiagonal: boolean,
): void {
  for (let a = 0, k = 0; a < D; a++) {
    const own = decay[a]!;
    if (isDiagonal) {
      for (let b = a; b < D; b++, k++) {
        const lost = own + decay[b]!;
        out[k] = -lost * y[k]!;
        out[n + k] = -lost * y[n + k]!;
      }
    } else {
      for (let b = a, p = a * D + a, q = p; b < D; b++, k++, p++, q += D) {
        const lost = own + decay[b]!;
        out[k] = xr[p]! + xr[q]! - lost * y[k]!;
        out[n + k] = xi[p]! - xi[q]! - lost * y[n + k]!;
      }
    }
  }
}

/** H₀ = Σ ω·sz/2 of qubits and Σ ω·a†a of oscillators. */
export const freeHamiltonian = ({ systems, space }: Dynamics): Operator =>
  systems.flatMap(({ kind, omega }, k) =>
    kind === "qubit" ? operator(omega / 2, [k, sz]) : operator(omega, [k, numberOperator(space.dimensions[k]!)]),
  );

/** All jumps, the dampings' among them. */
export const allJumps = ({ systems, space, dampings, jumps }: Dynamics): { operator: Operator; rate: Rate }[] => [
  ...dampings.map(({ system, rate }) => {
    const lowering = systems[system]!.kind === "qubit" ? sm : annihilation(space.dimensions[system]!);
    return { operator: operator(1, [system, lowering]), rate };
  }),
  ...jumps,
];
