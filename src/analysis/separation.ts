import type { CompiledSystem } from "../equations/compiled-system.js";
import { factoredMatrix } from "../numerics/linear/choose.js";
import { linearization } from "../numerics/system.js";

/** Only for circuits of this many unknowns: chaos does not need more, and for larger ones it would cost too much. */
const mostUnknowns = 60;

/** Until so many steps are made, the size of the unknowns is not known. */
const firstSteps = 20;

/**
 * Follows a small disturbance δ along a transient, by the linearised equations C dδ/dt + G δ = 0 (trapezoidal rule over
 * the accepted steps), to tell how much neighbouring trajectories separate. It grows as exp(λt) in a chaotic circuit,
 * with λ the largest Lyapunov exponent; then no tolerance makes a long run right, and the user must know.
 */
export class Separation {
  readonly #applies: boolean;
  readonly #system: CompiledSystem;
  readonly #at;
  readonly #matrix;
  readonly #values: Float64Array; // size nnz
  readonly #delta: Float64Array; // size n: the disturbance, scaled down again and again
  readonly #size: Float64Array; // size n: the largest |x| so far, what a disturbance is compared with
  #steps = 0;
  readonly #right: Float64Array; // size n
  #before: { readonly C: Float64Array; readonly G: Float64Array } | undefined;
  #logarithm = 0; // of the growth so far
  #largest = 0;

  constructor(system: CompiledSystem) {
    const n = system.pattern.size;
    this.#applies = n <= mostUnknowns;
    this.#system = system;
    this.#at = linearization(system);
    this.#matrix = factoredMatrix(system.pattern);
    this.#values = new Float64Array(system.pattern.row.length);
    this.#right = new Float64Array(n);
    this.#delta = new Float64Array(n);
    this.#size = Float64Array.from(system.negligible);
  }

  /** By what factor a disturbance has grown at its largest. */
  get factor(): number {
    return Math.exp(this.#largest);
  }

  /** Takes note of an accepted step of length h that ended at (t, x). */
  follow(t: number, h: number, x: Float64Array): void {
    if (!this.#applies) return;
    for (let i = 0; i < x.length; i++) this.#size[i] = Math.max(this.#size[i]!, Math.abs(x[i]!));
    this.#system.load(t, x, this.#at);
    const { C, G } = this.#at;
    if (this.#steps++ < firstSteps) for (let i = 0; i < x.length; i++) this.#delta[i] = this.#size[i]! / (1 + (i % 7));
    else if (this.#before !== undefined && !this.#advance(h)) return;
    this.#before = { C: C.slice(), G: G.slice() };
  }

  /** (C/h + G/2) δ₁ = (C₀/h − G₀/2) δ₀; rows without a charge are G δ₁ = 0. */
  #advance(h: number): boolean {
    const { C, G } = this.#at;
    const { columnStart, row, size } = this.#system.pattern;
    const moves = new Uint8Array(size);
    for (let e = 0; e < row.length; e++) if (C[e] !== 0) moves[row[e]!] = 1;
    for (let e = 0; e < row.length; e++) this.#values[e] = moves[row[e]!] === 1 ? C[e]! / h + G[e]! / 2 : G[e]!;
    if (this.#matrix.factor(this.#values) !== undefined) return false;
    this.#right.fill(0);
    for (let j = 0; j < size; j++) {
      for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) {
        if (moves[row[e]!] === 0) continue;
        this.#right[row[e]!]! += (this.#before!.C[e]! / h - this.#before!.G[e]! / 2) * this.#delta[j]!;
      }
    }
    this.#matrix.solve(this.#right);
    return this.#rescale(moves);
  }

  #rescale(moves: Uint8Array): boolean {
    const size = (of: Float64Array) => {
      let most = 0;
      for (let i = 0; i < of.length; i++) if (moves[i] === 1) most = Math.max(most, Math.abs(of[i]!) / this.#size[i]!);
      return most;
    };
    const growth = size(this.#right) / size(this.#delta);
    if (!(growth > 0) || !Number.isFinite(growth)) return false;
    this.#logarithm += Math.log(growth);
    this.#largest = Math.max(this.#largest, this.#logarithm);
    const scale = 1 / size(this.#right);
    for (let i = 0; i < this.#delta.length; i++) this.#delta[i] = this.#right[i]! * scale;
    return true;
  }
}
