import { loopFigures } from "./observable.js";

/** Calls that a block answers. */
export const blockCalls: readonly string[] = [
  ...["ex", "rho", "pop", "purity", "entropy", "concurrence", "negativity", "fidelity", "bloch", "top"],
  ...["nin", "nout", "reflectivity", "angle", "rate", "record", "moment", ...loopFigures],
];
