import { rounding } from "./conditioning.js";
import { type FactoredMatrix, factoredMatrix } from "./linear/choose.js";
import { type WithDiagonal, withDiagonal } from "./linear/diagonal.js";
import { type Linearization, linearization, type System } from "./system.js";

/**
 * What is to vanish,
 *
 *     α q(x) + β + f(t, x) + g x,
 *
 * where the rows of unknowns that are held say x = x₀ instead. α = 0 is a static problem; then
 * β = −(1 − λ) f(x₀) leads from x₀, a solution at λ = 0, to a solution of f = 0 at λ = 1 (Newton homotopy).
 */
export interface Equation {
  /** s; −∞ in a static analysis. */
  readonly t: number;
  readonly alpha?: number; // 1/s
  readonly beta?: Float64Array; // size n
  readonly held?: Held;
  readonly shunt?: Shunt;
}

/** Unknowns that keep a value. */
export interface Held {
  readonly mask: Uint8Array; // size n: 1 where the unknown is held
  readonly x: Float64Array; // size n: its value
}

/** Conductances g to zero, in the rows of node voltages: SPICE's gmin. */
export interface Shunt {
  readonly rows: Int32Array;
  readonly conductance: number; // S
}

export interface NewtonControl {
  /** Tolerated error relative to the size of each unknown; `system.negligible` is tolerated beside it. */
  readonly relative: number;
  readonly maxIterations: number;
}

export type Found =
  | { readonly outcome: "found"; readonly iterations: number }
  | {
      readonly outcome: "diverged";
      readonly iterations: number;
      /** The unknown that changed most in the last iteration, in its tolerance; −1 if not known. */
      readonly worst: number;
      /** By how much it changed, in its unit. */
      readonly change: number;
    }
  | { readonly outcome: "singular"; readonly iterations: number; readonly column: number };

/** The places Newton works in: made once for a system and used for every solve. */
export interface Workspace {
  readonly system: System;
  /** The last load; after `found` it belongs to the x found, but for the last correction. */
  readonly at: Linearization;
  readonly matrix: FactoredMatrix;
  readonly shape: WithDiagonal;
  readonly values: Float64Array; // size nnz of the shape
  readonly step: Float64Array; // size n: Newton's correction, x − step is better than x
  readonly next: Float64Array; // size n: the correction that the old slopes give at the new point
  readonly trial: Float64Array; // size n
}

/** `diagonal`: the unknowns that may be held or shunted. */
export function newtonWorkspace(system: System, diagonal: Iterable<number> = []): Workspace {
  const size = system.pattern.size;
  const shape = withDiagonal(system.pattern, diagonal);
  return {
    system,
    at: linearization(system),
    matrix: factoredMatrix(shape.pattern),
    shape,
    values: new Float64Array(shape.pattern.row.length),
    step: new Float64Array(size),
    next: new Float64Array(size),
    trial: new Float64Array(size),
  };
}

/** So many times what rounding makes of an unknown, a correction is not worth making. */
const margin = 100;
/** The shortest part of a correction that is tried before the search is given up. */
const shortest = 1e-5;

/**
 * Solves the equation by Newton's method from `x`, which is overwritten: by the solution if it is found, else by the
 * last point that was accepted.
 *
 * A correction is shortened until the next one, by the same slopes, is smaller: the natural monotonicity test of
 * Deuflhard, Newton Methods for Nonlinear Problems (Springer 2004), chapter 3. It needs no scale of the residual,
 * where amperes stand beside volts. Found is a point where the last correction and the one that the residual still
 * asks for are both within tolerance.
 *
 * Where shortened corrections lead nowhere they are tried in full: a law that jumps between the guess and the solution
 * has slopes at the guess that say nothing of what comes, and only a leap finds it.
 */
export function newton(space: Workspace, equation: Equation, x: Float64Array, control: NewtonControl): Found {
  const guess = x.slice();
  const careful = search(space, equation, x, control, true);
  if (careful.outcome !== "diverged") return careful;
  const reached = x.slice();
  x.set(guess);
  const bold = search(space, equation, x, control, false);
  const iterations = careful.iterations + bold.iterations;
  if (bold.outcome === "found") return { ...bold, iterations };
  x.set(reached);
  return { ...careful, iterations };
}

function search(
  space: Workspace,
  equation: Equation,
  x: Float64Array,
  control: NewtonControl,
  shortens: boolean,
): Found {
  const { system, at, step, next, trial, matrix } = space;
  takeHeld(equation, x);
  clip(system, x);
  system.load(equation.t, x, at);
  residual(space, equation, x, step);
  const start = firstNotFinite(step);
  if (start >= 0) return { outcome: "diverged", iterations: 0, worst: start, change: NaN };

  let length = 1;
  for (let iterations = 1; ; iterations++) {
    const singular = matrix.factor(assemble(space, equation));
    if (singular !== undefined) return notFactored(space, iterations, singular.column);
    matrix.solve(step);
    let before: Measured;
    for (length = Math.min(1, 4 * length); ; length /= 2) {
      for (let i = 0; i < x.length; i++) trial[i] = x[i]! - length * step[i]!;
      clip(system, trial);
      system.load(equation.t, trial, at);
      residual(space, equation, trial, next);
      matrix.solve(next);
      before = measure(system, x, step, control.relative);
      const after = measure(system, trial, next, control.relative);
      const small = before.size <= 1 && after.size <= 1;
      if (length === 1 && (small || (after.size > 0.25 * before.size && isRounding(space, equation, x)))) {
        for (let i = 0; i < x.length; i++) x[i] = trial[i]! - next[i]!;
        clip(system, x);
        return { outcome: "found", iterations };
      }
      // Either as parts of where they are, or as they are; both false where `after` is not a number.
      const less = 1 - length / 4;
      if (!shortens && Number.isFinite(after.size)) break;
      if (after.size <= Math.max(1, less * before.size)) break;
      if (measure(system, x, next, control.relative).size <= less * before.size) break;
      if (length < shortest) return diverged(iterations, before, step);
    }
    if (iterations >= control.maxIterations) return diverged(iterations, before, step);
    x.set(trial);
    residual(space, equation, x, step);
  }
}

/** A slope that is not finite makes no matrix; else the equations do not determine an unknown. */
function notFactored({ values, shape }: Workspace, iterations: number, column: number): Found {
  const bad = firstNotFinite(values);
  if (bad < 0) return { outcome: "singular", iterations, column };
  const worst = shape.pattern.columnStart.findIndex((start) => start > bad) - 1;
  return { outcome: "diverged", iterations, worst, change: Number.NaN };
}

/** Whether the correction in hand, and the one that would follow, are no more than what rounding makes of x. */
function isRounding({ system, at, matrix, step, next }: Workspace, { alpha = 0 }: Equation, x: Float64Array): boolean {
  const floor = new Float64Array(x.length);
  rounding({ pattern: system.pattern, at, matrix }, alpha, x, floor);
  return floor.every(
    (size, i) => Math.max(Math.abs(step[i]!), Math.abs(next[i]!)) <= margin * size + system.negligible[i]!,
  );
}

interface Measured {
  /** The largest change of an unknown, in its tolerance; NaN where one is not finite. */
  readonly size: number;
  readonly worst: number;
}

export function measure(system: System, x: Float64Array, change: Float64Array, relative: number): Measured {
  const { negligible, lower, upper } = system;
  let size = 0;
  let worst = -1;
  for (let i = 0; i < x.length; i++) {
    const part = Math.abs(change[i]!) / (relative * Math.abs(x[i]!) + negligible[i]!);
    if (part <= size) continue;
    // At the edge of its range and pushed outward: it stays there.
    if (change[i]! < 0 ? x[i]! >= upper[i]! : x[i]! <= lower[i]!) continue;
    size = part;
    worst = i;
    if (!Number.isFinite(part)) return { size: NaN, worst };
  }
  return { size, worst };
}

const diverged = (iterations: number, { worst }: Measured, step: Float64Array): Found => ({
  outcome: "diverged",
  iterations,
  worst,
  change: Math.abs(step[worst] ?? NaN),
});

/** Writes the equation's left side, from what was loaded at x. */
export function residual(
  { at: { q, f } }: Pick<Workspace, "at">,
  { alpha, beta, held, shunt }: Equation,
  x: Float64Array,
  out: Float64Array,
) {
  for (let i = 0; i < out.length; i++) out[i] = f[i]!;
  if (alpha !== undefined) for (let i = 0; i < out.length; i++) out[i]! += alpha * q[i]!;
  if (beta !== undefined) for (let i = 0; i < out.length; i++) out[i]! += beta[i]!;
  if (shunt !== undefined) for (const i of shunt.rows) out[i]! += shunt.conductance * x[i]!;
  if (held !== undefined) for (let i = 0; i < out.length; i++) if (held.mask[i] === 1) out[i] = x[i]! - held.x[i]!;
}

/** Writes the slopes of `residual`; what is held does not change, so that its column says nothing either. */
function assemble({ at: { C, G }, shape, values }: Workspace, { alpha = 0, held, shunt }: Equation): Float64Array {
  const { place, diagonal, pattern } = shape;
  values.fill(0);
  for (let e = 0; e < place.length; e++) values[place[e]!] = G[e]! + alpha * C[e]!;
  if (shunt !== undefined) for (const i of shunt.rows) values[diagonal[i]!]! += shunt.conductance;
  if (held === undefined) return values;
  for (let j = 0, e = 0; j < pattern.size; j++)
    for (; e < pattern.columnStart[j + 1]!; e++) if (held.mask[j]! | held.mask[pattern.row[e]!]!) values[e] = 0;
  for (let i = 0; i < diagonal.length; i++) if (held.mask[i] === 1) values[diagonal[i]!] = 1;
  return values;
}

function takeHeld({ held }: Equation, x: Float64Array): void {
  if (held !== undefined) for (let i = 0; i < x.length; i++) if (held.mask[i] === 1) x[i] = held.x[i]!;
}

/** Moves unknowns that left their range to its edge. */
export function clip({ lower, upper }: System, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) {
    if (x[i]! < lower[i]!) x[i] = lower[i]!;
    else if (x[i]! > upper[i]!) x[i] = upper[i]!;
  }
}

/** Index of the first value that is not finite; −1 if all are. */
function firstNotFinite(x: Float64Array): number {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i]!)) return i;
  return -1;
}
