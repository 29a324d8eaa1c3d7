import type { QuantumBlock } from "../../circuit/quantum/block.js";

/** The block with rates that may be negative. */
export const lenient = (block: QuantumBlock): QuantumBlock => ({
  ...block,
  memristors: block.memristors.map((it) => ({ ...it, mayBeNegative: true })),
  jumps: block.jumps.map((it) => ({ ...it, mayBeNegative: true })),
});
