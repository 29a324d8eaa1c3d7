import type { RowsAt } from "../numerics/integrator.js";
import { factoredMatrix } from "../numerics/linear/choose.js";
import { type ExplicitSystem, linearization, type Pattern } from "../numerics/system.js";
import { Algebraic } from "./algebraic.js";
import type { CompiledSystem } from "./compiled-system.js";
import { type Part, partOf } from "./part.js";

/** A circuit as an explicit ordinary differential equation of its dynamic unknowns. */
export interface Reduced {
  readonly explicit: ExplicitSystem;
  /** The dynamic unknowns out of all of them. */
  states(x: Float64Array): Float64Array;
  /**
   * Writes all unknowns at time t that go with the dynamic ones y; false if they cannot be had. With `places` it may leave
   * all others as they stand in x.
   */
  expand(t: number, y: Float64Array, x: Float64Array, places?: Int32Array): boolean;
  /** The same without solving, where what is solved for is linear, and nothing that moves looks at it; undefined else. */
  readonly expandMoving?: (t: number, y: Float64Array, x: Float64Array) => void;
  /** Where these unknowns stand among the dynamic ones; undefined if some are none, or it is not worth asking. */
  readonly among?: (places: Int32Array) => Int32Array | undefined;
  /** The solution at several times in a series of compiled steps; undefined where steps are not compiled. */
  readonly rowsAt?: RowsAt;
  /** Writes all unknowns as they were at the last rate that was asked for, where jumps are watched. */
  last(x: Float64Array): void;
  /** The states that are given next may lie far from the last ones. */
  leap(): void;
  /** Forgets earlier solutions: what follows has the same bits as in a system that was reduced just now. */
  forget(): void;
  /** What solving for the algebraic unknowns has cost so far. */
  readonly cost: { readonly iterations: number; readonly factorizations: number };
}

/**
 * Splits the unknowns into dynamic ones s and algebraic ones a,
 *
 *     C dx_s/dt + f_s(t, x_s, x_a) = 0,      f_a(t, x_s, x_a) = 0,
 *
 * and makes it dx_s/dt = g(t, x_s) by solving the second equation within the right-hand side. Possible if C is constant
 * and has an inverse, if ∂f_a/∂x_a has one, and if nothing jumps, bends, or looks back; undefined else.
 *
 * @param jumps `watched`: something may jump or bend, since someone watches the guards and makes the changes; that the
 *   algebraic unknowns can be had is then not tried beforehand, at the start values of states, but in each `rate`
 */
export function reduce(system: CompiledSystem, jumps: "refused" | "watched" = "refused"): Reduced | undefined {
  if ((jumps === "refused" && !system.smooth) || system.lookBack || !hasFixedCharges(system)) return undefined;
  const x = system.start();
  const at = linearization(system);
  system.load(0, x, at);
  const { dynamic, algebraic } = split(system.pattern, at.C);
  if (dynamic.length === 0) return undefined;
  const mass = partOf(system.pattern, dynamic);
  const overCharges = inverse(mass, at.C);
  if (overCharges === undefined) return undefined;
  const solver = new Algebraic(system, algebraic, x, at);
  if (jumps === "refused" && !solver.solve(0)) return undefined;
  const direct = jumps === "refused" && looksAtLaidDownOnly(system, dynamic);
  return reduced(system, dynamic, overCharges, solver, direct);
}

function reduced(
  system: CompiledSystem,
  dynamic: Int32Array,
  overCharges: (out: Float64Array) => void,
  solver: Algebraic,
  direct: boolean,
): Reduced {
  const { lower, upper, negligible, kind, logarithmic } = system;
  const { x, at } = solver;
  const plain = new Plain(system, dynamic);
  const loadStates = direct ? system.rowsOfCurrent(dynamic) : undefined;
  const place = (y: Float64Array): void => {
    for (let k = 0; k < dynamic.length; k++) {
      const j = dynamic[k]!;
      x[j] = Math.min(upper[j]!, Math.max(lower[j]!, y[k]!));
    }
  };
  const compiled = direct ? system.drivenMemristors(dynamic) : undefined;
  return {
    ...(compiled && { rowsAt: compiled }),
    explicit: {
      compiled,
      size: dynamic.length,
      negligible: Float64Array.from(dynamic, (j) => negligible[j]!),
      ...(kind && { kind: Int32Array.from(dynamic, (j) => kind[j]!) }),
      ...(logarithmic && { logarithmic: Uint8Array.from(dynamic, (j) => logarithmic[j]!) }),
      rate(t, y, out) {
        place(y);
        if (loadStates !== undefined) {
          system.layDown(t, x);
          loadStates(t, x, at);
        } else if (!solver.solve(t)) return false;
        for (let k = 0; k < dynamic.length; k++) out[k] = -at.f[dynamic[k]!]!;
        overCharges(out);
        return allFinite(out);
      },
    },
    states(all) {
      const y = new Float64Array(dynamic.length);
      for (let k = 0; k < y.length; k++) y[k] = all[dynamic[k]!]!;
      return y;
    },
    expand(t, y, all, places) {
      place(y);
      const isPlain = places !== undefined && plain.holds(places);
      if (isPlain) system.layDown(t, x);
      const solved = isPlain || solver.solve(t);
      for (let j = 0; j < x.length; j++) all[j] = x[j]!; // `set` is slow where they are few
      return solved;
    },
    ...(direct &&
      solver.unknowns.every((j) => system.linear[j] === 1) && {
        expandMoving(t: number, y: Float64Array, all: Float64Array) {
          place(y);
          system.layDown(t, x);
          for (let j = 0; j < x.length; j++) all[j] = x[j]!;
        },
      }),
    last: (all) => all.set(x),
    leap: () => solver.leap(),
    forget: () => solver.forget(),
    get cost() {
      return solver.cost;
    },
  };
}

/** Divides by C, by its diagonal where each charge is one unknown's alone; undefined if it has no inverse. */
function inverse({ pattern, take }: Part, C: Float64Array): ((out: Float64Array) => void) | undefined {
  const { size, columnStart, row } = pattern;
  const values = take(C, new Float64Array(row.length));
  if (row.length === size && row.every((i, e) => e >= columnStart[i]! && e < columnStart[i + 1]!)) {
    if (values.includes(0)) return undefined;
    return (out) => {
      for (let k = 0; k < size; k++) out[k] = out[k]! / values[k]!;
    };
  }
  const charges = factoredMatrix(pattern);
  return charges.factor(values) === undefined ? (out) => charges.solve(out) : undefined;
}

/** The unknowns that are had without solving: dynamic ones, and what single equations lay down. */
class Plain {
  readonly #known: Uint8Array; // size n
  #asked: Int32Array | undefined; // a caller asks for the same places again and again
  #answer = false;

  constructor(system: CompiledSystem, dynamic: Int32Array) {
    this.#known = system.laidDown();
    for (const j of dynamic) this.#known[j] = 1;
  }

  holds(places: Int32Array): boolean {
    if (places === this.#asked) return this.#answer;
    this.#asked = places;
    this.#answer = places.every((place) => place < 0 || this.#known[place] === 1);
    return this.#answer;
  }
}

/** Every device's charge is linear, so that C is the same everywhere. */
const hasFixedCharges = ({ circuit }: CompiledSystem): boolean =>
  circuit.instances.every(({ device: { slopes } }) => slopes && (slopes.fixed !== undefined || slopes.q.length === 0));

/** Dynamic: unknowns whose row or column of C is not empty. */
export function split(
  { size, columnStart, row }: Pattern,
  C: Float64Array,
): Record<"dynamic" | "algebraic", Int32Array> {
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

function allFinite(values: Float64Array): boolean {
  for (let k = 0; k < values.length; k++) if (!Number.isFinite(values[k]!)) return false;
  return true;
}
