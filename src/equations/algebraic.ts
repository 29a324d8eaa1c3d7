import { type FactoredMatrix, factoredMatrix } from "../numerics/linear/choose.js";
import type { Linearization } from "../numerics/system.js";
import type { CompiledSystem } from "./compiled-system.js";
import { type Part, partOf } from "./part.js";

/** Newton iterations for the algebraic unknowns at one time. */
const mostIterations = 60;

/** A change of the algebraic unknowns below this part of them is rounding. */
const tight = 1e-11;

/** Solves the algebraic equations for given dynamic unknowns, from the last solution on. */
export class Algebraic {
  readonly #part: Part;
  #matrix: FactoredMatrix;
  #factorizations = 0; // of matrices before this one
  readonly #values: Float64Array; // size nnz of the part
  readonly #change: Float64Array; // size algebraic
  readonly #found: Float64Array; // size algebraic: the last solution
  readonly #start: Float64Array; // size n
  #factored = false;
  #iterations = 0;

  constructor(
    readonly system: CompiledSystem,
    readonly unknowns: Int32Array,
    /** size n: all unknowns; the algebraic ones are kept from solve to solve. */
    readonly x: Float64Array,
    readonly at: Linearization,
  ) {
    this.#part = partOf(system.pattern, unknowns);
    this.#matrix = factoredMatrix(this.#part.pattern);
    this.#values = new Float64Array(this.#part.pattern.row.length);
    this.#change = new Float64Array(unknowns.length);
    this.#found = Float64Array.from(unknowns, (j) => x[j]!);
    this.#start = x.slice();
  }

  get cost(): { readonly iterations: number; readonly factorizations: number } {
    return { iterations: this.#iterations, factorizations: this.#factorizations + this.#matrix.factorizations };
  }

  /** Starts anew. */
  forget(): void {
    this.x.set(this.#start);
    for (let k = 0; k < this.unknowns.length; k++) this.#found[k] = this.x[this.unknowns[k]!]!;
    this.#factored = false;
    this.#factorizations += this.#matrix.factorizations;
    this.#matrix = factoredMatrix(this.#part.pattern); // pivots are kept while they serve
  }

  /** The next solution may lie far from the last one, whose slopes then say nothing of it. */
  leap(): void {
    this.#factored = false;
  }

  /** Solves at time t; afterwards `at` holds the equations at the solution. Where it fails, the last solution stays. */
  solve(t: number): boolean {
    const { unknowns, x } = this;
    const solved = this.#iterate(t);
    for (let k = 0; k < unknowns.length; k++) {
      if (solved) this.#found[k] = x[unknowns[k]!]!;
      else x[unknowns[k]!] = this.#found[k]!;
    }
    return solved;
  }

  #iterate(t: number): boolean {
    this.system.layDown(t, this.x);
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      this.system.load(t, this.x, this.at);
      if (this.unknowns.length === 0) return true;
      // Near the last solution old slopes serve; and the second correction mostly but confirms the first.
      if (iteration <= 1 && this.#factored && this.#byOldSlopes()) return true;
      this.#factored = this.#matrix.factor(this.#part.take(this.at.G, this.#values)) === undefined;
      if (!this.#factored) return false;
      const change = this.#newton();
      if (Number.isNaN(change)) return false;
      if (change <= 1 || this.#followLinear()) return true;
    }
    return false;
  }

  /** Solves by the slopes of another time if that takes no correction, or one of linear unknowns alone. */
  #byOldSlopes(): boolean {
    const solved = this.#newton() <= 1 || (this.#followLinear() && this.#newton() <= 1);
    if (!solved) this.#undo();
    return solved;
  }

  /**
   * Where the correction has moved but unknowns in which f is linear, f is made that of the new point without loading
   * again; false else. A device across a source moves the source's current alone.
   */
  #followLinear(): boolean {
    const { unknowns, system, at } = this;
    const change = this.#change;
    for (let k = 0; k < change.length; k++) {
      if (system.linear[unknowns[k]!] === 0 && !(this.#size(k) <= 1)) return false;
    }
    const { columnStart, row } = system.pattern;
    for (let k = 0; k < change.length; k++) {
      const j = unknowns[k]!;
      for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) at.f[row[e]!]! += at.G[e]! * change[k]!;
    }
    return true;
  }

  #undo(): void {
    for (let k = 0; k < this.#change.length; k++) this.x[this.unknowns[k]!]! -= this.#change[k]!;
  }

  /** One Newton step; gives its size, 1 being what is tolerated. */
  #newton(): number {
    const { unknowns, x, at } = this;
    const change = this.#change;
    this.#iterations++;
    for (let k = 0; k < change.length; k++) change[k] = -at.f[unknowns[k]!]!;
    this.#matrix.solve(change);
    let largest = 0;
    for (let k = 0; k < change.length; k++) {
      if (change[k] === 0) continue;
      x[unknowns[k]!]! += change[k]!;
      const size = this.#size(k);
      if (!(size <= largest)) largest = size;
    }
    return largest;
  }

  /** The change of algebraic unknown k in what is tolerated. */
  #size(k: number): number {
    const j = this.unknowns[k]!;
    return Math.abs(this.#change[k]!) / (tight * Math.abs(this.x[j]!) + 1e-4 * this.system.negligible[j]!);
  }
}
