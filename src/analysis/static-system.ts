import type { CompiledSystem } from "../equations/compiled-system.js";
import { patternOf } from "../equations/pattern.js";
import { linearization, type System } from "../numerics/system.js";

/**
 * A difference of two unknowns that is known: x[place] − x[from] = value stands in the row of `place`, and what was
 * there, Kirchhoff's current law, is added to the row `into`: what a capacitor takes at one end comes out at the other.
 * `into` is −1 where no direct current arrives; `from` is −1 for ground.
 */
export interface Tie {
  readonly place: number;
  readonly from: number;
  readonly value: number;
  readonly into: number;
}

/** Where only capacitors know the voltage of a node, no direct current says anything of it: it is tied. */
export const heldTies = (system: CompiledSystem): readonly Tie[] =>
  system.circuit.held.map(({ node, from, value }) => ({
    place: system.place({ kind: "node", node }),
    from: system.place({ kind: "node", node: from }),
    value,
    into: -1,
  }));

/** The equations as a static analysis has them. */
export interface StaticSystem extends System {
  /** The row that each of the circuit's rows is added to, −1: none; undefined where each stays. */
  readonly into?: Int32Array;
}

/** With some differences of unknowns known. */
export function tied(system: System, ties: readonly Tie[]): StaticSystem {
  if (ties.length === 0) return system;
  const inner = linearization(system);
  const { size } = system.pattern;
  const into = Int32Array.from({ length: size }, (_, row) => row);
  for (const tie of ties) into[tie.place] = tie.into;
  const { pattern, slots } = tiedPattern(system, ties, into);
  const own = inner.G.length; // behind the slots of the entries stand two for each tie
  return {
    pattern,
    negligible: system.negligible,
    lower: system.lower,
    upper: system.upper,
    into,
    load(t, x, out) {
      system.load(t, x, inner);
      gather(inner.q, into, out.q);
      gather(inner.f, into, out.f);
      gather(inner.C, slots, out.C);
      gather(inner.G, slots, out.G);
      ties.forEach(({ place, from, value }, k) => {
        out.f[place] = x[place]! - (from < 0 ? 0 : x[from]!) - value;
        out.G[slots[own + 2 * k]!] = 1;
        if (from >= 0) out.G[slots[own + 2 * k + 1]!] = -1;
      });
    },
  };
}

/** out[to[k]] = the sum of the values k that go there; −1: nowhere. */
function gather(values: Float64Array, to: Int32Array, out: Float64Array): void {
  out.fill(0);
  for (let k = 0; k < values.length; k++) if (to[k]! >= 0) out[to[k]!]! += values[k]!;
}

function tiedPattern({ pattern: { size, columnStart, row } }: System, ties: readonly Tie[], into: Int32Array) {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let column = 0; column < size; column++) {
    for (let k = columnStart[column]!; k < columnStart[column + 1]!; k++) {
      rows.push(into[row[k]!]!);
      columns.push(column);
    }
  }
  for (const { place, from } of ties) {
    rows.push(place, place);
    columns.push(place, from);
  }
  return patternOf(size, Int32Array.from(rows), Int32Array.from(columns));
}
