import type { DensityMatrix } from "../src/quantum/density-matrix.js";
import type { Dynamics } from "../src/quantum/dynamics.js";
import type { Operator } from "../src/quantum/operator.js";
import type { Carried, Carrier, Observer } from "../src/quantum/propagators/propagator.js";
import { type Rate, standardRate } from "../src/quantum/rates.js";
import { spaceOf } from "../src/quantum/space.js";

/** Qubits of ω = 1 side by side, each with its rate of damping. */
export const qubits = (rates: readonly Rate[], hamiltonian: Operator = []): Dynamics => ({
  space: spaceOf(...rates.map(() => 2)),
  systems: rates.map(() => ({ kind: "qubit", omega: 1 })),
  dampings: rates.map((rate, system) => ({ system, rate })),
  hamiltonian,
  jumps: [],
  breakpoints: [],
});

export const memristors = (count: number, gamma0: number, hamiltonian: Operator = []): Dynamics =>
  qubits(
    Array.from({ length: count }, () => standardRate(gamma0, 1)),
    hamiltonian,
  );

export const oscillator = (levels: number, rate: Rate): Dynamics => ({
  space: spaceOf(levels),
  systems: [{ kind: "oscillator", omega: 1 }],
  dampings: [{ system: 0, rate }],
  hamiltonian: [],
  jumps: [],
  breakpoints: [],
});

/** t0 … t1 in equal steps, both ends included. */
export const grid = (t0: number, t1: number, count: number): Float64Array =>
  Float64Array.from({ length: count + 1 }, (_, k) => t0 + ((t1 - t0) * k) / count);

/** Runs to the end, however it ends. */
export function ended<State = DensityMatrix>(
  carrier: Carrier<State>,
  rho: State,
  times: Float64Array,
  observe: Observer<State> = () => undefined,
): Carried<State> {
  const run = carrier.carry(rho, 0, times, observe);
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}

/** Runs to the end, which must be reached. */
export function carried<State = DensityMatrix>(
  carrier: Carrier<State>,
  rho: State,
  times: Float64Array,
  observe?: Observer<State>,
): State {
  const end = ended(carrier, rho, times, observe);
  if (end.outcome !== "reached") throw new Error(JSON.stringify(end));
  return end.rho;
}
