import type { Signal } from "../circuit.js";

/** Whether a signal says how much two sides are entangled, and nothing else. */
export const isEntanglement = ({ formula, inputs: [input] }: Signal): boolean =>
  formula.kind === "input" && input?.kind === "quantum" && ["concurrence", "negativity"].includes(input.of.kind);
