import type { Circuit } from "../../circuit/circuit.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import type { Span } from "../../text/source.js";
import { isClosed } from "./closed-window.js";
import { type StateNode, stateNodes } from "./states.js";
import { Surroundings } from "./surroundings.js";

/**
 * What a transient will find of states that are held in capacitors: a note for each card of a capacitor. Where it shall not
 * look for them, a note for those that are better not solved as voltages.
 */
export function recognisedNotes(circuit: Circuit): readonly Diagnostic[] {
  const run = circuit.analyses.find((card) => card.kind === "tran");
  if (run === undefined || circuit.blocks.length > 0) return [];
  const around = Surroundings.of(circuit);
  const states = stateNodes(around, run.uic);
  if (circuit.options.recognise !== "no") return notesOf(states, circuit, found);
  return notesOf(
    states.filter((state) => isClosed(state, around)),
    circuit,
    lost,
  );
}

/** The capacitors of one card. */
interface Capacitors {
  readonly name: string;
  count: number;
}

type Said = Pick<Diagnostic, "code" | "message" | "help">;

function notesOf(
  states: readonly StateNode[],
  { instances }: Circuit,
  say: (of: Capacitors) => Said,
): readonly Diagnostic[] {
  const cards = new Map<Span, Capacitors>();
  for (const { capacitor } of states) {
    const { span, name } = instances[capacitor]!;
    const known = cards.get(span) ?? { name, count: 0 };
    known.count++;
    cards.set(span, known);
  }
  return [...cards].map(([span, of]) => ({ severity: "note", span, ...say(of) }));
}

const found = ({ name, count }: Capacitors): Said => ({
  code: "state-in-capacitor",
  message:
    count === 1
      ? `The capacitor \`${name}\` holds a state that nothing but its source moves: \`.tran\` solves it as the state of a device.`
      : `This capacitor holds a state that nothing but its source moves, ${count} times (\`${name}\`, …): \`.tran\` solves them as states of devices.`,
  help: "`.options recognise=no` solves it as a node with its voltage.",
});

const lost = ({ name }: Capacitors): Said => ({
  code: "closed-window-as-voltage",
  message: `What moves the state in \`${name}\` is 0 at 0 V and at 1 V: driven hard onto one of them, its voltage loses in round-off how far it is from there, and may stick, come back late, or run away.`,
  help: "leave `recognise=no` out: then ln(x/(1 − x)) is solved for, which loses nothing.",
});
