import type { AnalysisCard } from "../../circuit/circuit.js";
import type { QtranCard } from "../../circuit/quantum/block.js";

/** V and its quadrature at each of the steps, ω·h of one step, and h. */
export interface Charges {
  readonly voltage: Float64Array;
  readonly quadrature: Float64Array;
  readonly omega: number;
  readonly step: number;
}

/** Whether the first and the last current of a run are slopes of one side alone. */
export const hasOneSidedEnds = (card: AnalysisCard): boolean => card.kind === "qtran" && card.current === "central";

type Estimate = Exclude<QtranCard["current"], "identity">;

/**
 * The current of a memristor out of differences of its charge y = −2V between digital steps of length h, as one would
 * from measured ⟨σy⟩; with x the quadrature, dy/dt = ωx + I:
 *
 *     forward:           (y₊ − y)/h − ωx
 *     central:           (y₊ − y₋)/2h − ωx
 *     rotating_backward: (y − y₋cos ωh − x₋sin ωh)/h
 *     rotating_central:  (y₊cos ωh − x₊sin ωh − y₋cos ωh − x₋sin ωh)/2h
 *
 * The first two err by the free motion, ω³h²/6 of x in the middle one, which does not fall with Γ; the rotating ones by
 * what Γ changes over a step. At the ends `central` takes three points of one side (−3y + 4y₊ − y₊₊); the others give no
 * number where a neighbour is missing.
 */
export function estimatedCurrent(how: Estimate, { voltage, quadrature: x, omega, step }: Charges): Float64Array {
  const y = voltage.map((v) => -2 * v);
  const [c, s] = [Math.cos(omega * step), Math.sin(omega * step)];
  const ahead = (k: number): number => y[k]! * c - x[k]! * s; // turned back by one step
  const behind = (k: number): number => y[k]! * c + x[k]! * s;
  const at = {
    forward: (k: number) => (y[k + 1]! - y[k]!) / step - omega * x[k]!,
    central: (k: number) => central(y, k) / (2 * step) - omega * x[k]!,
    rotating_backward: (k: number) => (y[k]! - behind(k - 1)) / step,
    rotating_central: (k: number) => (ahead(k + 1) - behind(k - 1)) / (2 * step),
  }[how];
  const first = how === "forward" || how === "central" ? 0 : 1;
  const last = how === "rotating_backward" || how === "central" ? y.length : y.length - 1;
  return y.map((_, k) => (k < first || k >= last ? Number.NaN : at(k)));
}

/** Twice the change of y over a step at point k, to second order. */
function central(y: Float64Array, k: number): number {
  if (k === 0) return -3 * (y[0] ?? Number.NaN) + 4 * (y[1] ?? Number.NaN) - (y[2] ?? Number.NaN);
  if (k === y.length - 1) return 3 * y[k]! - 4 * y[k - 1]! + (y[k - 2] ?? Number.NaN);
  return y[k + 1]! - y[k - 1]!;
}
