import type { AnalysisCard, Signal } from "../circuit/circuit.js";
import { asksForPhasor } from "../expressions/phasor.js";

/** Whether an analysis can tell a signal: a block's own run what is of the block, the others what is of the circuit. */
export const tells = (card: AnalysisCard, { inputs, formula }: Signal): boolean =>
  (card.kind === "ac" || !asksForPhasor(formula)) &&
  inputs.every((input) => {
    if ((card.kind === "noise") !== (input.kind === "noise")) return false;
    if (card.kind === "ac") return input.kind !== "quantum" && (input.kind !== "observable" || input.name === "r");
    if (card.kind === "qtran") return input.kind === "quantum" && input.block === card.block;
    return input.kind !== "quantum" || input.isInCircuit;
  });
