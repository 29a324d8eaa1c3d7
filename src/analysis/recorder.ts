import type { Signal } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { Column, Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import type { Unit } from "../units/unit.js";
import { explainAllLeftOut, explainFull, explainLeftOut } from "./explain.js";

/** Two values this near to each other, relative to the column or in the unit, are both sides of no jump. */
const alike = { relative: 1e-6, volts: 1e-9, amperes: 1e-15, else: 1e-21 };
/** The most values that are kept, all columns together: 1.6 GB. */
const mostValues = 2e8;
/** Rows for which there is room at first; more are made as they come, for a run may end long before its time. */
const firstRows = 4096;

/** The points that a signal has no value at. */
interface Missing {
  /** The first of them: a value for each axis. */
  readonly first: readonly number[];
  count: number;
}

/** Where a transient leaves its points. */
export interface Rows {
  readonly signals: readonly Signal[];
  /** How many points there were, with those that were left out. */
  readonly offered: number;
  /** The first axis at the last point; NaN before the first. */
  readonly lastAxis: number;
  /** True once there is no room for another point. */
  readonly full: boolean;
  /** Keeps a point: the values of the axes, then every signal at (t, x). */
  keep(axes: readonly number[], t: number, x: Float64Array): void;
  /** Keeps a point at the place of the one before, the other side of a jump, unless every signal is as it was there. */
  keepOtherSide(t: number, x: Float64Array): void;
}

/**
 * Values of signals at the points of an analysis, kept in columns that grow.
 *
 * An expression may have no finite value at a point: v(m1)/i(m1) where a sine begins. No column has room for that, so
 * the whole point is left out, which `verdict` tells.
 */
export class Recorder implements Rows {
  readonly #of: readonly ((t: number, x: Float64Array) => number)[];
  readonly #columns: Float64Array[]; // the axes, then the signals
  readonly #missing = new Map<Signal, Missing>();
  #size = 0;
  #offered = 0;
  #last: readonly number[] = []; // axes of the point offered last
  #lastKept = false;
  /** True once there is no room for another point. */
  full = false;

  constructor(
    system: Pick<CompiledSystem, "evaluator">,
    readonly axes: readonly { readonly name: string; readonly unit: Unit }[],
    readonly signals: readonly Signal[],
    expected: number,
    /** What becomes of a point at which a signal has no finite value: it is left out, or the signal alone has a gap (NaN). */
    readonly style: "whole points" | "with gaps" = "whole points",
  ) {
    this.#of = signals.map((signal) => system.evaluator(signal));
    this.#columns = [...axes, ...signals].map(() => new Float64Array(Math.max(16, Math.min(expected, firstRows))));
  }

  /** How many points are kept. */
  get points(): number {
    return this.#size;
  }

  /** How many points there were, with those that were left out. */
  get offered(): number {
    return this.#offered;
  }

  /** The first axis at the last point; NaN before the first. */
  get lastAxis(): number {
    return this.#last[0] ?? Number.NaN;
  }

  /** Keeps a point: the values of the axes, then every signal at (t, x). */
  keep(axes: readonly number[], t: number, x: Float64Array): void {
    this.#offered++;
    this.#last = axes;
    this.#lastKept = false;
    if (this.#size === this.#columns[0]?.length && !this.#grow()) return;
    const at = this.#size;
    for (let k = 0; k < axes.length; k++) this.#columns[k]![at] = axes[k]!;
    if (!this.#evaluate(axes, at, t, x)) return;
    this.#size++;
    this.#lastKept = true;
  }

  /**
   * Keeps a point at the place of the one before, the other side of a jump: unless every signal is, but for rounding, as
   * it was there, or the one before was left out.
   */
  keepOtherSide(t: number, x: Float64Array): void {
    if (!this.#lastKept) return;
    const before = this.#size - 1;
    this.keep(this.#last, t, x);
    if (this.#lastKept && this.#isSame(before)) this.#size--;
    this.#lastKept = true;
  }

  /** Writes the signals into a row; false if one of them has no finite value. */
  #evaluate(axes: readonly number[], at: number, t: number, x: Float64Array): boolean {
    let finite = true;
    for (let k = 0; k < this.#of.length; k++) {
      const value = this.#of[k]!(t, x);
      this.#columns[axes.length + k]![at] = value;
      if (Number.isFinite(value)) continue;
      if (this.style === "with gaps") {
        this.#columns[axes.length + k]![at] = Number.NaN;
        continue;
      }
      finite = false;
      this.#miss(this.signals[k]!, axes);
    }
    return finite;
  }

  #miss(signal: Signal, axes: readonly number[]): void {
    const missing = this.#missing.get(signal);
    if (missing === undefined) this.#missing.set(signal, { first: axes, count: 1 });
    else missing.count++;
  }

  /** Whether the last row is as the one before. */
  #isSame(before: number): boolean {
    return this.#columns.every((column, k) => {
      if (k < this.axes.length) return true;
      const [a, b] = [column[before]!, column[before + 1]!];
      const { unit } = this.signals[k - this.axes.length]!;
      const floor = unit === "V" ? alike.volts : unit === "A" ? alike.amperes : alike.else;
      return Math.abs(a - b) <= floor + alike.relative * Math.max(Math.abs(a), Math.abs(b), this.#largest(column));
    });
  }

  #largest(column: Float64Array): number {
    let largest = 0;
    for (let k = Math.max(0, this.#size - 64); k < this.#size; k++) largest = Math.max(largest, Math.abs(column[k]!));
    return largest;
  }

  columns(): readonly Column[] {
    return [...this.axes, ...this.signals].map(({ name, unit }, k) => ({
      name,
      unit,
      values: this.#columns[k]!.subarray(0, this.#size),
    }));
  }

  /** How an analysis ended that came to this result, and what is to be said of it. */
  verdict(
    ended: Result["ended"],
    span: Span,
  ): { readonly ended: Result["ended"]; readonly diagnostics: readonly Diagnostic[] } {
    const place = (axes: readonly number[]) => axes.map((value, k) => ({ ...this.axes[k]!, value }));
    if (this.full) {
      const problem = explainFull(this.#size, this.signals.length, place(this.#last), span);
      return { ended: "failed", diagnostics: [problem] };
    }
    const missing = [...this.#missing];
    if (ended === "complete" && this.#size === 0 && missing.length > 0)
      return { ended: "failed", diagnostics: missing.map(([signal]) => explainAllLeftOut(signal)) };
    const remarks = missing.map(([signal, { first, count }]) => explainLeftOut(signal, place(first), count));
    return { ended, diagnostics: remarks };
  }

  /** Doubles the room; false, for good, where there is no more. */
  #grow(): boolean {
    const rows = Math.min(2 * this.#size, Math.floor(mostValues / this.#columns.length));
    this.full ||= rows <= this.#size;
    if (this.full) return false;
    try {
      for (const [k, old] of this.#columns.entries()) {
        const wider = new Float64Array(rows);
        wider.set(old);
        this.#columns[k] = wider;
      }
    } catch (error) {
      // The engine's word for memory that it cannot have.
      if (!(error instanceof RangeError)) throw error;
      this.full = true;
    }
    return !this.full;
  }
}
