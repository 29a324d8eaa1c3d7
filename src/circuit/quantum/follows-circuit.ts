import type { Span } from "../../text/source.js";
import type { QuantumBlock } from "./block.js";
import type { Drive, DriveInput, Operator } from "./operator.js";

/** Where the laws of a block read the circuit: a span for each line that does; the block's own for its Hamiltonian. */
export const followsCircuit = (block: QuantumBlock): readonly Span[] =>
  reading(block, ({ kind }) => kind !== "record" && kind !== "memory");

/** Where they read what their own block gives, which is number `index`: it goes through the circuit's unknowns. */
export const followsItself = (block: QuantumBlock, index: number): readonly Span[] =>
  reading(block, (input) => input.kind === "block" && input.block === index);

/** Where they read the record of a monitor. */
export const followsRecord = (block: QuantumBlock): readonly Span[] => reading(block, ({ kind }) => kind === "record");

function reading(block: QuantumBlock, isMeant: (input: DriveInput) => boolean): readonly Span[] {
  const reads = (drive: Drive): boolean => drive.kind === "law" && drive.inputs.some(isMeant);
  const follows = (operator: Operator): boolean =>
    operator.some(({ coefficient: { re, im } }) => reads(re) || reads(im));
  const lines = [
    ...block.memristors.filter(({ rate }) => rate.kind === "rate" && reads(rate.rate)),
    ...block.jumps.filter(({ operator, rate }) => reads(rate) || follows(operator)),
    ...block.operations.filter((it) => it.kind === "coupling" && it.strength.kind === "g" && reads(it.strength.g)),
    ...block.circuits.filter(({ rate }) => reads(rate)),
    ...block.photonics.filter(({ input }) => input.kind === "drive" && reads(input.nin)),
    ...(block.hamiltonian.some(follows) ? [block] : []),
  ];
  return lines.map(({ span }) => span);
}
