import type { Circuit } from "../../circuit/circuit.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import type { Span } from "../../text/source.js";
import { stateNodes } from "./states.js";
import { Surroundings } from "./surroundings.js";

/** What a transient will find of states that are held in capacitors: a note for each card of a capacitor. */
export function recognisedNotes(circuit: Circuit): readonly Diagnostic[] {
  if (circuit.options.recognise === "no" || circuit.blocks.length > 0) return [];
  const run = circuit.analyses.find((card) => card.kind === "tran");
  if (run === undefined) return [];
  const counts = new Map<Span, { readonly name: string; count: number }>();
  for (const { capacitor } of stateNodes(new Surroundings(circuit), run.uic)) {
    const { span, name } = circuit.instances[capacitor]!;
    const known = counts.get(span) ?? { name, count: 0 };
    known.count++;
    counts.set(span, known);
  }
  return [...counts].map(([span, { name, count }]) => ({
    severity: "note",
    code: "state-in-capacitor",
    message:
      count === 1
        ? `The capacitor \`${name}\` holds a state that nothing but its source moves: \`.tran\` solves it as the state of a device.`
        : `This capacitor holds a state that nothing but its source moves, ${count} times (\`${name}\`, …): \`.tran\` solves them as states of devices.`,
    span,
    help: "`.options recognise=no` solves it as a node with its voltage.",
  }));
}
