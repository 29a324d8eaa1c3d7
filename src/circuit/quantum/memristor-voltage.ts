import type { Signal } from "../circuit.js";

/** Whether a signal is the voltage of a quantum memristor. */
export const isMemristorVoltage = ({ inputs: [input] }: Signal): boolean =>
  input?.kind === "quantum" && input.of.kind === "voltage";
