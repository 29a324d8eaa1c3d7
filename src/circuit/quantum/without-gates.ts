import type { Span } from "../../text/source.js";
import type { QuantumBlock } from "./block.js";

/** What of a block no circuit of qubits and gates is known for, and where it stands; undefined: there is one. */
export function whyWithoutGates(block: QuantumBlock): { readonly message: string; readonly span: Span } | undefined {
  const oscillator = block.systems.find(({ kind }) => kind === "oscillator");
  const joint = block.joint.find(({ state }) => state.kind === "rho");
  const [photonic] = block.photonics;
  const empty = block.systems.length === 0 ? block : undefined;
  const found =
    (oscillator && ([`\`${oscillator.name}\` is an oscillator`, oscillator.span] as const)) ??
    (photonic && ([`\`${photonic.name}\` is photonic`, photonic.span] as const)) ??
    (empty && ([`\`${empty.name}\` has none`, empty.span] as const)) ??
    (joint && (["the joint state is given by its density matrix", joint.span] as const));
  if (found === undefined) return undefined;
  const [what, span] = found;
  return { message: `Only blocks of qubits that start in kets have a circuit of gates, but ${what}.`, span };
}
