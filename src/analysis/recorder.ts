import type { Signal } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { RowReader } from "../equations/signal-rows.js";
import type { Column, Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import type { Unit } from "../units/unit.js";
import { explainAllLeftOut, explainFull, explainLeftOut } from "./explain.js";
import { isNoJump } from "./no-jump.js";

/** The most values that are kept, all columns together: 1.6 GB. */
export const mostValues = 2e8;
/** Values for which there is room at first, all columns together; more is made as they come, for a run may end long before its time. */
const firstValues = 1e6;

/** The axis of a transient. */
export const timeAxis = { name: "time", unit: "s" } as const;

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
  /** Keeps so many points in time: x has all points' values of one unknown after those of the other. */
  keepAll(times: Float64Array, count: number, x: Float64Array): void;
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
  readonly #read: RowReader;
  readonly #row: Float64Array; // size signals: their values at the point at hand
  #rows = new Float64Array(0); // the same at several points
  readonly #time = new Float64Array(1);
  readonly #columns: Float64Array[]; // the axes, then the signals
  readonly #missing = new Map<Signal, Missing>();
  readonly #leftOut: number[] = []; // rows before which several points in a row are missing
  #missed = 0; // points left out since the last that was kept
  #size = 0;
  #offered = 0;
  #last: readonly number[] = []; // axes of the point offered last
  #lastKept = false;
  /** True once there is no room for another point. */
  full = false;

  constructor(
    system: Pick<CompiledSystem, "reader">,
    readonly axes: readonly { readonly name: string; readonly unit: Unit }[],
    readonly signals: readonly Signal[],
    expected: number,
    /** What becomes of a point at which a signal has no finite value: it is left out, or the signal alone has a gap (NaN). */
    readonly style: "whole points" | "with gaps" = "whole points",
  ) {
    this.#read = system.reader(signals);
    this.#row = new Float64Array(signals.length);
    const width = axes.length + signals.length;
    const rows = Math.max(16, Math.min(expected, Math.ceil(firstValues / width)));
    this.#columns = Array.from({ length: width }, () => new Float64Array(rows));
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
    if (!this.#evaluate(axes, at, t, x)) {
      this.#missed++;
      return;
    }
    this.#follow();
    this.#size++;
    this.#lastKept = true;
  }

  /** What a kept point follows upon: one missing point among others hides nothing, as where v/i is read at a zero. */
  #follow(): void {
    if (this.#missed > 1 && this.#size > 0) this.#leftOut.push(this.#size);
    this.#missed = 0;
  }

  keepAll(times: Float64Array, count: number, x: Float64Array): void {
    const width = this.signals.length;
    if (this.#rows.length < count * width) this.#rows = new Float64Array(count * width);
    const rows = this.#rows.subarray(0, count * width);
    this.#read(count, times, x, rows);
    const fits = this.#size + count <= this.#columns[0]!.length || this.#grow();
    if (!fits || !areFinite(rows)) {
      const point = new Float64Array(x.length / times.length);
      for (let k = 0; k < count; k++) {
        for (let j = 0; j < point.length; j++) point[j] = x[j * count + k]!;
        this.keep([times[k]!], times[k]!, point);
      }
      return;
    }
    this.#follow();
    this.#columns[0]!.set(times.subarray(0, count), this.#size);
    for (let j = 0; j < width; j++) this.#columns[1 + j]!.set(rows.subarray(j * count, (j + 1) * count), this.#size);
    this.#size += count;
    this.#offered += count;
    this.#last = [times[count - 1]!];
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
    this.#time[0] = t;
    this.#read(1, this.#time, x, this.#row);
    for (let k = 0; k < this.#row.length; k++) {
      const value = this.#row[k]!;
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
      return isNoJump(column.subarray(Math.max(0, before - 62), before + 2), this.signals[k - this.axes.length]!);
    });
  }

  columns(): readonly Column[] {
    return [...this.axes, ...this.signals].map(({ name, unit }, k) => ({
      name,
      unit,
      values: this.#columns[k]!.subarray(0, this.#size),
      ...(this.#leftOut.length > 0 && { leftOut: this.#leftOut }),
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

function areFinite(values: Float64Array): boolean {
  let none = 0;
  for (let k = 0; k < values.length; k++) none += 0 * values[k]!;
  return none === 0;
}
