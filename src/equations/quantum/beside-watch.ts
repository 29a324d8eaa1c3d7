import type { Circuit } from "../../circuit/circuit.js";
import { lc, leastDiffusion } from "../../quantum/lc-memristor.js";
import type { RateFault } from "../../quantum/propagators/propagator.js";
import type { Span } from "../../text/source.js";
import type { Numbering } from "../unknowns.js";
import { lcMemristorOf, memoryRate, photonsInto } from "./beside.js";
import { besideAt, readingsOf } from "./block-reader.js";
import { clockOf } from "./scales.js";

/** What something beside a register may not do, and whose line it is. */
export type BesideFault = (
  | RateFault
  | { readonly outcome: "too little diffusion"; readonly time: number; readonly value: number; readonly least: number }
  | { readonly outcome: "no photon number"; readonly time: number; readonly value: number }
) & { readonly part: { readonly name: string; readonly span: Span } };

/** So far may what drives something lie beyond its bounds, in parts of `reltol`: errors of the solution. */
const slack = { least: 1e-9, ofTolerance: 10 };

/** Looks at inputs of photonic memristors and rates of LC circuits at a point of the run; times in s. */
export function besideWatch(index: number, circuit: Circuit, numbering: Numbering) {
  const block = circuit.blocks[index]!;
  let now: Float64Array = new Float64Array(0);
  const readings = readingsOf(block, circuit, numbering, () => now);
  const beside = besideAt(index, circuit, numbering, () => now);
  const clock = clockOf(block.units);
  const allowed = Math.max(slack.least, slack.ofTolerance * circuit.options.reltol);
  const inputs = block.photonics.flatMap((part): ((time: number) => BesideFault | undefined)[] => {
    if (part.input.kind === "mode") return [];
    const into = photonsInto(part, () => 0, readings) as (t: number) => number;
    return [
      (time) => {
        const value = into(clock * time);
        return value >= -allowed && value <= 1 + allowed
          ? undefined
          : { outcome: "no photon number", time, value, part };
      },
    ];
  });
  const rates = block.circuits.map((part, k) => {
    const rate = memoryRate(part, readings);
    const of = lcMemristorOf(part, block.units.hbar);
    let largest = 0;
    return (time: number): BesideFault | undefined => {
      const value = rate(beside.circuits[k]!(time)[lc.mu]!, clock * time);
      if (!Number.isFinite(value)) return { outcome: "no rate", time, part };
      largest = Math.max(largest, Math.abs(value));
      if (value < -allowed * largest) return { outcome: "negative rate", time, value, part };
      const least = leastDiffusion(of, value);
      if (of.diffusion === undefined || of.diffusion >= least * (1 - allowed)) return undefined;
      return { outcome: "too little diffusion", time, value: of.diffusion, least, part };
    };
  });
  const all = [...inputs, ...rates];
  return (t: number, x: Float64Array): BesideFault | undefined => {
    now = x;
    for (const look of all) {
      const found = look(t);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
