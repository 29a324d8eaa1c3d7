import type { Circuit, Instance } from "../../circuit/circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import { blockInstance } from "./block-device.js";
import { carriedInstance, isCarried } from "./carried-device.js";

/** The circuit with its blocks among the instances, behind all others; the same circuit where it has none. */
export function withBlocks(circuit: Circuit): Circuit {
  const known = new Set(circuit.instances.map(({ block }) => block));
  const blocks = circuit.blocks.flatMap((block, k) =>
    block.isInCircuit && !known.has(k) ? [instanceOf(block, k, circuit)] : [],
  );
  return blocks.length === 0 ? circuit : { ...circuit, instances: [...circuit.instances, ...blocks] };
}

const instanceOf = (block: QuantumBlock, index: number, circuit: Circuit): Instance =>
  isCarried(block) ? carriedInstance(block, index, circuit) : blockInstance(block, index, circuit);
