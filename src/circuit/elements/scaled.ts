import type { Formula } from "../../expressions/formula.js";

/** Multiplies a formula by a number; leaves it alone where that is 1. */
export const scaledBy =
  (factor: number) =>
  (formula: Formula): Formula => {
    if (factor === 1) return formula;
    if (formula.kind === "number") return { kind: "number", value: formula.value * factor };
    return { kind: "call", name: "*", arguments: [{ kind: "number", value: factor }, formula] };
  };
