import { coupling } from "../devices/linear/coupling.js";
import type { Network } from "./network.js";
import type { Part } from "./part.js";

/** What rounding may leave of a coupling that is just possible. */
const rounding = 1e-9;

/**
 * Complains of couplings that no inductors can have: a pair that is coupled twice, and coefficients whose matrix has a
 * negative eigenvalue (two that are closely coupled to a third, but not to each other). Such a circuit would give
 * energy without end.
 */
export function checkCouplings(network: Network): void {
  const { complaints } = network;
  const matrix = new Matrix();
  const pairs = new Map<string, Part>();
  const last = new Map<number, Part>(); // the last coupling of a group, by the inductor that stands for the group
  for (const part of network.kinds.such((device) => device === coupling)) {
    const [a, b] = part.controls.map((control) => (control.kind === "own" ? control.instance : -1)) as [number, number];
    const pair = a < b ? `${a} ${b}` : `${b} ${a}`;
    const first = pairs.get(pair);
    if (first !== undefined) {
      const message = `\`${part.shown}\` couples two inductors that \`${first.shown}\` has coupled already.`;
      complaints.error("duplicate-coupling", message, part.span, {
        notes: [{ message: `\`${first.shown}\` is here`, span: first.span }],
        help: "keep one of the two.",
      });
      continue;
    }
    pairs.set(pair, part);
    matrix.set(a, b, part.values["k"] ?? 0);
    last.set(matrix.leaderOf(a), part);
  }
  for (const [inductor, part] of last) {
    if (matrix.leaderOf(inductor) !== inductor || matrix.isPossible(inductor)) continue;
    const message = `No inductors can be coupled as \`${part.shown}\` and the couplings before it say: together they would give energy.`;
    complaints.error("impossible-coupling", message, part.span, {
      help: "two inductors that are both closely coupled to a third are coupled to each other as well: lower a coefficient, or add the third coupling.",
    });
  }
}

/** The coefficients between inductors; each is coupled to itself by 1. */
class Matrix {
  readonly #rows = new Map<number, Map<number, number>>();

  set(a: number, b: number, k: number): void {
    this.#row(a).set(b, k);
    this.#row(b).set(a, k);
  }

  /** The inductor that stands for all that hang together with `a`: the first of the netlist. */
  leaderOf(a: number): number {
    return this.#groupOf(a).reduce((first, other) => Math.min(first, other));
  }

  /** Whether the inductors that hang together with `a` have a matrix without a negative eigenvalue (Cholesky). */
  isPossible(a: number): boolean {
    const group = this.#groupOf(a);
    const rows = group.map((i) => group.map((j) => (i === j ? 1 : (this.#row(i).get(j) ?? 0))));
    for (let k = 0; k < rows.length; k++) {
      const pivot = rows[k]![k]!;
      if (pivot < -rounding) return false;
      for (let i = k + 1; i < rows.length; i++) {
        if (pivot <= rounding && Math.abs(rows[i]![k]!) > Math.sqrt(rounding)) return false;
        const factor = pivot <= rounding ? 0 : rows[i]![k]! / pivot;
        for (let j = k; j < rows.length; j++) rows[i]![j]! -= factor * rows[k]![j]!;
      }
    }
    return true;
  }

  #groupOf(start: number): readonly number[] {
    const group = [start];
    for (const one of group) for (const next of this.#row(one).keys()) if (!group.includes(next)) group.push(next);
    return group;
  }

  #row(a: number): Map<number, number> {
    const row = this.#rows.get(a) ?? new Map<number, number>();
    this.#rows.set(a, row);
    return row;
  }
}
