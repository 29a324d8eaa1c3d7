import type { Parameter } from "../parameter.js";

const share = (meaning: string, max = 1e3): Parameter => ({ meaning, unit: "1", default: 0, range: [0, max] });

/**
 * What keeps a real weight from its ideal, drawn and done in trainings; in a transient a weight is ideal. Fractions may
 * be written as percent: `spread_ith=2%`.
 */
export const imperfectionParameters = {
  spread_ith: share("spread of thresholds: standard deviation over ith, drawn once a device"),
  spread_g: share("spread of what a weight reads: standard deviation over its value, drawn once a device"),
  levels: { meaning: "number of states between wmin and wmax; 0: any value", unit: "1", default: 0, range: [0, 1e9] },
  write_noise: share("noise of a change: standard deviation over the change"),
  read_noise: share("noise of a reading: standard deviation over wmax - wmin"),
  stuck_on: share("probability that a device stands at wmax for ever", 1),
  stuck_off: share("probability that a device stands at wmin for ever", 1),
  asym: { meaning: "changes upwards times 1 + asym, downwards times 1 - asym", unit: "1", default: 0, range: [-1, 1] },
  retention: { meaning: "time constant of forgetting; 0: never", unit: "s", default: 0, range: [0, 1e30] },
} as const satisfies Readonly<Record<string, Parameter>>;
