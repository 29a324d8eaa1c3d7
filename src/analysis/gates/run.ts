import type { Circuit } from "../../circuit/circuit.js";
import { whyWithoutGates } from "../../circuit/quantum/without-gates.js";
import { channelsOf } from "../../equations/channels/built.js";
import { dynamicsOf } from "../../equations/quantum/dynamics.js";
import { exact } from "../../quantum/propagators/exact.js";
import { rateFaultOf } from "../../quantum/propagators/propagator.js";
import type { QuantumCircuit } from "../../result/quantum-circuit.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { gridOf } from "../qtran.js";
import { explainBetween, explainCarried } from "../quantum/explain-carried.js";
import { type DigitalCard, isDigital, quantumCircuit } from "./circuit.js";

/** A digital run as a circuit of gates, or why it is none. */
export type FoundCircuit = { readonly circuit: QuantumCircuit } | { readonly problem: Diagnostic };

/** The circuit of a digital run. */
export function circuitOfRun(of: Circuit, card: DigitalCard): FoundCircuit {
  const block = of.blocks[card.block]!;
  const without = whyWithoutGates(block);
  if (without !== undefined) return { problem: { severity: "error", code: "no-gates", ...without } };
  const between = exact.refuses(dynamicsOf(block));
  if (between !== undefined) return { problem: explainBetween(between, card) };
  try {
    return {
      circuit: quantumCircuit(block, card, { outputs: of.outputs, channels: channelsOf(of) }, gridOf(card, block)),
    };
  } catch (error) {
    const fault = rateFaultOf(error);
    if (fault === undefined) throw error;
    return { problem: explainCarried(fault, block, card.span) };
  }
}

/** A netlist's only digital run, or the first one of a block that is named; or why there is none. */
export function digitalRun(
  circuit: Circuit,
  name: string | undefined,
): { readonly card: DigitalCard } | { readonly problem: Diagnostic } {
  const runs = circuit.analyses.flatMap((it) => (it.kind === "qtran" && isDigital(it) ? [it] : []));
  const nameOf = ({ block }: DigitalCard): string => circuit.blocks[block]!.name;
  const fitting = runs.filter((it) => name === undefined || nameOf(it) === name.toLowerCase());
  const [first] = fitting;
  const names = [...new Set(runs.map(nameOf))].map((it) => `\`${it}\``).join(" or ");
  if (first !== undefined && new Set(fitting.map(nameOf)).size === 1) return { card: first };
  const problem = { severity: "error" } as const;
  if (first !== undefined) {
    const message = `Several blocks run in digital steps: say which, ${names}.`;
    return { problem: { ...problem, code: "which-block", message, span: fitting[1]!.span } };
  }
  const message =
    name === undefined || runs.length === 0
      ? "The netlist has no run in digital steps, so that there are no gates."
      : `No block \`${name}\` runs in digital steps.`;
  const help =
    runs.length > 0
      ? `there is ${names}.`
      : "write `.qtran {20*2*pi} method=digital steps_per_period=30` behind a block.";
  return { problem: { ...problem, code: "no-digital-run", message, help } };
}
