import type { Cells } from "./cells.js";
import type { Tally } from "./epoch.js";

/** How many updates of the closed form, about, one in the circuit takes. */
export const effortInCircuit = 300;

/**
 * What carries out a training's reads and writes: the closed form of the devices (`closedForm`), or the circuit itself
 * (`circuitHardware`). Errors, gradients and the order of the pulses are not its affair.
 */
export interface Hardware {
  /** Begins an epoch with the devices of a realisation; nothing that is kept from before may show in it. */
  begin(cells: Cells): void;
  /**
   * Answers a sample: `values` holds those of the inputs and constants, `read` the weights as they are read. Writes φ,
   * ∂φ/∂u and ∂φ/∂b of all neurons, each at the neuron's unit.
   */
  forward(read: Float64Array, values: Float64Array, slopes: Float64Array, biasSlopes: Float64Array): void;
  /** What the reading of the sample that was answered last does to weights. */
  disturb(weights: Float64Array, cells: Cells, tally: Tally): void;
  /** Gives the weight `index` a pulse of sgn(s)·(|s| + ith), s ≠ 0, moves all weights that it reaches, and counts. */
  pulse(index: number, s: number, weights: Float64Array, cells: Cells, tally: Tally): void;
}

/** Counts a weight that a reading has moved by so much. */
export function countReading(change: number, tally: Tally): void {
  if (change > tally.readChange) tally.readChange = change;
}

/** Counts a pulse of s. */
export function countPulse(s: number, tally: Tally): void {
  const size = Math.abs(s);
  tally.pulses++;
  if (size > tally.largestPulse) tally.largestPulse = size;
}
