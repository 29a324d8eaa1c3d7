import type { Linearization, System } from "../../src/numerics/system.js";

/** A system with its exact solution. */
export interface Problem {
  readonly name: string;
  readonly system: System;
  /** The unknowns before the start; those that no charge holds may be stale. */
  readonly start: readonly number[];
  readonly end: number;
  readonly maxStep: number;
  /** The solution at times in (0, end]. */
  exact(t: number): readonly number[];
  /** What each unknown may be off by when a local error of 1e-6 is asked for. */
  readonly allowed: readonly number[];
}

export interface Stamp {
  readonly q: Float64Array;
  readonly f: Float64Array;
  /** Adds to ∂qᵢ/∂xⱼ. */
  C(i: number, j: number, value: number): void;
  /** Adds to ∂fᵢ/∂xⱼ. */
  G(i: number, j: number, value: number): void;
}

interface Details {
  readonly negligible?: readonly number[];
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
}

/** A small system with a full pattern, written by hand. */
export function written(
  size: number,
  write: (t: number, x: Float64Array, stamp: Stamp) => void,
  { negligible, lower, upper }: Details = {},
): System {
  const rows = Array.from({ length: size * size }, (_, e) => e % size);
  const starts = Array.from({ length: size + 1 }, (_, j) => j * size);
  return {
    pattern: { size, columnStart: Int32Array.from(starts), row: Int32Array.from(rows) },
    negligible: Float64Array.from(negligible ?? rows.slice(0, size).map(() => 1e-6)),
    lower: Float64Array.from(lower ?? rows.slice(0, size).map(() => -Infinity)),
    upper: Float64Array.from(upper ?? rows.slice(0, size).map(() => Infinity)),
    load(t, x, out) {
      for (const array of [out.q, out.f, out.C, out.G]) array.fill(0);
      write(t, x, stampInto(out, size));
    },
  };
}

const stampInto = ({ q, f, C, G }: Linearization, size: number): Stamp => ({
  q,
  f,
  C: (i, j, value) => {
    C[j * size + i]! += value;
  },
  G: (i, j, value) => {
    G[j * size + i]! += value;
  },
});
