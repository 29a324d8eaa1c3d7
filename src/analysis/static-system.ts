import type { CompiledSystem } from "../equations/compiled-system.js";
import type { System } from "../numerics/system.js";

/**
 * The equations as a static analysis has them: where only capacitors know the voltage of a node, no direct current
 * says anything of it, and its row is v(node) − v(from) − value = 0 instead of Kirchhoff's current law.
 */
export function heldByCapacitors(system: CompiledSystem): System {
  const rows = system.circuit.held.map(({ node, from, value }) => ({
    place: system.place({ kind: "node", node }),
    from: system.place({ kind: "node", node: from }),
    value,
  }));
  if (rows.length === 0) return system;
  const { columnStart, row } = system.pattern;
  const byRow = new Map(rows.map((tie) => [tie.place, tie]));
  const slots: { readonly slot: number; readonly slope: number }[] = [];
  for (let column = 0; column < system.pattern.size; column++) {
    for (let k = columnStart[column]!; k < columnStart[column + 1]!; k++) {
      const tie = byRow.get(row[k]!);
      if (tie !== undefined) slots.push({ slot: k, slope: column === tie.place ? 1 : column === tie.from ? -1 : 0 });
    }
  }
  return {
    pattern: system.pattern,
    negligible: system.negligible,
    lower: system.lower,
    upper: system.upper,
    load(t, x, out) {
      system.load(t, x, out);
      for (const { place, from, value } of rows) {
        out.q[place] = 0;
        out.f[place] = x[place]! - (from < 0 ? 0 : x[from]!) - value;
      }
      for (const { slot, slope } of slots) {
        out.C[slot] = 0;
        out.G[slot] = slope;
      }
    },
  };
}
