import type { KernelSet } from "../numerics/kernel-room.js";
import { mathematics } from "./memristor-loops.wasm.js";
import { memristorSteps, stepsTake } from "./memristor-steps.wasm.js";

/** A function of the module, which takes numbers, arrays, and records of arrays. */
type Kernel = (...given: unknown[]) => number;

/** By their names: `memristorSteps`, `memristorPoints`, `memristorCurrents`. */
export type StepKernels = Readonly<Record<string, Kernel>>;

/** What memristors of a law do step by step, in compiled code, which a host may be without; undefined where the law is not compiled. */
export function stepKernels(law: string): KernelSet<StepKernels> | undefined {
  const compiled = memristorSteps[law];
  return compiled === undefined ? undefined : { plain: {}, compiled, take: stepsTake, given };
}

const given = Object.fromEntries(mathematics.map((name) => [name, Math[name]]));

/** So many points of so many unknowns are read in one call: as many as lie near the processor. */
export const pointsAtOnce = (unknowns: number): number => Math.max(64, Math.min(1024, Math.ceil(16384 / unknowns)));
