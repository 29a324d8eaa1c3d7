import type { Network } from "./network.js";
/** x */
export function checkCircuit(_network: Network): void {}
