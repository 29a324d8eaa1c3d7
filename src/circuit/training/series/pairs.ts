import { lcgNumbers } from "../../../expressions/lcg.js";

/** Rows that a pair of qubits takes, and numbers that are drawn for it. */
const steps = 5;
const drawn = 7;

/**
 * Two qubits that are entangled or not, prepared anew every five rows, by how far each operator acts in each:
 * exp(−i·½(ya·Y₁ + yb·Y₂)) with angles of π/3 … 2π/3, exp(−i·zz·Z₁Z₂) with zz = π/4 for half of all pairs and else 0, then turns
 * exp(−i·½(xa·X₁ + xb·X₂)) and exp(−i·½(za·Z₁ + zb·Z₂)) by any angles; `on` is 1 in the fifth row. From two qubits along z, zz = π/4
 * gives the concurrence sin(ya)·sin(yb) ≥ ¾ (W. K. Wootters, Physical Review Letters 80, 2245, 1998), and the target y is 1;
 * else it is 0. The turns average to nothing, of either qubit by itself: so any quantity that is linear in the state is the same of both
 * kinds in the mean.
 */
export function pairsOfQubits(length: number, seed: number) {
  const chance = lcgNumbers(seed, drawn * Math.ceil(length / steps));
  const of = (place: number, row: number, value: (u: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, k) => (k % steps === row ? value(chance[drawn * Math.floor(k / steps) + place]!) : 0)); // biome-ignore format: one thought
  const leaning = (u: number): number => (Math.PI / 3) * (1 + u);
  const any = (u: number): number => 2 * Math.PI * u;
  const isEntangled = (u: number): boolean => u < 0.5;
  const inputs = {
    ya: of(0, 0, leaning),
    yb: of(1, 0, leaning),
    zz: of(2, 1, (u) => (isEntangled(u) ? Math.PI / 4 : 0)),
    xa: of(3, 2, any),
    xb: of(4, 2, any),
    za: of(5, 3, any),
    zb: of(6, 3, any),
    on: of(0, 4, () => 1),
  };
  const y = Float64Array.from({ length }, (_, k) => (isEntangled(chance[drawn * Math.floor(k / steps) + 2]!) ? 1 : 0));
  return { inputs, targets: { y } };
}
