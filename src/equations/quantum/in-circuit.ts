import type { Circuit } from "../../circuit/circuit.js";
import { blockInstance } from "./block-device.js";

/** The circuit with its blocks among the instances, behind all others; the same circuit where it has none. */
export function withBlocks(circuit: Circuit): Circuit {
  const known = new Set(circuit.instances.map(({ block }) => block));
  const blocks = circuit.blocks.flatMap((block, k) =>
    block.isInCircuit && !known.has(k) ? [blockInstance(block, k, circuit)] : [],
  );
  return blocks.length === 0 ? circuit : { ...circuit, instances: [...circuit.instances, ...blocks] };
}
