import type { AnalysisCard, Signal } from "../circuit/circuit.js";

/** Whether an analysis can tell a signal: a block's own run what is of the block, the others what is of the circuit. */
export const tells = (card: AnalysisCard, { inputs }: Signal): boolean =>
  inputs.every((input) => {
    if (card.kind === "qtran") return input.kind === "quantum" && input.block === card.block;
    return input.kind !== "quantum" || input.isInCircuit;
  });
