import { type FactoredMatrix, factoredMatrix } from "../numerics/linear/choose.js";
import { type ExplicitSystem, type Linearization, linearization, type Pattern } from "../numerics/system.js";
import type { CompiledSystem } from "./compiled-system.js";
import { type Part, partOf } from "./part.js";

/** A circuit as an explicit ordinary differential equation of its dynamic unknowns. */
export interface Reduced {
  readonly explicit: ExplicitSystem;
  /** The dynamic unknowns out of all of them. */
  states(x: Float64Array): Float64Array;
  /** Writes all unknowns at time t that go with the dynamic ones y; false if they cannot be had. */
  expand(t: number, y: Float64Array, x: Float64Array): boolean;
}

/** Newton iterations for the algebraic unknowns at one time. */
const mostIterations = 60;

/** A change of the algebraic unknowns below this part of them is rounding. */
const tight = 1e-11;

/**
 * Splits the unknowns into dynamic ones s and algebraic ones a,
 *
 *     C dx_s/dt + f_s(t, x_s, x_a) = 0,      f_a(t, x_s, x_a) = 0,
 *
 * and makes it dx_s/dt = g(t, x_s) by solving the second equation within the right-hand side. Possible if C is constant
 * and has an inverse, if ∂f_a/∂x_a has one, and if nothing jumps or bends; undefined else.
 */
export function reduce(system: CompiledSystem): Reduced | undefined {
  if (!system.smooth || !hasFixedCharges(system)) return undefined;
  const x = system.start();
  const at = linearization(system);
  system.load(0, x, at);
  const { dynamic, algebraic } = split(system.pattern, at.C);
  if (dynamic.length === 0) return undefined;
  const mass = partOf(system.pattern, dynamic);
  const charges = factoredMatrix(mass.pattern);
  if (charges.factor(mass.take(at.C, new Float64Array(mass.pattern.row.length)))) return undefined;
  const solver = new Algebraic(system, algebraic, x, at);
  if (!solver.solve(0)) return undefined;
  return reduced(system, dynamic, charges, solver);
}

function reduced(system: CompiledSystem, dynamic: Int32Array, charges: FactoredMatrix, solver: Algebraic): Reduced {
  const { lower, upper, negligible, kind } = system;
  const { x, at } = solver;
  const direct = looksAtLaidDownOnly(system, dynamic);
  const place = (y: Float64Array): void => {
    for (let k = 0; k < dynamic.length; k++) {
      const j = dynamic[k]!;
      x[j] = Math.min(upper[j]!, Math.max(lower[j]!, y[k]!));
    }
  };
  return {
    explicit: {
      size: dynamic.length,
      negligible: Float64Array.from(dynamic, (j) => negligible[j]!),
      ...(kind && { kind: Int32Array.from(dynamic, (j) => kind[j]!) }),
      rate(t, y, out) {
        place(y);
        if (direct) solver.layDown(t);
        else if (!solver.solve(t)) return false;
        for (let k = 0; k < dynamic.length; k++) out[k] = -at.f[dynamic[k]!]!;
        charges.solve(out);
        return allFinite(out);
      },
    },
    states: (all) => Float64Array.from(dynamic, (j) => all[j]!),
    expand(t, y, all) {
      place(y);
      const solved = solver.solve(t);
      all.set(x);
      return solved;
    },
  };
}

/** Every device's charge is linear, so that C is the same everywhere. */
const hasFixedCharges = ({ circuit }: CompiledSystem): boolean =>
  circuit.instances.every(({ device: { slopes } }) => slopes && (slopes.fixed !== undefined || slopes.q.length === 0));

/** Dynamic: unknowns whose row or column of C is not empty. */
function split({ size, columnStart, row }: Pattern, C: Float64Array): Record<"dynamic" | "algebraic", Int32Array> {
  const moves = new Uint8Array(size);
  for (let j = 0; j < size; j++) {
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) if (C[e] !== 0) moves[j] = moves[row[e]!] = 1;
  }
  const all = Int32Array.from(moves, (_, j) => j);
  return { dynamic: all.filter((j) => moves[j] === 1), algebraic: all.filter((j) => moves[j] === 0) };
}

/**
 * Whether the algebraic unknowns that the rows of dynamic ones speak of are all laid down, as those of a memristor across
 * a source: its current is of no concern to its state, and need not be solved for in the right-hand side.
 */
function looksAtLaidDownOnly(system: CompiledSystem, dynamic: Int32Array): boolean {
  const { pattern } = system;
  const known = system.laidDown();
  const moves = new Uint8Array(pattern.size);
  for (const j of dynamic) moves[j] = known[j] = 1;
  const { columnStart, row } = pattern;
  return known.every((isKnown, j) => {
    if (isKnown === 1) return true;
    for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) if (moves[row[e]!] === 1) return false;
    return true;
  });
}

/** Solves the algebraic equations for given dynamic unknowns, from the last solution on. */
class Algebraic {
  readonly #part: Part;
  readonly #matrix: FactoredMatrix;
  readonly #values: Float64Array; // size nnz of the part
  readonly #change: Float64Array; // size algebraic
  readonly #found: Float64Array; // size algebraic: the last solution
  #factored = false;

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

  /** Loads the equations at time t with what single equations lay down; the other algebraic unknowns stay. */
  layDown(t: number): void {
    this.system.layDown(t, this.x);
    this.system.load(t, this.x, this.at);
  }

  #iterate(t: number): boolean {
    this.system.layDown(t, this.x);
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      this.system.load(t, this.x, this.at);
      if (this.unknowns.length === 0) return true;
      if (iteration === 0 && this.#factored && this.#byOldSlopes()) return true;
      // The second correction mostly but confirms the first: the slopes of the first point will do for that.
      if (iteration === 1 && this.#newton() <= 1) return true;
      if (iteration === 1) this.#undo();
      this.#factored = this.#matrix.factor(this.#part.take(this.at.G, this.#values)) === undefined;
      if (!this.#factored) return false;
      const change = this.#newton();
      if (Number.isNaN(change)) return false;
      if (change <= 1 || this.#followLinear()) return true;
    }
    return false;
  }

  /** Solves by the slopes of another time if that takes a correction of linear unknowns alone. */
  #byOldSlopes(): boolean {
    this.#newton();
    const solved = this.#followLinear() && this.#newton() <= 1;
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
    for (let k = 0; k < change.length; k++) change[k] = -at.f[unknowns[k]!]!;
    this.#matrix.solve(change);
    let largest = 0;
    for (let k = 0; k < change.length; k++) {
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

function allFinite(values: Float64Array): boolean {
  for (let k = 0; k < values.length; k++) if (!Number.isFinite(values[k]!)) return false;
  return true;
}
