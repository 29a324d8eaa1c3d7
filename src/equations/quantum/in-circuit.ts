import type { Circuit, Instance } from "../../circuit/circuit.js";
import { changed } from "../../circuit/plain-device.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import { isBeside } from "../../circuit/quantum/observable.js";
import { ownOutputs } from "./beside-device.js";
import { blockInstance } from "./block-device.js";
import { carriedInstance, isCarried } from "./carried-device.js";
import { lcInstance } from "./lc-device.js";
import { photonicInstance } from "./photonic-device.js";

/** The circuit with its blocks among the instances, behind all others; the same circuit where it has none. */
export function withBlocks(circuit: Circuit): Circuit {
  if (circuit.blocks.length === 0) return circuit;
  const known = new Set(circuit.instances.map(({ block }) => block));
  const blocks = circuit.blocks.flatMap((block, k) =>
    block.isInCircuit && !known.has(k) ? instancesOf(block, k, circuit) : [],
  );
  return blocks.length === 0 ? circuit : { ...circuit, instances: [...circuit.instances, ...blocks] };
}

/** The register, then what stands beside it. */
function instancesOf(block: QuantumBlock, index: number, circuit: Circuit): readonly Instance[] {
  const outputs = ownOutputs(block, (of) => !isBeside(of));
  const register = { ...block, outputs: outputs.map((k) => block.outputs[k]!) };
  const instance = (isCarried(block) ? carriedInstance : blockInstance)(register, index, circuit);
  return [
    changed(instance, { outputs }),
    ...block.photonics.map((_, k) => photonicInstance(block, index, k, circuit)),
    ...block.circuits.map((_, k) => lcInstance(block, index, k, circuit)),
  ];
}
