import type { Circuit } from "./circuit.js";
import { NodeSets, stiff } from "./connections.js";
import type { Network } from "./network.js";
import type { Part } from "./part.js";

/**
 * Looks at what capacitors start from: where voltage sources lay their voltage down `ic=` has no effect, with a warning;
 * elsewhere it also holds in `.op`, with a note.
 */
export function checkStarts(network: Network, analyses: Circuit["analyses"]): void {
  const charged = network.made().filter(({ element, initial }) => element === "c" && initial !== undefined);
  if (charged.length === 0) return;
  leaveOutLaidDown(network, charged);
  if (analyses.some(({ kind }) => kind === "op")) noteHeld(network, charged);
}

function leaveOutLaidDown(network: Network, charged: readonly Part[]): void {
  const { nodes, parts, complaints } = network;
  const laid = new NodeSets(nodes.length);
  const capacitors = new NodeSets(nodes.length);
  for (const part of parts) if (part.element !== "l") stiff(part, (a, b) => laid.join(a, b));
  const leaveOut = (part: Part, what: string): void => {
    part.initial = undefined;
    const message = `\`ic=\` of \`${part.shown}\` has no effect: ${what} lay down the voltage between its nodes.`;
    complaints.warning("start-laid-down", message, part.span);
  };
  const free = new Set(charged.filter(({ terminals: [p, n] }) => laid.of(p!) !== laid.of(n!)));
  for (const part of charged) if (!free.has(part)) leaveOut(part, "voltage sources");
  for (const part of free) {
    const [p, n] = part.terminals as [number, number];
    const closes = !laid.join(p, n);
    // A loop of capacitors alone is looked at when their voltages are added up.
    if (capacitors.join(p, n) && closes) leaveOut(part, "voltage sources and other capacitors with `ic=`");
  }
}

function noteHeld({ complaints, held }: Network, charged: readonly Part[]): void {
  const told = new Set(held.map(({ span }) => span));
  const [first, ...others] = charged.filter(({ initial, span }) => initial !== undefined && !told.has(span));
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` So are those of all ${others.length + 1} capacitors with \`ic=\`.`;
  const message = `In \`.op\` the voltage of \`${first.shown}\` is held at ${first.initial} V, where it starts.${more}`;
  const help = "without `ic=` it would be what the rest of the circuit makes it.";
  complaints.note("held-start", message, first.span, { help });
}
