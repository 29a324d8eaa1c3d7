import type { DensityMatrix } from "../../quantum/density-matrix.js";
import { expectation, sparse } from "../../quantum/sparse-operator.js";
import { behindSplitters } from "./beside.js";
import { readerBeside } from "./beside-readers.js";
import { observed, type Read, reduced, type Sought } from "./observables.js";

/** A number that can be read off a state. */
export type StateReader = (t: number, rho: DensityMatrix) => number;

/** An observable as a function of time and state; a photonic memristor's mode is looked at behind it. */
export function readerOf(of: Sought, read: Read): StateReader {
  const { block, dynamics, beside, readings } = read;
  const apart = beside && readerBeside(of, block, beside, readings);
  if (apart !== undefined) return apart;
  if (!block.photonics.some(({ input }) => input.kind === "mode") || beside === undefined) return stateReader(of, read);
  const behind = behindSplitters(block, dynamics, beside.windows);
  const reader = stateReader(of, { ...read, start: behind(0, read.start) });
  return (t, rho) => reader(t, behind(t, rho));
}

/** What the register's state tells. */
function stateReader(of: Sought, read: Read): StateReader {
  const seen = observed(of, read);
  if (seen.kind === "time") return (t) => seen.at(t);
  if (seen.kind === "state") return (_t, rho) => seen.of(reduced(rho, seen.systems));
  const parts = seen.parts.map(({ operator, part, weight }) => ({
    laid: sparse(read.dynamics.space, operator),
    part,
    weight,
  }));
  return (t, rho) =>
    parts.reduce((sum, { laid, part, weight }) => sum + weight(t) * expectation(laid, rho, t)[part], 0);
}
